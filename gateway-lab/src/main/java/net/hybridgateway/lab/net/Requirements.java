package net.hybridgateway.lab.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the lab needs from the machine: root and a few programs. */
public final class Requirements {
    private static final Map<String, String> PACKAGE_OF = new TreeMap<>(
            Map.of("ip", "iproute2", "nft", "nftables", "sysctl", "procps", "setsid", "util-linux", "kill", "procps"));
    private static final Map<String, String> PACKAGE_OF_SHAPER =
            new TreeMap<>(Map.of("vde_switch", "vde2", "wirefilter", "vde2"));

    private Requirements() {}

    /** One line that says what is missing, or nothing if the lab can run. */
    public static Optional<String> missing(boolean shapedLines) {
        if (!isRoot()) {
            return Optional.of("the lab makes network namespaces and needs root: run it with sudo");
        }
        Map<String, String> wanted = new TreeMap<>(PACKAGE_OF);
        if (shapedLines) {
            wanted.putAll(PACKAGE_OF_SHAPER);
            if (!Files.exists(Path.of("/dev/net/tun"))) {
                return Optional.of("the lab's shaped lines need /dev/net/tun (modprobe tun)");
            }
        }
        String lacking = wanted.entrySet().stream()
                .filter(entry -> find(entry.getKey()).isEmpty())
                .map(entry -> entry.getKey() + " (Debian package " + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        return lacking.isEmpty() ? Optional.empty() : Optional.of("the lab misses " + lacking);
    }

    static void check(boolean shapedLines) {
        missing(shapedLines).ifPresent(line -> {
            throw new LabException(line);
        });
    }

    /** The program's path, looked up as a shell does, and in the folders that a user's PATH may lack. */
    public static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
        return Pattern.compile(":")
                .splitAsStream(path)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isRoot() {
        try {
            List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
            return status.stream()
                    .filter(line -> line.startsWith("Uid:"))
                    .anyMatch(line -> line.split("\\s+", -1)[2].equals("0"));
        } catch (IOException e) {
            return false;
        }
    }
}
