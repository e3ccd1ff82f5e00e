package net.hybridgateway.scheduler;

import java.util.ArrayDeque;
import java.util.Deque;

/** How long one uplink has to stay up after a break: doubles with every break, and is halved by calm. */
final class HoldDown {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    /** Enough doublings to reach any configured maximum, few enough not to overflow. */
    private static final int MOST_DOUBLINGS = 30;

    private long initialNanos;
    private long maxNanos;
    private long decayNanos;
    private long settleNanos;
    private int quickReturnsPerMinute;

    private int breaks;
    private final Deque<Long> returns = new ArrayDeque<>();

    HoldDown(HoldDownConfig config) {
        configure(config);
    }

    /** Counts on by other rules. */
    void configure(HoldDownConfig config) {
        initialNanos = config.initial().toNanos();
        maxNanos = config.max().toNanos();
        decayNanos = config.decay().toNanos();
        settleNanos = config.settle().toNanos();
        quickReturnsPerMinute = config.quickReturnsPerMinute();
    }

    /** The uplink broke after being online without a break for so long (0 if it was not online). */
    void brokeAfter(long calmNanos) {
        long forgotten = Math.min(calmNanos / decayNanos, breaks);
        breaks = Math.min(breaks - (int) forgotten + 1, MOST_DOUBLINGS);
    }

    /** The last break was none. */
    void forgive() {
        breaks = Math.max(0, breaks - 1);
    }

    /** So long the uplink must have been up to be trusted. */
    long nanos() {
        if (breaks == 0) {
            return 0;
        }
        long nanos = initialNanos;
        for (int i = 1; i < breaks && nanos < maxNanos; i++) {
            nanos *= 2;
        }
        return Math.min(nanos, maxNanos);
    }

    /** So long the uplink must have been up before it leaves OFFLINE. */
    long settleNanos(long nowNanos) {
        returns.removeIf(at -> nowNanos - at >= MINUTE_NANOS);
        return returns.size() < quickReturnsPerMinute ? 0 : settleNanos;
    }

    HoldDownReading read(long nowNanos) {
        long settleNanosNow = settleNanos(nowNanos);
        return new HoldDownReading(nanos(), breaks, returns.size(), settleNanosNow);
    }

    /** The uplink leaves OFFLINE. */
    void returned(long nowNanos) {
        returns.addLast(nowNanos);
    }
}
