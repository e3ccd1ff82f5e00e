package net.hybridgateway.lab.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.Command;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Pause;

/**
 * Packages of this machine's Debian release for another architecture, unpacked and not installed. apt gets a folder of its own:
 * this machine's dpkg hears nothing of the architecture.
 */
final class DebianPackages {
    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path folder;
    private final String architecture;
    private final String release;

    private DebianPackages(Path folder, String architecture, String release) {
        this.folder = folder;
        this.architecture = architecture;
        this.release = release;
    }

    /** Asks the mirrors that this machine uses what there is. What is downloaded is kept in {@code folder}. */
    static DebianPackages of(String architecture, Path folder) throws IOException {
        DebianPackages packages = new DebianPackages(Files.createDirectories(folder), architecture, release());
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
                """.formatted(architecture, folder));
    }

    private Path configuration() {
        return folder.resolve("apt.conf");
    }

    /**
     * Downloads a package, and unpacks it into a folder.
     *
     * @throws LabException if the mirrors do not have it after some attempts
     */
    void unpack(String name, Path into) throws IOException {
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
