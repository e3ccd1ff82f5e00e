package net.hybridgateway.app.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.hybridgateway.mgmt.config.DrillConfig;
import net.hybridgateway.mgmt.config.DrillPeriod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static DrillSchedule schedule(DrillPeriod period, String at, Duration delay) {
        return new DrillSchedule(new DrillConfig(period, LocalTime.parse(at), 16_000), BERLIN, delay);
    }

    @ParameterizedTest(name = "{0} at {1} plus {2} min, after {3}, last failed {4}: {5}")
    @CsvSource({
        // 2026-11-29 is a Sunday; Berlin is an hour ahead in winter, two in summer.
        "DAILY,  03:10,   0, 2026-11-27T00:00:00Z, false, 2026-11-27T02:10:00Z",
        "DAILY,  03:10,   0, 2026-11-27T02:10:00Z, false, 2026-11-28T02:10:00Z",
        "DAILY,  03:10,  30, 2026-11-27T02:10:00Z, false, 2026-11-27T02:40:00Z",
        "WEEKLY, 03:10,   0, 2026-11-27T00:00:00Z, false, 2026-11-29T02:10:00Z",
        "WEEKLY, 03:10,   0, 2026-11-29T02:10:00Z, false, 2026-12-06T02:10:00Z",
        "WEEKLY, 03:10,   0, 2026-11-29T02:10:00Z, true,  2026-11-30T02:10:00Z",
        // The delay leads over midnight: it is still Sunday's.
        "WEEKLY, 23:50, 100, 2026-11-29T23:00:00Z, false, 2026-11-30T00:30:00Z",
        // 03:00 comes after 02:00 when summer begins, and 02:30 does not come at all.
        "DAILY,  02:30,   0, 2026-03-28T12:00:00Z, false, 2026-03-29T01:30:00Z",
        "DAILY,  03:10,   0, 2026-07-01T00:00:00Z, false, 2026-07-01T01:10:00Z",
    })
    void knowsTheNextTime(
            DrillPeriod period, String at, long delayMinutes, Instant after, boolean lastFailed, Instant next) {
        assertEquals(
                Optional.of(next),
                schedule(period, at, Duration.ofMinutes(delayMinutes)).next(after, lastFailed));
    }

    @Test
    void neverComesIfSwitchedOff() {
        DrillSchedule off = schedule(DrillPeriod.OFF, "03:10", Duration.ZERO);
        assertEquals(Optional.empty(), off.next(Instant.parse("2026-11-27T00:00:00Z"), true));
        assertFalse(off.due(Instant.EPOCH, Instant.parse("2026-11-27T00:00:00Z"), true));
    }

    @Test
    void isDueOnceBetweenTwoLooks() {
        DrillSchedule daily = schedule(DrillPeriod.DAILY, "03:10", Duration.ZERO);
        Instant time = Instant.parse("2026-11-27T02:10:00Z");
        assertFalse(daily.due(time.minusSeconds(60), time.minusSeconds(1), false));
        assertTrue(daily.due(time.minusSeconds(1), time, false));
        assertFalse(daily.due(time, time.plusSeconds(60), false));
        // The clock was set back: nothing is due until it comes there again.
        assertFalse(daily.due(time.plusSeconds(60), time.minusSeconds(600), false));
    }

    @Test
    void spreadsHomesOverTwoHours() {
        Random random = new Random(1);
        Map<Long, Integer> perMinute = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            Duration delay = DrillSchedule.of(
                            new DrillConfig(DrillPeriod.DAILY, LocalTime.NOON, 16_000), BERLIN, random.nextLong())
                    .delay();
            assertTrue(!delay.isNegative() && delay.compareTo(DrillSchedule.SPREAD) < 0, delay::toString);
            perMinute.merge(delay.toMinutes(), 1, Integer::sum);
        }
        assertEquals(120, perMinute.size());
        // 833 in the mean.
        perMinute.forEach((minute, homes) -> assertTrue(homes < 1_000, minute + ": " + homes));
    }
}
