package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.hybridgateway.lab.net.Command;

/**
 * The program and its libraries as one module, for jlink takes no jars that are not modules. In the image, unlike on the class
 * path, an archive of its classes stays valid whatever happens to the times of files.
 */
final class ApplicationModule {
    static final String NAME = "net.hybridgateway";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String VERSIONS = "META-INF/versions";
    private static final String SERVICES = "META-INF/services";
    private static final String CLASS = ".class";
    private static final int JAVA = 17;

    /** tinylog reads the lists of its services itself, and those of these are for tests of others. */
    private static final List<String> NOT_DECLARED = List.of("org.tinylog.", "reactor.");

    /** The constants of other systems than Linux, a megabyte and a half of them; jnr finds its own by the system's name. */
    private static final Pattern OTHER_SYSTEMS =
            Pattern.compile("jnr/constants/platform/(aix|darwin|dragonflybsd|freebsd|openbsd|solaris|windows)/.*");

    private final Path folder;
    private final String version;
    private int unused;
    private final Map<String, List<String>> services = new TreeMap<>();

    private ApplicationModule(Path folder, String version) {
        this.folder = folder;
        this.version = version;
    }

    /**
     * Puts what is in jars into a folder, and makes a module of it, without what nothing uses.
     *
     * @param jars those of the distribution
     * @param modules the modules of Java that it may use
     * @param used names of classes that it was seen to use, with slashes
     */
    static ApplicationModule merge(List<Path> jars, List<String> modules, List<String> used, Path folder)
            throws IOException {
        ApplicationModule module = new ApplicationModule(Files.createDirectories(folder), versionIn(jars));
        for (Path jar : jars) {
            try (FileSystem content = FileSystems.newFileSystem(jar)) {
                Path root = content.getPath("/");
                module.add(root);
                for (int java = 9; java <= JAVA; java++) {
                    Path newer = root.resolve(VERSIONS).resolve(String.valueOf(java));
                    if (Files.isDirectory(newer)) {
                        module.add(newer);
                    }
                }
            }
        }
        module.leaveOut(used, jars);
        module.declare(modules);
        module.packJar();
        return module;
    }

    /** The program's, which its own jar tells. */
    private static String versionIn(List<Path> jars) throws IOException {
        for (Path path : jars) {
            if (path.getFileName().toString().startsWith("gateway-app-")) {
                try (JarFile jar = new JarFile(path.toFile())) {
                    Manifest manifest = jar.getManifest();
                    return manifest.getMainAttributes().getValue("Implementation-Version");
                }
            }
        }
        throw new IOException("the program's own jar is not there");
    }

    private void add(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(path).toString();
                if (name.startsWith(SERVICES + "/")) {
                    addService(name.substring(SERVICES.length() + 1), path);
                } else if (isWanted(name)) {
                    Path copy = folder.resolve(name);
                    Files.createDirectories(copy.getParent());
                    Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Native libraries lie beside the image, ready to be loaded; manifests, licences and the like are of no use there. */
    private static boolean isWanted(String name) {
        return !name.startsWith("META-INF/")
                && !name.startsWith("jni/")
                && !OTHER_SYSTEMS.matcher(name).matches()
                && !name.equals("module-info" + CLASS);
    }

    private void addService(String service, Path list) throws IOException {
        List<String> providers = services.computeIfAbsent(service, key -> new ArrayList<>());
        for (String line : Files.readAllLines(list)) {
            String provider = line.replaceFirst("#.*", "").strip();
            if (!provider.isEmpty() && !providers.contains(provider)) {
                providers.add(provider);
            }
        }
    }

    private void leaveOut(List<String> used, List<Path> jars) throws IOException {
        List<String> roots = new ArrayList<>(used);
        services.values().forEach(providers -> providers.forEach(provider -> roots.add(provider.replace('.', '/'))));
        unused = UnusedClasses.delete(folder, roots, nativesIn(jars)).size();
    }

    /** How many classes were left out. */
    int unused() {
        return unused;
    }

    /** What native libraries have, as text, for the names of classes in it. */
    private static String nativesIn(List<Path> jars) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path path : jars) {
            try (JarFile jar = new JarFile(path.toFile())) {
                for (JarEntry entry :
                        jar.stream().filter(it -> it.getName().endsWith(".so")).toList()) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        text.append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
                    }
                }
            }
        }
        return text.toString();
    }

    private void declare(List<String> modules) throws IOException {
        StringBuilder text = new StringBuilder("module " + NAME + " {\n");
        modules.forEach(module -> text.append("    requires ").append(module).append(";\n"));
        for (Map.Entry<String, List<String>> service : services.entrySet()) {
            Path list = folder.resolve(SERVICES).resolve(service.getKey());
            Files.createDirectories(list.getParent());
            Files.write(list, service.getValue());
            if (NOT_DECLARED.stream().noneMatch(service.getKey()::startsWith)) {
                text.append("    uses ").append(service.getKey()).append(";\n");
                text.append("    provides ").append(service.getKey()).append(" with ");
                text.append(String.join(", ", service.getValue())).append(";\n");
            }
        }
        Path source = folder.resolveSibling("module-info.java");
        Files.writeString(source, text.append("}\n").toString());
        Command.run(
                List.of(
                        JavaTools.path("javac"),
                        "--release",
                        String.valueOf(JAVA),
                        "--module-version",
                        version,
                        "-d",
                        folder.toString(),
                        "-classpath",
                        folder.toString(),
                        source.toString()),
                "",
                PATIENCE);
    }

    /** In the order of the names, and as old as zip can tell: what jlink makes of it depends on the order. */
    private void packJar() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar()));
                Stream<Path> paths = Files.walk(folder)) {
            List<String> names = paths.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
            for (String name : names) {
                ZipEntry entry = new ZipEntry(name);
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                Files.copy(folder.resolve(name), zip);
            }
        }
    }

    /** Where the module is. */
    Path jar() {
        return folder.resolveSibling(NAME + ".jar");
    }

    String version() {
        return version;
    }
}
