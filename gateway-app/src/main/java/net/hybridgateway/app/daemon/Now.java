package net.hybridgateway.app.daemon;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * One moment on both clocks. Past moments are kept on the monotonic one and put into wall time when they are told: a
 * gateway without a battery learns the date minutes after its start.
 */
record Now(long nanos, Instant wall) {
    /** What the wall clock would have shown, in whole seconds. */
    Instant wallAt(long pastNanos) {
        return wall.minusNanos(nanos - pastNanos).truncatedTo(ChronoUnit.SECONDS);
    }

    long secondsSince(long pastNanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos - pastNanos);
    }
}
