package net.hybridgateway.app.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.hybridgateway.app.kernel.KernelCounters;
import net.hybridgateway.app.log.ProgramLog;
import net.hybridgateway.mgmt.config.MqttConfig;
import net.hybridgateway.mgmt.config.Secret;
import net.hybridgateway.mgmt.report.ReportFacts;
import net.hybridgateway.mgmt.report.ReportSource;

/** Reads for a report what the machine tells of itself; small files of /proc only, but for a password's. */
final class SystemReport implements ReportSource {
    private static final Path SYSCTLS = Path.of("/proc/sys");
    private static final int LONGEST_VALUE = 200;
    private static final int LONGEST_SECRET = 4096;

    private static final List<String> TCP_SETTINGS = List.of(
            "net/ipv4/tcp_fastopen",
            "net/ipv4/tcp_fastopen_blackhole_timeout_sec",
            "net/ipv4/tcp_congestion_control",
            "net/ipv4/tcp_rmem",
            "net/ipv4/tcp_wmem",
            "net/ipv4/ip_forward",
            "net/ipv6/conf/all/forwarding");

    private final ProgramLog log;
    private final Supplier<Instant> wall;
    private final Supplier<Optional<MqttConfig>> mqtt;

    /** @param mqtt as it is configured now, for its password is a secret */
    SystemReport(ProgramLog log, Supplier<Instant> wall, Supplier<Optional<MqttConfig>> mqtt) {
        this.log = log;
        this.wall = wall;
        this.mqtt = mqtt;
    }

    @Override
    public ReportFacts facts() {
        return new ReportFacts(
                Version.current(), wall.get(), machine(), sysctls(), KernelCounters.read(), log.lastLines());
    }

    private static Map<String, String> machine() {
        Map<String, String> machine = new LinkedHashMap<>();
        read(SYSCTLS.resolve("kernel/osrelease")).ifPresent(release -> machine.put("kernel", release));
        machine.put("architecture", System.getProperty("os.arch", ""));
        machine.put("java", System.getProperty("java.runtime.version", ""));
        machine.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        line(Path.of("/proc/meminfo"), "MemAvailable:").ifPresent(free -> machine.put("memoryAvailable", free));
        line(Path.of("/proc/self/status"), "VmRSS:").ifPresent(used -> machine.put("memoryResident", used));
        return machine;
    }

    /** What follows in the first line of a file that begins so; empty if there is none. */
    static Optional<String> line(Path file, String beginning) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(beginning))
                    .map(line -> line.substring(beginning.length()).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> sysctls() {
        Map<String, String> settings = new TreeMap<>();
        TCP_SETTINGS.forEach(name -> put(settings, SYSCTLS.resolve(name)));
        try (Stream<Path> files = Files.list(SYSCTLS.resolve("net/mptcp"))) {
            files.forEach(file -> put(settings, file));
        } catch (IOException e) {
            settings.put("net.mptcp", "cannot be listed: " + e.getMessage());
        }
        return settings;
    }

    private static void put(Map<String, String> settings, Path file) {
        read(file)
                .ifPresent(value ->
                        settings.put(SYSCTLS.relativize(file).toString().replace('/', '.'), value));
    }

    private static Optional<String> read(Path file) {
        try {
            String value = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            return Optional.of(value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE));
        } catch (IOException e) {
            // Kernels differ in what they have.
            return Optional.empty();
        }
    }

    @Override
    public Set<String> secrets() {
        Set<String> secrets = new HashSet<>();
        mqtt.get().map(MqttConfig::credentials).ifPresent(credentials -> {
            credentials.password().map(Secret::reveal).ifPresent(secrets::add);
            credentials.passwordFile().flatMap(SystemReport::firstLine).ifPresent(secrets::add);
        });
        return secrets;
    }

    private static Optional<String> firstLine(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST_SECRET), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .map(String::strip);
        } catch (IOException e) {
            // Who uses it will say so.
            return Optional.empty();
        }
    }
}
