package net.hybridgateway.lab.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineShapeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40mbit,20ms | 40000000 | 40000000 | 20",
                "50Mbit/10mbit,35ms | 50000000 | 10000000 | 35",
                "0.5gbit,1.5ms | 500000000 | 500000000 | 1.5",
                "384kbit,0ms | 384000 | 384000 | 0",
            })
    void readsRateAndRoundTrip(String text, long down, long up, double rttMillis) {
        assertEquals(new LineShape(down, up, rttMillis, 0), LineShape.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "40mbit",
                "40,20ms",
                "40mbit,20",
                "0mbit,20ms",
                "40mbit,20000ms",
                "-1mbit,2ms",
                "1.2.3mbit,1ms"
            })
    void refusesWhatIsNoLine(String text) {
        assertThrows(IllegalArgumentException.class, () -> LineShape.parse(text));
    }

    @Test
    void holdsWhatIsUnderWayAndTwoRoundTripsOfQueue() {
        assertEquals(250_000, LineShape.bufferBytes(40_000_000, 20));
    }
}
