package net.hybridgateway.lab.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProgressLogTest {
    private final ProgressLog progress = new ProgressLog();

    @Test
    void findsTheLongestGapThatTouchesTheInterval() {
        at(0, 10, 20, 500, 510, 2000);
        assertEquals(480, progress.longestGapNanos(15, 100));
        assertEquals(480, progress.longestGapNanos(100, 505));
        assertEquals(1490, progress.longestGapNanos(505, 600));
    }

    @Test
    void hasNoGapWithoutTwoReads() {
        assertEquals(0, progress.longestGapNanos(0, 100));
        at(5);
        assertEquals(0, progress.longestGapNanos(0, 100));
    }

    @Test
    void ratesCountTheReadsOfTheInterval() {
        at(0, 1_000_000_000, 2_000_000_000, 3_000_000_000L);
        assertEquals(8000, progress.bitsPerSecond(1_000_000_000, 3_000_000_000L));
        assertEquals(0, progress.bitsPerSecond(3_000_000_000L, 4_000_000_000L));
    }

    @Test
    void knowsWhatHadArrivedAtAnyMoment() {
        assertEquals(0, progress.bytesUntil(100));
        at(10, 20, 30);
        assertEquals(0, progress.bytesUntil(9));
        assertEquals(1000, progress.bytesUntil(10));
        assertEquals(2000, progress.bytesUntil(29));
        assertEquals(3000, progress.bytesUntil(1_000_000));
    }

    @Test
    void findsItsWayAmongManyArrivals() {
        for (int i = 0; i < 10_000; i++) {
            progress.add(10L * i, i + 1);
        }
        assertEquals(10, progress.longestGapNanos(0, 1_000_000));
        assertEquals(5001, progress.bytesUntil(50_005));
        assertEquals(10_000, progress.bytes());
    }

    private void at(long... nanos) {
        for (int i = 0; i < nanos.length; i++) {
            progress.add(nanos[i], 1000L * (i + 1));
        }
    }
}
