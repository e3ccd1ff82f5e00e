package net.hybridgateway.scheduler.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingCycleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "1, 2026-03-01T00:00:00+01:00, 2026-03-01T00:00:00+01:00, 2026-04-01T00:00:00+02:00",
        "1, 2026-02-28T23:59:59+01:00, 2026-02-01T00:00:00+01:00, 2026-03-01T00:00:00+01:00",
        "15, 2026-01-14T12:00:00+01:00, 2025-12-15T00:00:00+01:00, 2026-01-15T00:00:00+01:00",
        "15, 2026-01-15T00:00:00+01:00, 2026-01-15T00:00:00+01:00, 2026-02-15T00:00:00+01:00",
        "31, 2026-02-27T12:00:00+01:00, 2026-01-31T00:00:00+01:00, 2026-02-28T00:00:00+01:00",
        "31, 2026-02-28T00:00:00+01:00, 2026-02-28T00:00:00+01:00, 2026-03-31T00:00:00+02:00",
        "30, 2028-02-29T00:00:00+01:00, 2028-02-29T00:00:00+01:00, 2028-03-30T00:00:00+02:00",
        "29, 2026-02-28T00:00:00+01:00, 2026-02-28T00:00:00+01:00, 2026-03-29T00:00:00+01:00",
        "31, 2026-04-30T00:00:00+02:00, 2026-04-30T00:00:00+02:00, 2026-05-31T00:00:00+02:00",
    })
    void beginsOnTheBillingDayOrTheLastDayOfAShorterMonth(
            int day, ZonedDateTime moment, ZonedDateTime start, ZonedDateTime end) {
        BillingCycle cycle = new BillingCycle(day, BERLIN);
        assertEquals(start.toInstant(), cycle.startOf(moment.toInstant()));
        assertEquals(end.toInstant(), cycle.endOf(moment.toInstant()));
    }

    /** Clocks in Havana skip midnight on 8 March 2026: that day begins at one. */
    @Test
    void beginsWithTheFirstMomentOfADayThatHasNoMidnight() {
        BillingCycle cycle = new BillingCycle(8, ZoneId.of("America/Havana"));
        assertEquals(Instant.parse("2026-03-08T05:00:00Z"), cycle.startOf(Instant.parse("2026-03-20T12:00:00Z")));
    }

    @Test
    void leavesNoMomentOutAndCountsNoneTwice() {
        for (int day = 1; day <= 31; day++) {
            BillingCycle cycle = new BillingCycle(day, BERLIN);
            Instant start = cycle.startOf(Instant.parse("2026-01-01T00:00:00Z"));
            for (int period = 0; period < 60; period++) {
                Instant end = cycle.endOf(start);
                Duration length = Duration.between(start, end);
                assertTrue(length.toHours() >= 28 * 24 - 1 && length.toHours() <= 31 * 24 + 1, day + ": " + length);
                assertEquals(start, cycle.startOf(end.minusNanos(1)));
                assertEquals(end, cycle.startOf(end));
                start = end;
            }
        }
    }
}
