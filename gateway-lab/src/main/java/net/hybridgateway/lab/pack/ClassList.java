package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.hybridgateway.lab.footprint.ClassTraining;

/**
 * The classes that the daemon was seen to use, as {@code ./dev classes} wrote them down, in the form of
 * {@code -XX:SharedClassListFile}. Those of the start go into the archive; there is no room for all, but none of them is left out of
 * the image.
 *
 * @param archived lines; those that begin with an at sign are of what Java makes at run time
 * @param others likewise
 */
record ClassList(List<String> archived, List<String> others) {
    /** In the checkout. */
    static final String FILE = "packaging/classes.lst";

    private static final String HEAD =
            "# Made by sudo ./dev classes. What the daemon uses until it carries connections:";
    private static final String MIDDLE = "# What else it uses:";

    /** What these take in the package is what there is room for; docs/footprint.md tells what more of them would give. */
    private static final int MOST_LINES = 1600;

    ClassList {
        archived = List.copyOf(archived);
        others = List.copyOf(others);
    }

    /** The first ones of the start go into the archive, and all of them are sorted: that says more to those who compare. */
    static ClassList of(ClassTraining training) {
        List<String> start = training.start();
        int end = Math.min(MOST_LINES, start.size());
        return new ClassList(
                start.subList(0, end).stream().sorted().toList(),
                Stream.concat(start.subList(end, start.size()).stream(), training.later().stream())
                        .sorted()
                        .toList());
    }

    static ClassList read(Path checkout) throws IOException {
        List<String> lines = Files.readAllLines(checkout.resolve(FILE));
        int middle = lines.indexOf(MIDDLE);
        if (!lines.get(0).equals(HEAD) || middle < 0) {
            throw new IOException(FILE + " is not what ./dev classes wrote");
        }
        return new ClassList(lines.subList(1, middle), lines.subList(middle + 1, lines.size()));
    }

    void write(Path checkout) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(HEAD);
        lines.addAll(archived);
        lines.add(MIDDLE);
        lines.addAll(others);
        Files.write(checkout.resolve(FILE), lines);
    }

    /** The names of all classes, with slashes. */
    List<String> names() {
        List<String> names = new ArrayList<>(namesIn(archived));
        names.addAll(namesIn(others));
        return names;
    }

    /** How many classes are to be in the archive. */
    int archivedClasses() {
        return namesIn(archived).size();
    }

    private static List<String> namesIn(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("@"))
                .map(line -> line.replaceFirst(" .*", ""))
                .toList();
    }
}
