package net.hybridgateway.app.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GapMeterTest {
    private static final long MILLI = 1_000_000;
    private static final long BREAK = Long.MAX_VALUE - 500 * MILLI;

    private final GapMeter meter = new GapMeter(BREAK);

    @Test
    void knowsNoGapBeforeAnythingMovedAgain() {
        meter.lost();
        assertEquals(new GapMeter.Reading(OptionalLong.empty(), 0, 1), meter.read());
    }

    @Test
    void keepsTheLongestGapAndCountsEachConnectionOnce() {
        meter.moved(300 * MILLI, true);
        meter.moved(900 * MILLI, false);
        meter.moved(400 * MILLI, true);

        assertEquals(new GapMeter.Reading(OptionalLong.of(900), 2, 0), meter.read());
    }

    @ParameterizedTest(name = "last moved {0} ms before the break: busy {1}")
    @CsvSource({"-5, true", "0, true", "999, true", "1000, false", "60000, false"})
    void callsBusyWhatMovedInTheSecondBefore(long millisBefore, boolean busy) {
        assertEquals(busy, meter.wasBusy(BREAK - millisBefore * MILLI));
    }

    @ParameterizedTest(name = "{0} ms after the break: over {1}")
    @CsvSource({"0, false", "30000, false", "30001, true"})
    void isOverHalfAMinuteLater(long millisAfter, boolean over) {
        assertEquals(over, meter.isOver(BREAK + millisAfter * MILLI));
    }
}
