package net.hybridgateway.scheduler.quota;

import static net.hybridgateway.scheduler.quota.ClockTrust.DOUBTED;
import static net.hybridgateway.scheduler.quota.ClockTrust.FOUND;
import static net.hybridgateway.scheduler.quota.ClockTrust.SET;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private static final Instant TODAY = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);

    private ClockWatch watch = new ClockWatch(Instant.EPOCH);
    private Instant wall = TODAY;
    private long nanos = 77;

    @Test
    void believesAClockOnceItHasRunSteadily() {
        assertEquals(DOUBTED, watch.look(wall, nanos).trust());
        assertEquals(DOUBTED, after(Duration.ofMinutes(14)));
        assertEquals(FOUND, after(Duration.ofMinutes(1)));
        assertEquals(FOUND, after(Duration.ofDays(100)));
    }

    @Test
    void doubtsAClockAnewAfterEachStepAndThenKnowsThatItWasSet() {
        watch.look(wall, nanos);
        after(Duration.ofMinutes(10));
        wall = wall.plus(YEAR);
        assertEquals(DOUBTED, after(Duration.ofSeconds(30)));
        assertEquals(DOUBTED, after(Duration.ofMinutes(14)));
        wall = wall.minusSeconds(3600);
        assertEquals(DOUBTED, after(Duration.ofMinutes(2)));
        assertEquals(DOUBTED, after(Duration.ofMinutes(14)));
        assertEquals(SET, after(Duration.ofMinutes(1)));
    }

    @Test
    void takesAClockThatWentBackForTheOneItFound() {
        watch.look(wall, nanos);
        wall = wall.plus(YEAR);
        assertEquals(SET, afterLooks(Duration.ofHours(1)));
        wall = wall.minus(YEAR);
        assertEquals(DOUBTED, after(Duration.ofSeconds(30)));
        assertEquals(FOUND, after(Duration.ofMinutes(15)));
    }

    @Test
    void tellsHowFarTheClockWasSetInAll() {
        assertEquals(Duration.ZERO, watch.look(wall, nanos).correctedBy());
        wall = wall.plus(YEAR);
        after(Duration.ofHours(5));
        wall = wall.minusSeconds(20);
        after(Duration.ofHours(5));
        assertEquals(YEAR.minusSeconds(20), watch.look(wall, nanos).correctedBy());
    }

    @Test
    void takesSlewingForNoStep() {
        watch.look(wall, nanos);
        for (int minute = 0; minute < 60; minute++) {
            wall = wall.plusMillis(30);
            after(Duration.ofMinutes(1));
        }
        assertEquals(FOUND, after(Duration.ofMinutes(1)));
    }

    @Test
    void neverBelievesAClockFromBeforeThisProgramWasMade() {
        wall = Instant.EPOCH;
        watch.look(wall, nanos);
        assertEquals(DOUBTED, after(Duration.ofDays(3)));
        wall = TODAY;
        after(Duration.ofSeconds(1));
        assertEquals(SET, after(Duration.ofMinutes(15)));
    }

    @Test
    void isSlowToBelieveAClockThatIsBehindTheLastRun() {
        watch = new ClockWatch(TODAY.plus(Duration.ofDays(3)));
        watch.look(wall, nanos);
        assertEquals(DOUBTED, after(Duration.ofHours(23)));
        assertEquals(FOUND, after(Duration.ofHours(1)));
    }

    @Test
    void believesAClockThatWasSetBehindTheLastRunAsFastAsAnyOther() {
        watch = new ClockWatch(TODAY.plus(YEAR));
        wall = TODAY.plus(YEAR);
        watch.look(wall, nanos);
        wall = TODAY;
        assertEquals(DOUBTED, after(Duration.ofSeconds(1)));
        assertEquals(SET, after(Duration.ofMinutes(15)));
    }

    private ClockTrust afterLooks(Duration time) {
        after(time.dividedBy(2));
        return after(time.dividedBy(2));
    }

    /** Both clocks run on for so long. */
    private ClockTrust after(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
        return watch.look(wall, nanos).trust();
    }
}
