package net.hybridgateway.lab.demo;

import com.grack.nanojson.JsonStringWriter;
import com.grack.nanojson.JsonWriter;
import java.util.List;
import java.util.Locale;
import net.hybridgateway.lab.net.Access;

/**
 * What the demo found. Rates are TCP payload that the LAN host received, in bits per second.
 *
 * @param options what was asked for
 * @param fixedAlone plain TCP over the fixed line
 * @param cellularAlone plain TCP over the cellular line
 * @param bonded one download over both, through the gateway
 * @param bondedExact true if its SHA-256 is that of the original
 * @param outages the downloads with a break
 * @param told what the gateway said over MQTT since the last of these breaks
 */
record Figures(
        DemoOptions options,
        double fixedAlone,
        double cellularAlone,
        double bonded,
        boolean bondedExact,
        List<Outage> outages,
        List<Told> told) {
    Figures {
        outages = List.copyOf(outages);
        told = List.copyOf(told);
    }

    double sum() {
        return fixedAlone + cellularAlone;
    }

    /** Bonded rate over the sum of the lines alone. */
    double efficiency() {
        return bonded / sum();
    }

    /** True if nothing was lost or damaged. */
    boolean isGood() {
        return bondedExact && outages.stream().allMatch(Outage::exact);
    }

    String toJson() {
        JsonStringWriter json = JsonWriter.indent("  ").string().object();
        json.value("fixedLine", options.fixed().toString())
                .value("cellularLine", options.cellular().toString())
                .value("cut", options.cut().name().toLowerCase(Locale.ROOT))
                .value("fixedAloneBitsPerSecond", Math.round(fixedAlone))
                .value("cellularAloneBitsPerSecond", Math.round(cellularAlone))
                .value("bondedBitsPerSecond", Math.round(bonded))
                .value("efficiency", Math.round(efficiency() * 1000) / 1000.0)
                .value("bondedSha256Equal", bondedExact)
                .array("outages");
        outages.forEach(outage -> write(json, outage));
        json.end().array("mqtt");
        told.forEach(message -> json.object()
                .value("secondsAfterCut", Math.round(message.secondsAfterCut() * 100) / 100.0)
                .value("topic", message.topic())
                .value("text", message.text())
                .end());
        return json.end().end().done() + "\n";
    }

    private static void write(JsonStringWriter json, Outage outage) {
        json.object()
                .value("cellularUse", outage.cellularUse())
                .value("lengthBytes", outage.lengthBytes())
                .value("receivedBytes", outage.receivedBytes())
                .value("sha256Equal", outage.exact())
                .value("death", outage.death().orElse(null))
                .value("gapMillis", outage.death().isPresent() ? null : Math.round(outage.gapNanos() / 1e6))
                .value("fixedBytesIn", outage.bytesIn(Access.FIXED))
                .value("cellularBytesIn", outage.bytesIn(Access.CELLULAR))
                .value("cellularBytesBeforeCut", outage.cellularBytesBeforeCut())
                .value("cellularBytesInTheEnd", outage.cellularBytesInTheEnd())
                .value("secondsUntilCellularSilent", Math.round(outage.secondsUntilCellularSilent() * 10) / 10.0)
                .end();
    }

    String toTable() {
        StringBuilder table = new StringBuilder();
        table.append(
                row("fixed line alone", megabits(fixedAlone), options.fixed().toString()));
        table.append(row(
                "cellular line alone",
                megabits(cellularAlone),
                options.cellular().toString()));
        table.append(row("sum", megabits(sum()), ""));
        table.append(row("both through the gateway", megabits(bonded), sameOrNot(bondedExact)));
        table.append(row("efficiency", String.format("%.1f %%", efficiency() * 100), "both / sum"));
        for (Outage outage : outages) {
            table.append('\n');
            table.append(row(
                    "break, cellular " + outage.cellularUse(),
                    "",
                    outage.death().orElse("")));
            table.append(row("  without a byte", outage.gapText(), "longest, while the line was cut"));
            table.append(row("  file", megabytes(outage.receivedBytes()), sameOrNot(outage.exact())));
            table.append(row("  over fixed", megabytes(outage.bytesIn(Access.FIXED)), ""));
            table.append(row("  over cellular", megabytes(outage.bytesIn(Access.CELLULAR)), ""));
            if (outage.cellularUse().equals(Demo.ON_DEMAND)) {
                table.append(
                        row("  cellular before the cut", outage.cellularBytesBeforeCut() + " B", "both directions"));
                table.append(row(
                        "  cellular in the end",
                        outage.cellularBytesInTheEnd() + " B",
                        String.format("silent %.1f s after the line was mended", outage.secondsUntilCellularSilent())));
            }
        }
        if (!told.isEmpty()) {
            table.append("\n  what the operator's broker heard over MQTT, by the time since that cut\n");
            told.forEach(message -> table.append("  ").append(message.line()).append('\n'));
        }
        return table.toString();
    }

    private static String row(String name, String value, String remark) {
        return String.format("  %-26s %14s   %s", name, value, remark).stripTrailing() + "\n";
    }

    static String megabits(double bitsPerSecond) {
        return String.format(Locale.ROOT, "%.1f Mbit/s", bitsPerSecond / 1e6);
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    static String sameOrNot(boolean exact) {
        return exact ? "SHA-256 equal" : "SHA-256 DIFFERS";
    }
}
