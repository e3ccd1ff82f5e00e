package net.hybridgateway.lab.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Progress progress = new Progress();

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

    private void at(long... nanos) {
        for (int i = 0; i < nanos.length; i++) {
            progress.add(nanos[i], 1000L * (i + 1));
        }
    }
}
