package net.hybridgateway.lab.bench.micro;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import net.hybridgateway.lab.measure.Circumstances;
import org.junit.jupiter.api.Test;

class MicroReportTest {
    private static final Circumstances HERE =
            new Circumstances("sudo ./dev bench micro", LocalDate.of(2026, 11, 30), "6.18.5", "2 × X, 4 GiB");

    @Test
    void comparesACodecWithTheLeast() {
        String text = report(
                new MicroFigure("NetlinkSteps.event", 0, 900, 800, 1000, 1234),
                new MicroFigure("NetlinkSteps.eventAtKnownPlaces", 0, 300, 300, 300, 200));

        assertTrue(text.contains("| netlink: an event of the path manager | 0.90 (0.80–1.00) | 1,234 | 3.0 |"), text);
    }

    @Test
    void dividesWhatIsOfAllConnectionsByTheirNumber() {
        String text = report(
                new MicroFigure("EngineSteps.imageOfAll", 10, 10_000, 10_000, 20_000, 5000),
                new MicroFigure("EngineSteps.imageOfAll", 1000, 3_000_000, 2_000_000, 4_000_000, 400_000));

        assertTrue(text.contains("| policy engine, among | 10, µs | 1,000, µs | heap, bytes |"), text);
        assertTrue(text.contains("| an image of all, for each | 1.00 (1.00–2.00) | 3.00 (2.00–4.00) | 400 |"), text);
    }

    @Test
    void leavesOutWhatWasNotMeasured() {
        String text = report(new MicroFigure("ConvertSteps.request", 0, 100, 100, 100, 64));

        assertTrue(text.contains("| Convert: the gateway's request | 0.10 (0.10–0.10) | 64 |  |"), text);
        assertFalse(text.contains("netlink"), text);
    }

    @Test
    void aMedianLiesBetweenTheLeastAndTheMost() {
        assertThrows(IllegalArgumentException.class, () -> new MicroFigure("a step", 0, 5, 6, 7, 0));
        assertThrows(IllegalArgumentException.class, () -> new MicroFigure("a step", 0, Double.NaN, 6, 7, 0));
    }

    private static String report(MicroFigure... figures) {
        return new MicroReport(HERE, List.of(figures)).toMarkdown();
    }
}
