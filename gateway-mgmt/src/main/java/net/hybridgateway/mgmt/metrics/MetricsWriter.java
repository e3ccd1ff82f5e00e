package net.hybridgateway.mgmt.metrics;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects samples, and writes those of a family together, as the format wants it, whatever order they came in. */
final class MetricsWriter {
    private static final String PREFIX = "hybrid_gateway_";

    private final Map<MetricFamily, List<String>> lines = new LinkedHashMap<>();

    /**
     * Adds a sample.
     *
     * @param labels names and values in turn
     */
    void add(MetricFamily family, long value, String... labels) {
        add(family, String.valueOf(value), labels);
    }

    /** The same with a fraction. */
    void add(MetricFamily family, double value, String... labels) {
        // Without an exponent, which nobody wants to read.
        add(family, BigDecimal.valueOf(value).stripTrailingZeros().toPlainString(), labels);
    }

    private void add(MetricFamily family, String value, String[] labels) {
        StringBuilder line = new StringBuilder(PREFIX + family.name());
        for (int i = 0; i < labels.length; i += 2) {
            line.append(i == 0 ? '{' : ',')
                    .append(labels[i])
                    .append("=\"")
                    .append(escaped(labels[i + 1]).replace("\"", "\\\""))
                    .append('"');
        }
        line.append(labels.length == 0 ? " " : "} ").append(value);
        lines.computeIfAbsent(family, unused -> new ArrayList<>()).add(line.toString());
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach((family, samples) -> {
            String name = PREFIX + family.name();
            text.append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(escaped(family.help()))
                    .append('\n');
            text.append("# TYPE ")
                    .append(name)
                    .append(' ')
                    .append(family.type().word())
                    .append('\n');
            samples.forEach(sample -> text.append(sample).append('\n'));
        });
        return text.toString();
    }
}
