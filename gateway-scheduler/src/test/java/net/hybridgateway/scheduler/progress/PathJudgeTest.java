package net.hybridgateway.scheduler.progress;

import static net.hybridgateway.scheduler.progress.PathJudge.Verdict.SETTLED;
import static net.hybridgateway.scheduler.progress.PathJudge.Verdict.SUSPECT;
import static net.hybridgateway.scheduler.progress.PathJudge.Verdict.WAIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PathJudgeTest {
    private static final long MILLI = 1_000_000;

    private final PathJudge path = new PathJudge();

    private static Stall since(long millis) {
        return new Stall(Stall.Cause.UNACKNOWLEDGED, millis * MILLI, 80 * MILLI, 60 * MILLI);
    }

    private PathJudge.Verdict stalled(long sinceMillis, long nowMillis) {
        return path.stalled(since(sinceMillis), nowMillis * MILLI);
    }

    private boolean progressed(long atMillis) {
        return path.progressed(atMillis * MILLI);
    }

    @Test
    void isSuspectedOnceWhenAllStandStill() {
        progressed(1_000);

        assertEquals(SUSPECT, stalled(1_000, 1_080));
        assertEquals(SETTLED, stalled(990, 1_090), "another one that stalled with it");
        assertEquals(SETTLED, stalled(1_010, 1_105));
    }

    @Test
    void waitsUntilTheLastOneHasStoodStillAsLong() {
        progressed(1_050);

        assertEquals(WAIT, stalled(1_000, 1_080));
        assertEquals(WAIT, stalled(1_000, 1_129));
        assertEquals(SUSPECT, stalled(1_000, 1_130));
        assertEquals(1_050 * MILLI, path.sinceNanos(since(1_000)));
    }

    @Test
    void leavesASubflowAloneThatStallsWhileOthersMove() {
        progressed(1_050);
        assertEquals(WAIT, stalled(1_000, 1_080));

        progressed(1_090);

        assertEquals(SETTLED, stalled(1_000, 1_105));
        assertEquals(SETTLED, stalled(1_000, 9_000), "for good, whatever the others do");
    }

    @Test
    void saysOnceThatItMovesAgain() {
        stalled(1_000, 1_080);

        assertTrue(progressed(1_200));
        assertFalse(progressed(1_225));
        assertEquals(SUSPECT, stalled(1_225, 1_310), "and may be suspected again");
    }

    @Test
    void takesNoNewsFromBeforeTheLast() {
        progressed(1_000);
        stalled(1_000, 1_080);

        assertFalse(progressed(990), "another loop, a little late");
    }

    @Test
    void isSuspectedAgainByWhoStallsLaterWithPausesThatDouble() {
        int reports = 0;
        for (long now = 80; now < 10_000; now += 25) {
            if (stalled(now - 80, now) == SUSPECT) {
                reports++;
            }
        }

        assertEquals(7, reports, "after 0, 80, 240, 560 ms and so on");
    }

    @Test
    void isSuspectedAgainEveryTenSecondsAtLeast() {
        long last = 0;
        for (long now = 80; now < 300_000; now += 25) {
            if (stalled(now - 80, now) == SUSPECT) {
                assertTrue(now - last <= 10_025, "after " + last + " ms not before " + now);
                last = now;
            }
        }
        assertTrue(last > 280_000);
    }

    @Test
    void knowsADialThatNothingCameFor() {
        assertEquals(SUSPECT, stalled(0, 80), "no progress was ever seen here");
    }
}
