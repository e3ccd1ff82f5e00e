package net.hybridgateway.mgmt.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.hybridgateway.mgmt.status.StatusSamples;
import org.junit.jupiter.api.Test;

class MetricsTextTest {
    private static final Path DOCUMENT = Path.of("../docs/operations.md");
    private static final Pattern CELLS = Pattern.compile(" *\\| *");

    /** Reads the text format 0.0.4 as strictly as its description is. */
    private static final class Parser {
        private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
        private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") ((?:[^\\\\\n]|\\\\\\\\|\\\\n)*)");
        private static final Pattern TYPE = Pattern.compile("# TYPE (" + NAME + ") (counter|gauge)");
        private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\\\\\"\n]|\\\\\\\\|\\\\\"|\\\\n)*\"";
        private static final Pattern SAMPLE =
                Pattern.compile("(" + NAME + ")((?:\\{" + LABEL + "(?:," + LABEL + ")*\\})?) (-?[0-9]+(?:\\.[0-9]+)?)");

        private final Map<String, String> types = new LinkedHashMap<>();
        private final Map<String, String> samples = new LinkedHashMap<>();

        Parser(String text) {
            assertTrue(text.endsWith("\n"), "the last line ends, too");
            Set<String> finished = new HashSet<>();
            String family = "";
            List<String> lines = new ArrayList<>(text.lines().toList());
            for (int i = 0; i < lines.size(); i++) {
                Matcher help = HELP.matcher(lines.get(i));
                if (help.matches()) {
                    finished.add(family);
                    family = help.group(1);
                    assertTrue(!finished.contains(family), "two groups of " + family);
                    Matcher type = TYPE.matcher(lines.get(++i));
                    assertTrue(type.matches() && type.group(1).equals(family), lines.get(i));
                    types.put(family, type.group(2));
                    assertEquals(type.group(2).equals("counter"), family.endsWith("_total"), family);
                    continue;
                }
                Matcher sample = SAMPLE.matcher(lines.get(i));
                assertTrue(sample.matches(), lines.get(i));
                assertEquals(family, sample.group(1));
                String old = samples.put(sample.group(1) + sample.group(2), sample.group(3));
                assertEquals(null, old, "twice: " + lines.get(i));
            }
        }
    }

    private final Parser parsed = new Parser(MetricsText.of(StatusSamples.duringABreak(), StatusSamples.events()));

    private String value(String sample) {
        return parsed.samples.get("hybrid_gateway_" + sample);
    }

    @Test
    void tellsTheStatus() {
        assertEquals("1", value("info{version=\"0.1.0\"}"));
        assertEquals("11040", value("uptime_seconds"));
        assertEquals("1", value("mode{mode=\"backup\"}"));
        assertEquals("0", value("mode{mode=\"normal\"}"));
        assertEquals("1234567890", value("uplink_received_bytes_total{uplink=\"fixed\"}"));
        assertEquals("999", value("uplink_sent_bytes_total{uplink=\"cellular\"}"));
        assertEquals("1", value("uplink_state{uplink=\"fixed\",state=\"offline\"}"));
        assertEquals("0", value("uplink_state{uplink=\"fixed\",state=\"hold-down\"}"));
        assertEquals("0.048305", value("uplink_round_trip_seconds{uplink=\"cellular\"}"));
        assertEquals(null, value("uplink_round_trip_seconds{uplink=\"fixed\"}"));
        assertEquals("10000000000", value("uplink_quota_limit_bytes{uplink=\"cellular\"}"));
        assertEquals("8400000000", value("uplink_quota_used_bytes{uplink=\"cellular\"}"));
        assertEquals(
                "1",
                value(
                        "conversion_point_used{conversion_point=\"operator\",address=\"mcp.example.net\",port=\"7000\"}"));
        assertEquals("2", value("active_connections{kind=\"bonded\"}"));
        assertEquals("57", value("connections_total"));
        assertEquals("4", value("events_total"));
        assertEquals("7", value("uplink_dismissed_suspicions_total{uplink=\"fixed\"}"));
        assertEquals("1", value("drill_success{uplink=\"cellular\"}"));
        assertEquals("1795146067", value("drill_timestamp_seconds{uplink=\"cellular\"}"));
        assertEquals("1", value("health_problem{code=\"uplink-down\",severity=\"warning\",subject=\"fixed\"}"));
    }

    @Test
    void escapesWhatTheFormatDoesNotBear() {
        MetricsWriter out = new MetricsWriter();
        out.add(MetricFamily.gauge("a", "A \\ and\na line."), 0.25, "x", "\"quoted\" \\ and\na line", "y", "é");
        Parser read = new Parser(out.toString());
        assertEquals(Map.of("hybrid_gateway_a{x=\"\\\"quoted\\\" \\\\ and\\na line\",y=\"é\"}", "0.25"), read.samples);
    }

    @Test
    void keepsTheSamplesOfAFamilyTogether() {
        MetricsWriter out = new MetricsWriter();
        MetricFamily a = MetricFamily.counter("a_total", "A.");
        out.add(a, 1, "u", "1");
        out.add(MetricFamily.gauge("b", "B."), -3e10);
        out.add(a, 2, "u", "2");
        assertEquals("""
                # HELP hybrid_gateway_a_total A.
                # TYPE hybrid_gateway_a_total counter
                hybrid_gateway_a_total{u="1"} 1
                hybrid_gateway_a_total{u="2"} 2
                # HELP hybrid_gateway_b B.
                # TYPE hybrid_gateway_b gauge
                hybrid_gateway_b -30000000000
                """, out.toString());
    }

    @Test
    void refusesNamesAgainstTheConvention() {
        assertThrows(IllegalArgumentException.class, () -> MetricFamily.counter("bytes", "A."));
        assertThrows(IllegalArgumentException.class, () -> MetricFamily.gauge("bytes_total", "A."));
        assertThrows(IllegalArgumentException.class, () -> MetricFamily.gauge("Bytes", "A."));
    }

    @Test
    void isListedInTheHandbook() throws IOException {
        List<String> documented = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `hybrid_gateway_"))
                .map(line -> CELLS.split(line, -1)[1].replace("`", "") + " " + CELLS.split(line, -1)[2])
                .sorted()
                .toList();
        assertEquals(
                parsed.types.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .sorted()
                        .toList(),
                documented);
    }
}
