package net.hybridgateway.mgmt.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The records as text for a terminal of 80 columns. */
public final class StatusText {
    static final String INDENT = "  ";
    private static final String UNKNOWN = "-";
    private static final String[] UNITS = {"", "k", "M", "G", "T", "P", "E"};

    private StatusText() {}

    /** What {@code hybrid-gateway status} prints; lines end with a line feed. */
    public static String of(GatewayStatus status) {
        ConnectionTotals connections = status.connections();
        return String.format(
                        "hybrid-gateway %s, up %s, mode %s\n",
                        status.version(), duration(status.uptimeSeconds()), Words.of(status.mode()))
                + String.format(
                        "connections: %d active (%d bonded, %d direct), %d in all\n",
                        connections.active(), connections.bonded(), connections.direct(), connections.total())
                + (connections.bypass() == 0
                        ? ""
                        : wrapped(connections.bypass()
                                + " bypass the conversion point, for their servers speak Multipath TCP"))
                + health(status.health())
                + "\n"
                + uplinks(status.uplinks(), status.drills())
                + conversionPoints(status.conversionPoints())
                + breaks(status.breaks());
    }

    private static String health(List<HealthEntry> health) {
        return health.stream()
                .map(entry -> wrapped(Words.of(entry.severity()) + " " + entry.code() + " ("
                        + duration(entry.sinceSeconds()) + "): " + entry.text() + " " + entry.action()))
                .collect(Collectors.joining());
    }

    private static String uplinks(List<UplinkStatus> uplinks, List<DrillStatus> drills) {
        TextTable table =
                new TextTable("UPLINK", "KIND", "DEVICE", "STATE", "USE", "#RTT ms", "#SUBFLOWS", "#IN", "#OUT");
        StringBuilder details = new StringBuilder();
        for (UplinkStatus uplink : uplinks) {
            table.row(
                    uplink.name(),
                    Words.of(uplink.kind()),
                    uplink.device(),
                    Words.of(uplink.state()),
                    Words.of(uplink.use()),
                    uplink.rttMillis().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%.1f", uplink.rttMillis().getAsDouble())
                            : UNKNOWN,
                    String.valueOf(uplink.subflows()),
                    bytes(uplink.bytesIn()),
                    bytes(uplink.bytesOut()));
            String addresses = uplink.addresses().stream().map(Words::of).collect(Collectors.joining(" "));
            String sentences = Stream.of(uplink.reason().stream(), details(uplink), lastDrill(uplink, drills))
                    .flatMap(some -> some)
                    .collect(Collectors.joining(" "));
            details.append(wrapped(uplink.name() + ": "
                    + (addresses.isEmpty() ? "no address" : addresses)
                    + (sentences.isEmpty() ? "" : "; " + sentences)));
        }
        return table.toString() + details;
    }

    private static Stream<String> details(UplinkStatus uplink) {
        List<String> sentences = new ArrayList<>();
        uplink.holdDownLeftMillis()
                .ifPresent(left -> sentences.add("Trusted in " + tenths(left) + " s if it stays up."));
        uplink.suspectMillis()
                .ifPresent(silent ->
                        sentences.add("Suspected: no answer for " + silent + " ms, asking the conversion point."));
        uplink.quota().ifPresent(quota -> sentences.add(quota(quota)));
        return sentences.stream();
    }

    private static Stream<String> lastDrill(UplinkStatus uplink, List<DrillStatus> newestFirst) {
        return newestFirst.stream()
                .filter(drill -> drill.uplink().equals(uplink.name()))
                .limit(1)
                .map(DrillText::sentence);
    }

    private static String quota(QuotaStatus quota) {
        return "Quota: " + bytes(quota.usedBytes()) + " of " + bytes(quota.limitBytes()) + " used"
                + (quota.tier() == QuotaStatus.Tier.FREE ? "" : ", " + Words.of(quota.tier()) + " tier")
                + quota.periodEnd().map(end -> ", until " + end).orElse("")
                + ".";
    }

    private static String conversionPoints(List<ConversionPointStatus> points) {
        if (points.isEmpty()) {
            return "\nno conversion point\n";
        }
        TextTable table =
                new TextTable("CONVERSION POINT", "ADDRESS", "#PORT", "ORIGIN", "STATE", "MPTCP", "FAST OPEN");
        for (ConversionPointStatus point : points) {
            table.row(
                    point.name(),
                    point.address(),
                    String.valueOf(point.port()),
                    Words.of(point.origin()),
                    Words.of(point.state()),
                    point.mptcp().map(StatusText::yesOrNo).orElse(UNKNOWN),
                    point.fastOpen().map(StatusText::yesOrNo).orElse(UNKNOWN));
        }
        return "\n" + table
                + points.stream()
                        .flatMap(point -> point.paths().stream().map(path -> path(point, path)))
                        .collect(Collectors.joining());
    }

    private static String path(ConversionPointStatus point, ConversionPointStatus.Path path) {
        return wrapped(point.name() + " (" + point.address() + ") over " + path.uplink() + ": " + Words.of(path.state())
                + (path.stateSeconds().isPresent()
                        ? " for " + path.stateSeconds().getAsLong() + " s"
                        : "")
                + path.reason().map(reason -> ". " + reason).orElse(".")
                + path.known().stream()
                        .map(fact -> " " + fact.name() + " " + fact.value() + " (" + fact.ageSeconds() + " s ago)")
                        .collect(Collectors.joining(",")));
    }

    private static String breaks(List<BreakStatus> breaks) {
        if (breaks.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable("BREAK", "REASON", "#DETECTED", "#GAP", "#KEPT", "#LOST", "#BACKUP", "#AGO");
        for (BreakStatus event : breaks) {
            table.row(
                    event.uplink(),
                    event.reason(),
                    event.detectMillis() + " ms",
                    event.gapMillis().isPresent() ? event.gapMillis().getAsLong() + " ms" : UNKNOWN,
                    String.valueOf(event.kept()),
                    String.valueOf(event.lost()),
                    bytes(event.bytesOnBackup()),
                    duration(event.agoSeconds()));
        }
        return "\n" + table;
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    /** Seconds with one decimal. */
    static String tenths(long millis) {
        return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
    }

    /** Three digits and a decimal unit: 999, 1.2k, 34M, 5.6G. */
    static String bytes(long bytes) {
        double number = bytes;
        int unit = 0;
        while (number >= 999.5) {
            number /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit > 0 && number < 9.95 ? "%.1f%s" : "%.0f%s", number, UNITS[unit]);
    }

    /** The two largest units: 59s, 3m20s, 2h4m, 12d3h. */
    static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + "s";
        } else if (seconds < 3600) {
            return seconds / 60 + "m" + seconds % 60 + "s";
        } else if (seconds < 86400) {
            return seconds / 3600 + "h" + seconds % 3600 / 60 + "m";
        }
        return seconds / 86400 + "d" + seconds % 86400 / 3600 + "h";
    }

    /** One indented paragraph, broken at blanks. A word that is too long for a line gets one of its own. */
    static String wrapped(String text) {
        StringBuilder out = new StringBuilder();
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : text.split(" ", -1)) {
            boolean first = line.toString().isBlank();
            if (!first && line.length() + 1 + word.length() > TextTable.WIDTH) {
                out.append(line).append('\n');
                line = new StringBuilder(INDENT + INDENT);
                first = true;
            }
            line.append(first ? "" : " ").append(word);
        }
        return out.append(line).append('\n').toString();
    }
}
