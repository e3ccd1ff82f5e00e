package net.hybridgateway.lab.bench.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import net.hybridgateway.lab.traffic.ProgressLog;
import org.junit.jupiter.api.Test;

/** Logs with an arrival every millisecond, or every fifty for an echo. The line is cut at 2 s; times here are milliseconds. */
class InterruptionTest {
    private static final long CUT = 2000;
    /** 20 Mbit/s. */
    private static final int BYTES_PER_MILLI = 2500;

    private static final OptionalDouble CELLULAR = OptionalDouble.of(BYTES_PER_MILLI * 1000.0);
    private static final OptionalDouble NO_RATE = OptionalDouble.empty();
    private static final double EVER = Double.POSITIVE_INFINITY;

    private final ProgressLog log = new ProgressLog();
    private long bytes;

    @Test
    void theGapIsTheLongestPauseAndTheRateIsBackAfterItsFirstWindow() {
        steady(0, 2010, 2 * BYTES_PER_MILLI);
        steady(2200, 5000, BYTES_PER_MILLI);
        Interruption interruption = at(5000);
        assertEquals(0.190, interruption.gapSeconds(), 0.0015);
        // A window of 200 ms is full 90 % after 180: so it may begin 20 ms within the gap.
        assertEquals(0.180 + 0.200, interruption.backSeconds().getAsDouble(), 0.006);
    }

    @Test
    void aPauseBeforeTheCutIsNoGapOfTheBreak() {
        steady(0, 1000, BYTES_PER_MILLI);
        steady(1900, 5000, BYTES_PER_MILLI);
        assertEquals(0.001, at(5000).gapSeconds(), 1e-9);
    }

    @Test
    void aPauseThatReachesIntoTheBreakCountsAsAWhole() {
        steady(0, 1900, BYTES_PER_MILLI);
        steady(2100, 5000, BYTES_PER_MILLI);
        assertEquals(0.201, at(5000).gapSeconds(), 0.0015);
    }

    @Test
    void aTrickleIsNotTheRate() {
        steady(0, 2000, BYTES_PER_MILLI);
        steady(2300, 4000, BYTES_PER_MILLI / 10);
        steady(4000, 8000, BYTES_PER_MILLI);
        Interruption interruption = at(8000);
        assertEquals(0.3, interruption.gapSeconds(), 0.0015);
        assertEquals(2.2, interruption.backSeconds().getAsDouble(), 0.03);
    }

    @Test
    void aBurstIsNotTheRateEither() {
        steady(0, 2000, BYTES_PER_MILLI);
        // All that was lost comes at once, then little.
        arrive(2200, 400 * BYTES_PER_MILLI);
        steady(2201, 3000, BYTES_PER_MILLI / 2);
        steady(3000, 6000, BYTES_PER_MILLI);
        assertEquals(1.2, at(6000).backSeconds().getAsDouble(), 0.05);
    }

    @Test
    void silenceToTheEndIsEndless() {
        steady(0, 2010, BYTES_PER_MILLI);
        Interruption interruption = at(12_000);
        assertEquals(EVER, interruption.gapSeconds());
        assertEquals(EVER, interruption.backSeconds().getAsDouble());
    }

    @Test
    void anEndlessSilenceAfterAShortRecoveryIsEndless() {
        steady(0, 2010, BYTES_PER_MILLI);
        steady(2500, 2600, BYTES_PER_MILLI);
        assertEquals(EVER, at(12_000).gapSeconds());
    }

    @Test
    void aFlowWithoutAnyByteIsEndless() {
        assertEquals(EVER, at(12_000).gapSeconds());
    }

    @Test
    void anEchoHasAGapAndNoRate() {
        echo(0, 2000);
        echo(2350, 6000);
        Interruption interruption = Interruption.of(log, nanos(CUT), nanos(6000), NO_RATE);
        assertEquals(0.4, interruption.gapSeconds(), 1e-9);
        assertEquals(NO_RATE, interruption.backSeconds());
    }

    @Test
    void isNotOverBeforeSomeTimeHasPassed() {
        steady(0, 10_000, BYTES_PER_MILLI);
        assertFalse(isOver(4000, CELLULAR));
        assertTrue(isOver(4500, CELLULAR));
    }

    @Test
    void isNotOverBeforeTheRateIsBack() {
        steady(0, 2000, BYTES_PER_MILLI);
        steady(2200, 5000, BYTES_PER_MILLI / 2);
        steady(5000, 10_000, BYTES_PER_MILLI);
        assertFalse(isOver(5500, CELLULAR));
        assertTrue(isOver(6100, CELLULAR));
    }

    @Test
    void isNotOverInOrJustAfterALongPause() {
        echo(0, 2000);
        assertFalse(isOver(7000, NO_RATE));
        echo(7000, 12_000);
        assertFalse(isOver(7900, NO_RATE));
        assertTrue(isOver(8100, NO_RATE));
    }

    @Test
    void deathIsEndless() {
        assertEquals(new Interruption(EVER, OptionalDouble.of(EVER)), Interruption.forEver(true));
        assertEquals(new Interruption(EVER, NO_RATE), Interruption.forEver(false));
    }

    private Interruption at(long now) {
        return Interruption.of(log, nanos(CUT), nanos(now), CELLULAR);
    }

    private boolean isOver(long now, OptionalDouble rate) {
        return Interruption.isOver(log, nanos(CUT), nanos(now), rate);
    }

    private void steady(long from, long to, long bytesPerMilli) {
        for (long at = from; at < to; at++) {
            arrive(at, bytesPerMilli);
        }
    }

    private void echo(long from, long to) {
        for (long at = from; at < to; at += 50) {
            arrive(at, 32);
        }
    }

    private void arrive(long at, long count) {
        bytes += count;
        log.add(nanos(at), bytes);
    }

    private static long nanos(long millis) {
        return millis * 1_000_000;
    }
}
