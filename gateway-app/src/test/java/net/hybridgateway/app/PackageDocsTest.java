package net.hybridgateway.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every package of every module says what it is for. */
class PackageDocsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern JAVADOC = Pattern.compile("(?s)/\\*\\*(.*?)\\*/\\s*package [a-z0-9.]+;");
    private static final int SHORTEST_SENTENCE = 30;

    /** The folders that hold Java files, of all modules. */
    static List<Path> packages() throws IOException {
        TreeSet<Path> folders = new TreeSet<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.filter(
                            path -> path.getFileName().toString().startsWith("gateway-"))
                    .toList()) {
                Path sources = module.resolve("src/main/java");
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> files = Files.walk(sources)) {
                        files.filter(file -> file.toString().endsWith(".java"))
                                .forEach(file -> folders.add(ROOT.relativize(file.getParent())));
                    }
                }
            }
        }
        return List.copyOf(folders);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("packages")
    void saysWhatItIsFor(Path folder) throws IOException {
        Path file = ROOT.resolve(folder).resolve("package-info.java");
        assertTrue(Files.exists(file), "there is no " + file);

        Matcher javadoc = JAVADOC.matcher(Files.readString(file));

        assertTrue(javadoc.find(), "no javadoc in " + file);
        String text = javadoc.group(1).replaceAll("\\s*\\n\\s*\\*\\s?", " ").strip();
        assertTrue(text.length() >= SHORTEST_SENTENCE && text.contains("."), "not a sentence: " + text);
    }
}
