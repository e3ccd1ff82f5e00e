package net.hybridgateway.scheduler.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterReadingTest {
    @ParameterizedTest
    @CsvSource({
        "a, 3, 1000, 100, a, 3, 1500, 110, 510, the same device",
        "a, 3, 1000, 100, a, 3, 1000, 100, 0, nothing moved",
        "a, 3, 1000, 100, b, 3, 1500, 110, 1610, rebooted",
        "a, 3, 1000, 100, a, 4, 1500, 110, 1610, a device of the same name was made anew",
        "a, 3, 1000, 100, a, 3, 700, 110, 810, its counters began anew",
        "a, 3, 1000, 100, a, 3, 1500, 7, 1507, its counters began anew",
        "a, 0, 0, 0, a, 3, 700, 10, 710, it was not there before",
        "a, 3, 1000, 100, a, 0, 0, 0, 0, it is gone",
    })
    void knowsWhatWasCarriedBetweenTwoReadings(
            String boot,
            int index,
            long in,
            long out,
            String bootNow,
            int indexNow,
            long inNow,
            long outNow,
            long bytes) {
        assertEquals(
                bytes,
                new CounterReading(bootNow, indexNow, inNow, outNow)
                        .bytesSince(new CounterReading(boot, index, in, out)));
    }
}
