package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Leaves out what nothing mentions. A class stays if it is the program's own, a service, seen in the training run, or if one that
 * stays, or a native library, has its name anywhere: as a class, in a signature, or as a text.
 *
 * <p>Names that are put together at run time are not seen so. Where libraries do that, whole packages stay.
 */
final class UnusedClasses {
    private static final String CLASS = ".class";
    private static final String OWN = "net/hybridgateway/";

    /** jnr makes names from those of the system and the processor, and jffi from those of types. */
    private static final Pattern NAMED_AT_RUN_TIME =
            Pattern.compile("(jnr/constants/platform/(linux|fake)|jnr/ffi|com/kenai/jffi)/.*");

    private final Path folder;
    private final Set<String> classes;
    private final Set<String> kept = new TreeSet<>();
    private final Deque<String> toRead = new ArrayDeque<>();

    private UnusedClasses(Path folder, Set<String> classes) {
        this.folder = folder;
        this.classes = classes;
    }

    /**
     * Deletes them.
     *
     * @param folder of class files
     * @param used names of classes that stay, with slashes; those that are not there are passed over
     * @param natives text of libraries whose native code finds classes
     * @return the names of what is no more
     */
    static Set<String> delete(Path folder, Collection<String> used, String natives) throws IOException {
        Set<String> classes;
        try (Stream<Path> files = Files.walk(folder)) {
            classes = files.map(file -> folder.relativize(file).toString())
                    .filter(name -> name.endsWith(CLASS))
                    .map(name -> name.substring(0, name.length() - CLASS.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        UnusedClasses unused = new UnusedClasses(folder, classes);
        classes.stream()
                .filter(name ->
                        name.startsWith(OWN) || NAMED_AT_RUN_TIME.matcher(name).matches())
                .forEach(unused::keep);
        used.forEach(unused::keep);
        NamedClasses.in(natives).forEach(unused::keep);
        unused.follow();
        classes.removeAll(unused.kept);
        for (String name : classes) {
            Files.delete(folder.resolve(name + CLASS));
        }
        return classes;
    }

    /** With the classes that it is nested in. */
    private void keep(String name) {
        if (classes.contains(name) && kept.add(name)) {
            toRead.add(name);
            int nested = name.lastIndexOf('$');
            if (nested > 0) {
                keep(name.substring(0, nested));
            }
        }
    }

    private void follow() throws IOException {
        for (String name = toRead.poll(); name != null; name = toRead.poll()) {
            try (InputStream in = Files.newInputStream(folder.resolve(name + CLASS))) {
                NamedClasses.in(in).forEach(this::keep);
            }
        }
    }
}
