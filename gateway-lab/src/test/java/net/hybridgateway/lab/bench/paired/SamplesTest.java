package net.hybridgateway.lab.bench.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.Figure;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private static final Quantity DELAY = new Quantity("delay", "delay of a page", "ms", 1);
    private static final Quantity RATE = new Quantity("rate", "pages per second", "1/s", 0);

    private final List<Sample> samples = new ArrayList<>();

    @Test
    void comparesWhatBelongsToTheSameRoundAndTakesTheMedianOfThat() {
        pair(DELAY, 1, 1, 4);
        pair(DELAY, 2, 3, 6);
        pair(DELAY, 3, 9, 9);
        add(DELAY, Rival.GATEWAY, 4, 1000);

        // 0.25, 0.5 and 1: not the ratio of the medians, and the fourth has nothing to be compared with.
        assertEquals(Optional.of(0.5), samples().ratio("near", DELAY, Rival.HAPROXY));
        assertEquals(Optional.of(3.0), samples().median("near", DELAY, Rival.GATEWAY));
        assertEquals(Optional.empty(), samples().ratio("near", DELAY, Rival.SS_REDIR));
        assertEquals(Optional.empty(), samples().ratio("far", DELAY, Rival.HAPROXY));
    }

    @Test
    void aBoundHoldsOnItAndNotBeyond() {
        pair(DELAY, 1, 105, 100);
        pair(RATE, 1, 99, 100);

        assertEquals(List.of(true), good(samples().ratiosAtMost(DELAY, Rival.HAPROXY, 1.05)));
        assertEquals(List.of(false), good(samples().ratiosAtMost(DELAY, Rival.HAPROXY, 1.04)));
        assertEquals(List.of(false), good(samples().ratiosAtLeast(RATE, Rival.HAPROXY, 1)));
        assertEquals(
                "near: pages per second, to HAProxy, 64 KiB",
                samples().ratiosAtLeast(RATE, Rival.HAPROXY, 1).get(0).name());
        // Who did not take part cannot be compared with.
        assertEquals(List.of(), samples().ratiosAtMost(DELAY, Rival.SS_REDIR, 1));
    }

    @Test
    void keepsTheOrderInWhichThingsWereMeasured() {
        samples.add(new Sample("far", RATE, Rival.SS_REDIR, 1, 1));
        samples.add(new Sample("near", RATE, Rival.GATEWAY, 1, 1));
        samples.add(new Sample("near", DELAY, Rival.GATEWAY, 1, 1));

        assertEquals(List.of(RATE, DELAY), samples().quantities());
        assertEquals(List.of("far", "near"), samples().subjects(RATE));
        assertEquals(List.of(Rival.GATEWAY, Rival.SS_REDIR), samples().rivals(RATE));
    }

    @Test
    void aSampleIsALineOfJson() throws JsonParserException {
        String line = new Sample("100 ms", DELAY, Rival.HAPROXY_SPLICE, 2, 204.5).toJson("setup");

        assertFalse(line.contains("\n"), line);
        JsonObject json = JsonParser.object().from(line);
        assertEquals("setup", json.getString("bench"));
        assertEquals("haproxy-splice", json.getString("system"));
        assertEquals("100 ms", json.getString("case"));
        assertEquals("delay", json.getString("quantity"));
        assertEquals(2, json.getInt("round"));
        assertTrue(Math.abs(json.getDouble("value") - 204.5) < 1e-9, line);
    }

    private void pair(Quantity quantity, int round, double ours, double theirs) {
        add(quantity, Rival.GATEWAY, round, ours);
        add(quantity, Rival.HAPROXY, round, theirs);
    }

    private void add(Quantity quantity, Rival rival, int round, double value) {
        samples.add(new Sample("near", quantity, rival, round, value));
    }

    private Samples samples() {
        return new Samples(samples);
    }

    private static List<Boolean> good(List<Figure> figures) {
        return figures.stream().map(Figure::isGood).toList();
    }
}
