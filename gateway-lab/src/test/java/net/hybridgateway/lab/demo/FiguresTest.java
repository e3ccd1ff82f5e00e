package net.hybridgateway.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import net.hybridgateway.lab.mqtt.Heard;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Counters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

class FiguresTest {
    private static final long SECOND = 1_000_000_000L;

    // Cut at 5 s, mended at 10 s, cellular silent from 14 s, the last byte at 20 s, watched until 22 s.
    private final Outage outage = new Outage(
            Demo.ON_DEMAND,
            1000,
            1000,
            true,
            Optional.empty(),
            0,
            5 * SECOND,
            10 * SECOND,
            20 * SECOND,
            SECOND / 4,
            samples());
    private final Figures figures =
            new Figures(DemoOptions.parse(List.of()), 38e6, 19e6, 54e6, true, List.of(outage), List.of(told()));

    private static Told told() {
        String state = "{\"mode\":\"backup\",\"uplinks\":[{\"name\":\"fixed\",\"state\":\"offline\"}]}";
        return Told.of(new Heard.Message(1000.25, true, "base/home/state", state), "base/home", 1000)
                .orElseThrow();
    }

    private static List<UplinkSample> samples() {
        List<UplinkSample> samples = new ArrayList<>();
        for (int second = 0; second <= 22; second++) {
            long fixed = 1000L * (Math.min(second, 5) + Math.max(0, Math.min(second, 20) - 12));
            long cellular = 500L * (Math.max(5, Math.min(second, 14)) - 5);
            samples.add(new UplinkSample(
                    second * SECOND, new Counters(fixed, 1, 0, 0), new Counters(cellular, 1, cellular / 10, 1)));
        }
        return samples;
    }

    @Test
    void countsCellularBytesBeforeTheCutAndInTheEnd() {
        assertEquals(0, outage.cellularBytesBeforeCut());
        assertEquals(0, outage.cellularBytesInTheEnd());
        assertEquals(4.0, outage.secondsUntilCellularSilent());
        assertEquals(4500, outage.bytesIn(Access.CELLULAR));
    }

    @Test
    void efficiencyIsBondedOverTheSum() {
        assertEquals(54.0 / 57, figures.efficiency(), 1e-9);
    }

    @Test
    void oneWrongByteIsNotGood() {
        assertTrue(figures.isGood());
        assertFalse(new Figures(figures.options(), 1, 1, 1, false, List.of(outage), List.of()).isGood());
    }

    @Test
    void jsonHasTheFigures() throws JsonParserException {
        JsonObject json = JsonParser.object().from(figures.toJson());
        assertEquals(0.947, json.getDouble("efficiency"), 1e-9);
        assertEquals(250, json.getArray("outages").getObject(0).getInt("gapMillis"));
    }

    @Test
    void tellsWhatWasHeardOverMqtt() throws JsonParserException {
        assertTrue(figures.toTable().contains("+0.25 s  state   backup: fixed offline\n"), figures.toTable());
        JsonObject told =
                JsonParser.object().from(figures.toJson()).getArray("mqtt").getObject(0);
        assertEquals("state", told.getString("topic"));
        assertEquals(0.25, told.getDouble("secondsAfterCut"), 1e-9);
        assertTrue(Told.of(new Heard.Message(1, false, "base/metrics", "{}"), "base", 0)
                .isEmpty());
    }

    @Test
    void aDownloadThatDiedHasNoGap() throws JsonParserException {
        Outage dead = new Outage(
                Demo.ALWAYS,
                1000,
                400,
                false,
                Optional.of("reset"),
                0,
                5 * SECOND,
                10 * SECOND,
                6 * SECOND,
                4,
                samples());
        Figures bad = new Figures(figures.options(), 1, 1, 1, true, List.of(dead), List.of());
        JsonObject json =
                JsonParser.object().from(bad.toJson()).getArray("outages").getObject(0);
        assertTrue(json.isNull("gapMillis"));
        assertEquals("reset", json.getString("death"));
        assertTrue(RateChart.document(bad).contains(": died,"));
        assertFalse(bad.isGood());
    }

    @Test
    void theFigureIsWellFormedAndSelfContained() throws Exception {
        String svg = RateChart.document(figures);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertFalse(svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", "").contains("http"));
        assertTrue(svg.contains(">break<") && svg.contains(">return<"));
    }

    @Test
    void theReportHoldsTheFigureAndTheTable() {
        String page = HtmlReport.of(figures);
        assertTrue(page.contains("<svg ") && page.contains("94.7 %") && page.contains("prefers-color-scheme"));
    }

    @ParameterizedTest
    @CsvSource({"63, 80", "66, 80", "40, 40", "9, 10", "101, 200", "0.7, 0.8"})
    void theAxisEndsAtARoundNumber(double megabits, double top) {
        assertEquals(top, RateChart.roundedUp(megabits), 1e-9);
    }
}
