package net.hybridgateway.lab.bench.failover;

import java.util.OptionalDouble;
import net.hybridgateway.lab.traffic.ProgressLog;

/**
 * What a break did to one flow, from its log of arrivals alone. Times are seconds, infinite where something did not end
 * while it was observed.
 *
 * @param gapSeconds the longest time without an arrival, from 50 ms before the cut on
 * @param backSeconds from the cut to the end of the first 200 ms that reach 90 % of the rate, as do the
 *     800 ms after them; nothing for traffic without a rate
 */
record Interruption(double gapSeconds, OptionalDouble backSeconds) {
    /** A flow is observed for so long at most, and for so long if it does not recover. */
    static final long LONGEST_NANOS = 10_000_000_000L;

    private static final long BEFORE_CUT_NANOS = 50_000_000L;
    private static final long WINDOW_NANOS = 200_000_000L;
    private static final int WINDOWS = 5;
    private static final long STEP_NANOS = 5_000_000L;
    private static final double SHARE = 0.9;
    // A flow may recover, stop again, and only then go on: no break is shorter than this.
    private static final long SHORTEST_NANOS = 2_500_000_000L;
    private static final long CALM_NANOS = 1_000_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 250_000_000L;

    /**
     * Judges what happened.
     *
     * @param cutNanos when the line was cut
     * @param nowNanos until when the flow was observed
     * @param bytesPerSecond the rate that it shall come back to: that of the cellular line alone; none for traffic that
     *     sends too little to fill the line
     */
    static Interruption of(ProgressLog log, long cutNanos, long nowNanos, OptionalDouble bytesPerSecond) {
        return new Interruption(
                gap(log, cutNanos, nowNanos),
                bytesPerSecond.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(back(log, cutNanos, nowNanos, bytesPerSecond.getAsDouble())));
    }

    /** Of a flow that died. */
    static Interruption forEver(boolean hasRate) {
        double ever = Double.POSITIVE_INFINITY;
        return new Interruption(ever, hasRate ? OptionalDouble.of(ever) : OptionalDouble.empty());
    }

    /** True if nothing new is to be expected: what had a rate has it again, and lately there was no long pause. */
    static boolean isOver(ProgressLog log, long cutNanos, long nowNanos, OptionalDouble bytesPerSecond) {
        return nowNanos - cutNanos >= SHORTEST_NANOS
                && nowNanos - log.endNanos() < LONGEST_PAUSE_NANOS
                && log.longestGapNanos(nowNanos - CALM_NANOS, nowNanos) < LONGEST_PAUSE_NANOS
                && (bytesPerSecond.isEmpty()
                        || Double.isFinite(back(log, cutNanos, nowNanos, bytesPerSecond.getAsDouble())));
    }

    private static double gap(ProgressLog log, long cutNanos, long nowNanos) {
        long ended = log.longestGapNanos(cutNanos - BEFORE_CUT_NANOS, nowNanos);
        // The silence that lasts has no length yet. If it is the longest already, then the gap has none either.
        long lasting = nowNanos - log.endNanos();
        boolean goesOn = !log.isEmpty() && lasting <= Math.max(ended, LONGEST_PAUSE_NANOS);
        return goesOn ? ended / 1e9 : Double.POSITIVE_INFINITY;
    }

    private static double back(ProgressLog log, long cutNanos, long nowNanos, double bytesPerSecond) {
        long enough = (long) (SHARE * bytesPerSecond * WINDOW_NANOS / 1e9);
        for (long start = cutNanos; start + WINDOWS * WINDOW_NANOS - nowNanos <= 0; start += STEP_NANOS) {
            if (allWindowsHave(enough, log, start)) {
                return (start + WINDOW_NANOS - cutNanos) / 1e9;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static boolean allWindowsHave(long bytes, ProgressLog log, long startNanos) {
        for (int window = 0; window < WINDOWS; window++) {
            long from = startNanos + window * WINDOW_NANOS;
            if (log.bytesUntil(from + WINDOW_NANOS) - log.bytesUntil(from) < bytes) {
                return false;
            }
        }
        return true;
    }
}
