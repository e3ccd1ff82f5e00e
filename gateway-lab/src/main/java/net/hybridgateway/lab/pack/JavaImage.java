package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import net.hybridgateway.lab.net.Command;

/** Java with the program in it, as jlink makes it, with the native libraries that the program's libraries bring. */
final class JavaImage {
    /** What the program and its libraries use of Java. With jdk.crypto.ec, TLS speaks elliptic curves. */
    static final List<String> MODULES =
            List.of("java.base", "java.logging", "java.management", "jdk.crypto.ec", "jdk.unsupported");

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Of no use on a router: no child is started there, and nothing is compiled. */
    private static final List<String> LEFT_OUT = List.of(
            "bin/keytool", "include", "lib/classlist", "lib/jexec", "lib/jrt-fs.jar", "lib/jspawnhelper", "man");

    /**
     * Tables of character sets but Unicode, ASCII and ISO 8859, half a megabyte in the package. Nothing here asks for one, and
     * Java says of those that it does not know them. (Only {@code Charset.availableCharsets()} would fail; nobody calls it.)
     */
    private static final String CHARACTER_SETS =
            "regex:/java.base/sun/nio/cs/(Big5|EUC_|GB|HKSCS|IBM|JIS|Johab|KOI8|Mac|MS|PCK|SJIS|TIS)[^/]*\\.class";

    private JavaImage() {}

    /**
     * Makes it.
     *
     * @param jmods Java's modules for the machine
     * @param jars the program and its libraries, for the native ones in them
     * @param home where it shall be; is not there yet
     */
    static void link(TargetMachine machine, Path jmods, ApplicationModule application, List<Path> jars, Path home)
            throws IOException {
        Files.createDirectories(home.getParent());
        Command.run(
                List.of(
                        JavaTools.path("jlink"),
                        "--module-path",
                        jmods + ":" + application.jar(),
                        "--add-modules",
                        String.join(",", MODULES) + "," + ApplicationModule.NAME,
                        "--no-header-files",
                        "--no-man-pages",
                        "--strip-java-debug-attributes",
                        // What is compressed here cannot be compressed as well by the package and the flash's file
                        // system.
                        "--compress=0",
                        "--exclude-resources=" + CHARACTER_SETS,
                        "--output",
                        home.toString()),
                "",
                PATIENCE);
        List<String> removal = new ArrayList<>(List.of("rm", "-rf"));
        LEFT_OUT.forEach(path -> removal.add(home.resolve(path).toString()));
        Command.run(removal, "", PATIENCE);
        addNativesOf(machine, jars, home.resolve("lib"));
    }

    /** Ready to be loaded: unpacked at run time, they would take room in the router's memory. */
    private static void addNativesOf(TargetMachine machine, List<Path> jars, Path into) throws IOException {
        for (Path path : jars) {
            String name = path.getFileName().toString();
            if (name.contains(machine.netty()) || name.startsWith("jffi")) {
                try (JarFile jar = new JarFile(path.toFile())) {
                    for (var entry : jar.stream()
                            .filter(it -> isNative(machine, it.getName()))
                            .toList()) {
                        try (InputStream in = jar.getInputStream(entry)) {
                            Files.copy(
                                    in,
                                    into.resolve(Path.of(entry.getName())
                                            .getFileName()
                                            .toString()));
                        }
                    }
                }
            }
        }
    }

    private static boolean isNative(TargetMachine machine, String name) {
        return name.endsWith(".so")
                && (name.startsWith("META-INF/native/") || name.startsWith("jni/" + machine.jffi() + "/"));
    }
}
