package net.hybridgateway.scheduler.overflow;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * One uplink in one direction: what it carries, what it could carry, and whether it is full.
 *
 * <p>A line whose rate is configured is full at 85 % of it: headers of the access, and what other senders' windows leave
 * unused, take the rest, and a transfer that a server limits to the last sixth of the line is rare; {@link OverflowJudge}
 * finds it out by trying.
 *
 * <p>Otherwise the rate is learnt: the highest that was carried for a second. The first long transfer is then always at
 * 100 %, even if its server is what limits it, so the line counts as full only if a queue stands as well ({@link
 * Transfer} says how that shows). What was learnt halves in six hours, for lines change; and in 15 s while a queue stands
 * although less is carried, for then it was wrong: a burst into the modem's own buffer, or a line that has become slower.
 */
final class Line {
    /** Part of the rate from which on the line may be full. */
    static final double FULL = 0.85;

    private static final long STEADY_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long LEARNING_NANOS = Duration.ofSeconds(1).toNanos();
    private static final double HALF_LIFE_NANOS = Duration.ofHours(6).toNanos();
    private static final double HALF_LIFE_WITH_QUEUE_NANOS =
            Duration.ofSeconds(15).toNanos();

    private final OptionalLong configuredBitsPerSecond;
    private final Recent load = new Recent();
    private double learntPerSecond;
    private boolean queueSeen;
    private boolean measured;
    private long measuredNanos;

    Line(OptionalLong configuredBitsPerSecond) {
        this.configuredBitsPerSecond = configuredBitsPerSecond;
    }

    /** @param queue whether some transfer that has a good share of the line sees a queue */
    void measured(double bytesPerSecond, boolean queue, long nowNanos) {
        load.add(bytesPerSecond, nowNanos);
        queueSeen = queue;
        if (measured) {
            learn(nowNanos);
        }
        measured = true;
        measuredNanos = nowNanos;
    }

    private void learn(long nowNanos) {
        double carried = load.usual(STEADY_NANOS, nowNanos);
        boolean tooHigh = queueSeen && carried < FULL * learntPerSecond;
        double halfLife = tooHigh ? HALF_LIFE_WITH_QUEUE_NANOS : HALF_LIFE_NANOS;
        learntPerSecond *= Math.pow(0.5, (nowNanos - measuredNanos) / halfLife);
        if (load.size() > 1) {
            learntPerSecond = Math.max(learntPerSecond, load.mean(LEARNING_NANOS, nowNanos));
        }
    }

    /** Nobody looked for a while, or the line is gone: what it carried then says nothing now. */
    void forgetLoad() {
        load.clear();
        queueSeen = false;
    }

    boolean isFull(long nowNanos) {
        return load.size() > 1
                && (configuredBitsPerSecond.isPresent() || queueSeen)
                && load.usual(STEADY_NANOS, nowNanos) >= FULL * bytesPerSecond();
    }

    /** What it carries at most, as far as that is known. */
    double bytesPerSecond() {
        return configuredBitsPerSecond.isPresent() ? configuredBitsPerSecond.getAsLong() / 8.0 : learntPerSecond;
    }

    /** What it carried of late, in bytes per second. */
    double carried(long spanNanos, long nowNanos) {
        return load.mean(spanNanos, nowNanos);
    }
}
