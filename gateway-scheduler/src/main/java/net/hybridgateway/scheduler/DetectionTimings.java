package net.hybridgateway.scheduler;

import java.time.Duration;

/**
 * How a suspicion becomes a verdict. The patience with an answer is the path's own round-trip time with its variance, plus
 * a margin, clamped to {@code [patienceMin, patienceMax]}; the verdict falls after 1.25 times the patience, for the second
 * question goes out a quarter later than the first.
 *
 * @param margin for the two machines at the ends
 * @param rounds so many suspicions about one path in a row are followed up at once
 * @param roundEvery and one more after each such span: bounds what probes cost
 * @param confirm so long other uplinks are asked before a silence is put down to the conversion point
 * @param confirmEvery pause between two of those questions
 * @param againFirst a path without an answer is asked again after this
 * @param againMax the pause doubles up to this
 * @param againDormant while nobody needs the uplink, because a preferred one is online, the pause is this
 * @param verifyEvery an uplink that was silent is asked so often until it is trusted
 */
public record DetectionTimings(
        Duration patienceMin,
        Duration patienceMax,
        Duration margin,
        int rounds,
        Duration roundEvery,
        Duration confirm,
        Duration confirmEvery,
        Duration againFirst,
        Duration againMax,
        Duration againDormant,
        Duration verifyEvery) {
    /** Documented per component in {@link DetectionTimings}. */
    public static final DetectionTimings DEFAULTS = new DetectionTimings(
            Duration.ofMillis(60),
            Duration.ofSeconds(1),
            Duration.ofMillis(20),
            4,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(8),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1));

    public DetectionTimings {
        Durations.requirePositive(patienceMin, "patience min");
        Durations.requireAtLeast(patienceMax, patienceMin, "patience max");
        Durations.requireNotNegative(margin, "margin");
        Durations.requirePositive(roundEvery, "round every");
        Durations.requirePositive(confirmEvery, "confirm every");
        Durations.requireAtLeast(confirm, confirmEvery, "confirm");
        Durations.requirePositive(againFirst, "again first");
        Durations.requireAtLeast(againMax, againFirst, "again max");
        Durations.requireAtLeast(againDormant, againMax, "again dormant");
        Durations.requirePositive(verifyEvery, "verify every");
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1: " + rounds);
        }
    }

    /** How long an answer may take on a path with this round-trip time, variance included. */
    long patienceNanos(long rttNanos) {
        long wanted = rttNanos + margin.toNanos();
        return Math.max(patienceMin.toNanos(), Math.min(patienceMax.toNanos(), wanted));
    }
}
