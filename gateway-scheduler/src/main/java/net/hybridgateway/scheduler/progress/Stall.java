package net.hybridgateway.scheduler.progress;

import java.util.Objects;

/**
 * A subflow, or an attempt to make one, has waited longer than its round trips explain.
 *
 * @param cause what is missing
 * @param sinceNanos from when on it is missing
 * @param limitNanos how long that was to be expected, at least 1
 * @param answerNanos how long an answer may take on this path: smoothed round-trip time and twice its variance
 */
public record Stall(Cause cause, long sinceNanos, long limitNanos, long answerNanos) {
    /** What is missing. */
    public enum Cause {
        /** Data, or a SYN, was sent, and nobody acknowledges it. */
        UNACKNOWLEDGED,
        /** Data came in a stream, and then no more. */
        ABSENT
    }

    public Stall {
        Objects.requireNonNull(cause, "cause");
        if (limitNanos < 1 || answerNanos < 1) {
            throw new IllegalArgumentException(
                    "limit and answer time must be positive: " + limitNanos + " and " + answerNanos + " ns");
        }
    }

    /** When the patience was over. */
    long dueNanos() {
        return sinceNanos + limitNanos;
    }
}
