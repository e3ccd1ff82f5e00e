package net.hybridgateway.scheduler;

import java.util.OptionalLong;

/** Arithmetic on optional points in time. */
final class Deadlines {
    private Deadlines() {}

    static OptionalLong earlier(OptionalLong a, OptionalLong b) {
        if (a.isEmpty()) {
            return b;
        }
        return b.isPresent() && b.getAsLong() - a.getAsLong() < 0 ? b : a;
    }

    /** Like {@link #earlier}, but a candidate that is not after now does not count: what was due has been done. */
    static OptionalLong earlierFuture(OptionalLong a, OptionalLong candidate, long nowNanos) {
        boolean future = candidate.isPresent() && candidate.getAsLong() - nowNanos > 0;
        return future ? earlier(a, candidate) : a;
    }
}
