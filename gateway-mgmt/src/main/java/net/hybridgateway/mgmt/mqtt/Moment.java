package net.hybridgateway.mgmt.mqtt;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * One moment on both clocks.
 *
 * @param nanos of a clock that never jumps, with any origin
 * @param wall by the wall clock, which may be wrong, and jumps when it is put right
 */
public record Moment(long nanos, Instant wall) {
    /** Before this, a wall clock was never set: no gateway is older. */
    private static final Instant FIRST_BELIEVABLE = Instant.parse("2026-01-01T00:00:00Z");

    public Moment {
        Objects.requireNonNull(wall, "wall");
    }

    /** Whether the wall clock can be right. */
    boolean wallIsBelievable() {
        return !wall.isBefore(FIRST_BELIEVABLE);
    }

    /** When, on the first clock, so much time will have passed. */
    long after(Duration duration) {
        return nanos + duration.toNanos();
    }

    /** Whether a moment of the first clock has come. */
    boolean reached(long momentNanos) {
        return nanos - momentNanos >= 0;
    }
}
