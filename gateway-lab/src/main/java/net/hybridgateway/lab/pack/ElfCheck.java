package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether everything that is loaded on the router finds what it needs among what is packed, and nothing of the system. */
final class ElfCheck {
    private final int machine;
    private final String loader;

    /**
     * @param machine what all files must be made for
     * @param loader what all programs must be loaded by
     */
    ElfCheck(int machine, String loader) {
        this.machine = machine;
        this.loader = loader;
    }

    /** One line for each thing that is wrong below a folder. Libraries are looked for in {@code libraries} and below it. */
    List<String> problems(Path root, Path libraries) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(libraries)) {
            paths.forEach(path -> names.add(String.valueOf(path.getFileName())));
        }
        List<String> problems = new ArrayList<>();
        for (Path file : files(root)) {
            if (Elf.is(file)) {
                Elf elf = Elf.read(file);
                check(elf, names).forEach(problem -> problems.add(root.relativize(file) + " " + problem));
            }
        }
        return problems;
    }

    /** How many of them there are below a folder. */
    static long count(Path root) throws IOException {
        long count = 0;
        for (Path file : files(root)) {
            count += Elf.is(file) ? 1 : 0;
        }
        return count;
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    private List<String> check(Elf elf, List<String> names) {
        List<String> problems = new ArrayList<>();
        if (elf.machine() != machine) {
            problems.add("is for another machine: " + elf.machine());
        }
        // The loader and the C library can be started, too, and name the usual loader; nobody does.
        boolean program = !elf.file().getFileName().toString().contains(".so");
        if (program && !elf.interpreter().filter(loader::equals).isPresent()) {
            problems.add("is loaded by " + elf.interpreter().orElse("nothing"));
        }
        if (program && elf.rpath().isEmpty()) {
            problems.add("has no path to look for libraries");
        }
        elf.runpath().ifPresent(path -> problems.add("looks for libraries in " + path + ", and only for its own"));
        for (String needed : elf.needed()) {
            if (!names.contains(needed)) {
                problems.add("needs " + needed + ", which is not there");
            }
        }
        return problems;
    }
}
