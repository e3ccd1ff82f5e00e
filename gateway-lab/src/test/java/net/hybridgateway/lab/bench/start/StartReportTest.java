package net.hybridgateway.lab.bench.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.ProcessMemory;
import org.junit.jupiter.api.Test;

class StartReportTest {
    private static final MemoryRun LIFE =
            new MemoryRun(new ProcessMemory(48_000, 20_000), new ProcessMemory(60_000, 30_000));

    @Test
    void tellsMediansAndTheSpread() {
        String text = report(0.7, 0.9, 0.8).toMarkdown();

        assertTrue(text.contains("| first connection carried | 0.800 | 0.700 | 0.900 |"), text);
        assertTrue(text.contains("| Java started | 0.100 | 0.100 | 0.100 |"), text);
        assertTrue(text.contains("(kept)"), text);
    }

    @Test
    void tellsMemoryInMillionsOfBytes() {
        String text = report(0.7).toMarkdown();

        assertTrue(
                text.contains("| idle, with page and MQTT | 49.2 (49.2–49.2) | 20.5 (20.5–20.5) | 28.7 (28.7–28.7) |"),
                text);
        assertTrue(text.contains("| with 500 relayed connections | 61.4 (61.4–61.4) |"), text);
    }

    @Test
    void missesTheBoundByItsMedianAlone() {
        assertTrue(report(0.9, 1.0, 5.0).isGood());
        assertFalse(report(0.9, 1.01, 1.02).isGood());
        assertTrue(report(2.0).toTable().contains("(missed)"));
    }

    @Test
    void readsItsOptions() {
        StartOptions options = StartOptions.parse(List.of("--count", "3", "--program", "/bin/other"));

        assertEquals(3, options.starts());
        assertEquals("/bin/other", options.program().orElseThrow());
        assertFalse(options.writeDocs());
    }

    private static StartReport report(double... carried) {
        return new StartReport(
                new Circumstances("sudo ./dev bench start", LocalDate.of(2026, 11, 30), "6.18.5", "2 × X, 4 GiB"),
                500,
                Arrays.stream(carried)
                        .mapToObj(seconds -> new StartRun(1, 0.1, 0.5, 0.6, seconds))
                        .toList(),
                List.of(LIFE));
    }
}
