package net.hybridgateway.lab.bench.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.traffic.TrafficKind;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class BreakReportTest {
    private static final double EVER = Double.POSITIVE_INFINITY;

    private final List<BreakTrial> trials = new ArrayList<>();

    @Test
    void aLineOfTheTableHasFiguresAndTheRatioOfOursToTheirs() {
        add(Contender.GATEWAY, TrafficKind.DOWNLOAD, 0.2, 0.5);
        add(Contender.KERNEL_BACKUP, TrafficKind.DOWNLOAD, 0.4, 2);
        String table = report().toTable();
        assertTrue(
                table.contains("carrier lost            kernel, backup        0.400  0.400  0.400   0.50   0.50   0.50"
                        + "  2.000  2.000  2.000   0.25   0.25   0.25\n"),
                table);
        assertTrue(table.contains("2026-11-21, Linux 6.18.5, 2 × CPU, 4 GiB"), table);
    }

    @Test
    void whatDidNotEndHasNoRatioAndIsNotLeftOut() {
        add(Contender.GATEWAY, TrafficKind.ECHO, EVER, EVER);
        add(Contender.KERNEL_BACKUP, TrafficKind.ECHO, 0.4, EVER);
        String markdown = report().toMarkdown();
        assertTrue(
                markdown.contains("| carrier lost | this gateway | >10 | >10 | >10 |  |  |  | >10 | >10 | >10 |"),
                markdown);
        assertTrue(
                markdown.contains(
                        "| carrier lost | kernel, backup | 0.400 | 0.400 | 0.400 | – | – | – | 0.350 | 0.350 | 0.350 |"),
                markdown);
    }

    @Test
    void deathsAreSaid() {
        trials.add(new BreakTrial(
                Contender.GATEWAY,
                BreakCase.CARRIER,
                TrafficKind.UPLOAD,
                1,
                0,
                Interruption.forEver(true),
                Optional.of("reset")));
        assertTrue(report().toTable().contains("this gateway, 1 died"));
    }

    @Test
    void aMeasurementIsALineOfJson() throws JsonParserException {
        add(Contender.KERNEL_ALWAYS, TrafficKind.ECHO, 0.3501, EVER);
        add(Contender.GATEWAY, TrafficKind.DOWNLOAD, EVER, EVER);
        JsonObject echo = JsonParser.object().from(trials.get(0).toJson());
        assertEquals("kernel-always", echo.getString("system"));
        assertEquals("echo", echo.getString("traffic"));
        assertEquals("carrier", echo.getString("case"));
        assertEquals(350.1, echo.getDouble("gapMillis"));
        assertEquals(300.1, echo.getDouble("gapBeyondIntervalMillis"));
        assertFalse(echo.has("backMillis"));
        JsonObject download = JsonParser.object().from(trials.get(1).toJson());
        assertTrue(download.isNull("gapMillis"));
        assertTrue(download.has("backMillis") && download.isNull("backMillis"));
    }

    @Test
    void thePictureIsWellFormedAndHasADotForEachBreak() throws Exception {
        add(Contender.GATEWAY, TrafficKind.DOWNLOAD, 0.2, 0.5);
        add(Contender.GATEWAY, TrafficKind.ECHO, EVER, EVER);
        String svg = report().toSvg();
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        // Three more in the legend.
        assertEquals(2 + 3, svg.split("<circle ", -1).length - 1, svg);
    }

    private void add(Contender contender, TrafficKind kind, double gap, double back) {
        OptionalDouble rate = kind == TrafficKind.ECHO ? OptionalDouble.empty() : OptionalDouble.of(back);
        trials.add(new BreakTrial(
                contender, BreakCase.CARRIER, kind, 1, 0, new Interruption(gap, rate), Optional.empty()));
    }

    private BreakReport report() {
        Circumstances circumstances =
                new Circumstances("sudo ./dev bench break", LocalDate.of(2026, 11, 21), "6.18.5", "2 × CPU, 4 GiB");
        return new BreakReport(circumstances, BreakOptions.parse(List.of("--trials", "1")), trials);
    }
}
