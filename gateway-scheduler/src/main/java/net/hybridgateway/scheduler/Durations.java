package net.hybridgateway.scheduler;

import java.time.Duration;

/** Checks on configured durations. All of them are short enough to be handled as nanoseconds in a long. */
final class Durations {
    private static final Duration LONGEST = Duration.ofDays(365);

    private Durations() {}

    static void requirePositive(Duration duration, String name) {
        if (duration.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than zero");
        }
        requireNotNegative(duration, name);
    }

    static void requireNotNegative(Duration duration, String name) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must lie between zero and " + LONGEST + ": " + duration);
        }
    }

    static void requireAtLeast(Duration duration, Duration least, String name) {
        requireNotNegative(duration, name);
        if (duration.compareTo(least) < 0) {
            throw new IllegalArgumentException(name + " must be at least " + least + ": " + duration);
        }
    }
}
