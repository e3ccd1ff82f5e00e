package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.Command;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Pause;

/**
 * Packages of this machine's Debian release for another architecture, unpacked and not installed. apt gets a folder of its own:
 * this machine's dpkg hears nothing of the architecture.
 */
public final class DebianPackages {
    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path folder;
    private final String architecture;
    private final String release;

    private final boolean backports;

    private DebianPackages(Path folder, String architecture, String release, boolean backports) {
        this.folder = folder;
        this.architecture = architecture;
        this.release = release;
        this.backports = backports;
    }

    /** Asks the mirrors that this machine uses what there is. What is downloaded is kept in {@code folder}. */
    public static DebianPackages of(String architecture, Path folder) throws IOException {
        return of(architecture, folder, false);
    }

    /** The same, with the backports of the release besides: nothing is taken from there unless it is asked for. */
    public static DebianPackages withBackports(String architecture, Path folder) throws IOException {
        return of(architecture, folder, true);
    }

    private static DebianPackages of(String architecture, Path folder, boolean backports) throws IOException {
        DebianPackages packages =
                new DebianPackages(Files.createDirectories(folder), architecture, release(), backports);
        packages.configure();
        packages.apt("update", "-qq");
        return packages;
    }

    private static String release() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/etc/os-release"))) {
            return lines.filter(line -> line.startsWith("VERSION_CODENAME="))
                    .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
                    .findFirst()
                    .orElseThrow(() -> new LabException("/etc/os-release tells no VERSION_CODENAME: is this Debian?"));
        }
    }

    private void configure() throws IOException {
        for (String name : List.of("lists/partial", "cache/archives/partial", "debs")) {
            Files.createDirectories(folder.resolve(name));
        }
        Files.writeString(folder.resolve("status"), "");
        String sources = backports ? "Dir::Etc::sourceparts \"" + copyOfSources() + "\";\n" : "";
        Files.writeString(configuration(), """
                APT::Architecture "%1$s";
                APT::Architectures { "%1$s"; };
                APT::Sandbox::User "root";
                Dir::State::Lists "%2$s/lists";
                Dir::State::status "%2$s/status";
                Dir::Cache "%2$s/cache";
                Dir::Cache::pkgcache "";
                Dir::Cache::srcpkgcache "";
                Acquire::Languages "none";
                APT::Install-Recommends "false";
                %3$s""".formatted(architecture, folder, sources));
    }

    /** This machine's sources of packages, and the backports from the same mirror. */
    private Path copyOfSources() throws IOException {
        Path copies = Files.createDirectories(folder.resolve("sources"));
        List<Path> originals = new ArrayList<>(List.of(Path.of("/etc/apt/sources.list")));
        try (Stream<Path> files = Files.list(Path.of("/etc/apt/sources.list.d"))) {
            files.sorted().forEach(originals::add);
        }
        for (Path original : originals.stream().filter(Files::isRegularFile).toList()) {
            Path copy = copies.resolve(original.getFileName().toString());
            Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
            Optional<String> more = BackportsSource.of(Files.readString(original), release);
            if (more.isPresent()) {
                Files.writeString(copies.resolve("backports-" + original.getFileName()), more.get());
                return copies;
            }
        }
        throw new LabException("no source of packages of /etc/apt names the release " + release);
    }

    private Path configuration() {
        return folder.resolve("apt.conf");
    }

    /**
     * Downloads a package, and unpacks it into a folder.
     *
     * @throws LabException if the mirrors do not have it after some attempts
     */
    public void unpack(String name, Path into) throws IOException {
        Path debs = folder.resolve("debs");
        apt("download", "-qq", name);
        try (Stream<Path> files = Files.list(debs)) {
            Path deb = files.filter(file -> file.getFileName().toString().startsWith(name + "_"))
                    .max(Path::compareTo)
                    .orElseThrow(() -> new LabException("apt-get downloaded no " + name));
            Command.run(List.of("dpkg-deb", "-x", deb.toString(), into.toString()), "", PATIENCE);
        }
    }

    /**
     * Downloads packages with all that they need, and unpacks them into a folder.
     *
     * @throws LabException if the mirrors do not have them after some attempts
     */
    public void unpackWithNeeds(List<String> names, Path into) throws IOException {
        List<String> words = new ArrayList<>(List.of("install", "-qq", "--yes", "--download-only"));
        words.addAll(names);
        Path archives = folder.resolve("cache/archives");
        Command.run(List.of("find", archives.toString(), "-name", "*.deb", "-delete"), "", PATIENCE);
        apt(words.toArray(String[]::new));
        Files.createDirectories(into);
        try (Stream<Path> files = Files.list(archives)) {
            for (Path deb : files.filter(file -> file.toString().endsWith(".deb"))
                    .sorted()
                    .toList()) {
                Command.run(List.of("dpkg-deb", "-x", deb.toString(), into.toString()), "", PATIENCE);
            }
        }
    }

    /** The kernel of the release's backports, by the name of its package; empty if the mirror has none. */
    public Optional<String> backportedKernel() {
        String what = "linux-image-" + architecture + "/" + release + "-backports";
        try {
            String answer = Command.run(
                    List.of("env", "APT_CONFIG=" + configuration(), "apt-cache", "depends", what), "", PATIENCE);
            return answer.lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("Depends: linux-image-"))
                    .map(line -> line.substring(line.indexOf(' ') + 1))
                    .findFirst();
        } catch (LabException e) {
            // So apt says that it knows of no such package; that the mirror cannot be asked, came out before.
            System.err.println(e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Mirrors that are brought up to date meanwhile give wrong files for a while, most often those of the security updates: then
     * the version of the release is as good.
     */
    private void apt(String... words) {
        for (int attempt = 1; ; attempt++) {
            List<String> command = new ArrayList<>(
                    List.of("env", "--chdir=" + folder.resolve("debs"), "APT_CONFIG=" + configuration(), "apt-get"));
            command.addAll(Arrays.asList(words));
            if (attempt > 1 && words[0].equals("download")) {
                command.set(command.size() - 1, words[words.length - 1] + "/" + release);
            }
            try {
                Command.run(command, "", PATIENCE);
                return;
            } catch (LabException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                System.err.println(e.getMessage() + "; once more");
                Pause.of(PAUSE);
            }
        }
    }
}
