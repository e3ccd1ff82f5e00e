package net.hybridgateway.app.relay;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one break did to the connections that were busy when it happened: the longest time that one of them stood still.
 * Written by the loops, read from anywhere.
 */
public final class GapMeter {
    /** How long after a break standstills are put down to it. */
    public static final Duration WATCH = Duration.ofSeconds(30);

    /** A connection on which nothing moved for so long before the break was not busy. */
    static final Duration BUSY = Duration.ofSeconds(1);

    /**
     * What was measured so far.
     *
     * @param longestGapMillis empty while no busy connection has moved again
     * @param kept busy connections that moved again
     * @param lost busy connections that were reset before they moved again
     */
    public record Reading(OptionalLong longestGapMillis, int kept, int lost) {}

    private final long breakNanos;
    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    /** Begins to measure. */
    public GapMeter(long breakNanos) {
        this.breakNanos = breakNanos;
    }

    public Reading read() {
        int moved = kept.get();
        return new Reading(
                moved == 0 ? OptionalLong.empty() : OptionalLong.of(longestNanos.get() / 1_000_000), moved, lost.get());
    }

    boolean wasBusy(long lastActivityNanos) {
        return breakNanos - lastActivityNanos < BUSY.toNanos();
    }

    boolean isOver(long nowNanos) {
        return nowNanos - breakNanos > WATCH.toNanos();
    }

    void moved(long gapNanos, boolean forTheFirstTime) {
        longestNanos.accumulateAndGet(gapNanos, Math::max);
        if (forTheFirstTime) {
            kept.incrementAndGet();
        }
    }

    void lost() {
        lost.incrementAndGet();
    }
}
