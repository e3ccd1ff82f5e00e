package net.hybridgateway.app.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * The kernel settings that a Multipath TCP gateway needs, set at start and put back by cleanup.
 *
 * <p>The values that were there before are written to a file first, so that a cleanup after a crash finds them. The file
 * is written once: a second start after a crash must not take our own values for the owner's.
 */
public final class Sysctls {
    private static final Path ROOT = Path.of("/proc/sys");
    /** All of ours are in here, and nothing else is put back: root may clean up what a daemon of another user wrote. */
    private static final Path OURS = ROOT.resolve("net");

    private static final String SAVED = "sysctl.saved";

    /** One setting. A pattern of bits is added to what is there, any other value replaces it. */
    private record Setting(String name, String value, boolean addBits) {
        static Setting set(String name, String value) {
            return new Setting(name, value, false);
        }

        static Setting addBits(String name, int bits) {
            return new Setting(name, Integer.toString(bits), true);
        }
    }

    /**
     * A question or an answer of few packets is sent again six times before the pause between two times doubles: where it
     * cannot move to another uplink, it is there soon after the line is back.
     */
    private static final Setting THIN_STREAMS = Setting.set("net/ipv4/tcp_thin_linear_timeouts", "1");

    private final List<Setting> settings;

    private Sysctls(List<Setting> settings) {
        this.settings = settings;
    }

    /** What the gateway needs. Settings that the kernel does not have are passed over: older kernels lack some. */
    public static Sysctls forGateway() {
        return new Sysctls(List.of(
                // 1: client; 4: data in the first SYN, without a cookie (RFC 8803 appendix A).
                Setting.addBits("net/ipv4/tcp_fastopen", 1 | 4),
                // One line that loses data in the SYN must not switch it off for all: it is watched for each line here.
                Setting.set("net/ipv4/tcp_fastopen_blackhole_timeout_sec", "0"),
                // The decisions are ours. The first name is for kernels before 6.15.
                Setting.set("net/mptcp/pm_type", "1"),
                Setting.set("net/mptcp/path_manager", "userspace"),
                // A conversion point that restarts must not switch Multipath TCP off for an hour.
                Setting.set("net/mptcp/blackhole_timeout", "0"),
                Setting.set("net/mptcp/syn_retrans_before_tcp_fallback", "255"),
                THIN_STREAMS,
                // Where br_netfilter is loaded (Docker does it), a bridged LAN's packets would meet tproxy on
                // the bridge already, and be lost there.
                Setting.set("net/bridge/bridge-nf-call-iptables", "0"),
                Setting.set("net/bridge/bridge-nf-call-ip6tables", "0")));
    }

    /**
     * What a conversion point needs.
     *
     * @param denyInitialAddress whether to set the C flag on its connections (RFC 8684 §3.1)
     */
    public static Sysctls forConversionPoint(boolean denyInitialAddress) {
        List<Setting> settings = new ArrayList<>();
        // 1: client; 2: server.
        settings.add(Setting.addBits("net/ipv4/tcp_fastopen", 1 | 2));
        settings.add(THIN_STREAMS);
        if (denyInitialAddress) {
            settings.add(Setting.set("net/mptcp/allow_join_initial_addr_port", "0"));
        }
        return new Sysctls(List.copyOf(settings));
    }

    /**
     * Saves what is there and sets what is needed.
     *
     * @throws UncheckedIOException if a setting exists but cannot be written
     */
    public void apply(Path runDir) {
        Map<String, String> before = new LinkedHashMap<>();
        for (Setting setting : settings) {
            read(setting.name()).ifPresent(value -> before.put(setting.name(), value));
        }
        save(runDir.resolve(SAVED), before);
        for (Setting setting : settings) {
            String now = before.get(setting.name());
            if (now != null) {
                write(setting.name(), setting.addBits() ? withBits(now, setting.value()) : setting.value());
            }
        }
    }

    /** Puts back what {@link #apply} found. Does nothing where nothing was saved. */
    public static void restore(Path runDir) {
        Path file = runDir.resolve(SAVED);
        if (!Files.exists(file)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                putBack(line);
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put back the settings in " + file, e);
        }
    }

    /** One that cannot be put back must not keep the others from it, nor every later start from beginning. */
    private static void putBack(String line) {
        int equals = line.indexOf('=');
        if (equals > 0 && isThere(ROOT.resolve(line.substring(0, equals)).normalize())) {
            try {
                write(line.substring(0, equals), line.substring(equals + 1));
            } catch (UncheckedIOException e) {
                Logger.warn("{}: {}", e.getMessage(), e.getCause().getMessage());
            }
        }
    }

    private static boolean isThere(Path setting) {
        return setting.startsWith(OURS) && Files.exists(setting);
    }

    private static void save(Path file, Map<String, String> values) {
        if (Files.exists(file)) {
            return;
        }
        StringBuilder text = new StringBuilder();
        values.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot save the kernel's settings to " + file, e);
        }
    }

    private static String withBits(String now, String bits) {
        return Integer.toString(Integer.parseInt(now) | Integer.parseInt(bits));
    }

    private static Optional<String> read(String name) {
        // The kernel answers the first read alone, and Files.readString makes that one of a single byte: of 3600 it
        // gets 3.
        try (BufferedReader reader = Files.newBufferedReader(ROOT.resolve(name))) {
            return Optional.ofNullable(reader.readLine()).map(String::strip);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void write(String name, String value) {
        try {
            Files.writeString(ROOT.resolve(name), value);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set " + name.replace('/', '.') + " to " + value, e);
        }
    }
}
