package net.hybridgateway.scheduler;

import java.time.Duration;

/**
 * The clockwork of making and removing subflows. Round-trip times are measured, from the decision to create a subflow
 * until its SYN/ACK, and clamped to {@code [rttMin, rttMax]}.
 *
 * @param quiet so long after a return, a subflow that is no longer needed stays as backup before it is closed
 * @param drain so long a subflow closed for that reason waits for the peer between REMOVE_ADDR and its destruction
 * @param retryInitial pause after a first failed attempt to create a subflow
 * @param retryMax the pause doubles with every failure, up to this
 * @param createPatience so long a subflow being created keeps on-demand uplinks asleep
 * @param createTimeout an attempt without any verdict of the kernel is undone after this
 * @param closeGrace a subflow that closes by itself often only precedes the end of its connection: so long it does not
 *     wake on-demand uplinks
 * @param reviveWithin a subflow whose uplink was gone no longer than this is used again as it stands; beyond, its
 *     retransmission timer has backed off so far that a new subflow is quicker
 * @param linger so long the kernel's word on a destroyed subflow is awaited
 * @param priorityRepeats how often MP_PRIO is repeated, after 1, 2, 4... round trips
 * @param rttAssumed for subflows that this engine did not create
 */
public record SubflowTimings(
        Duration quiet,
        Duration drain,
        Duration retryInitial,
        Duration retryMax,
        Duration createPatience,
        Duration createTimeout,
        Duration closeGrace,
        Duration reviveWithin,
        Duration linger,
        int priorityRepeats,
        Duration rttAssumed,
        Duration rttMin,
        Duration rttMax) {
    /** Documented per component in {@link SubflowTimings}; the round-trip clamp is [10 ms, 1 s]. */
    public static final SubflowTimings DEFAULTS = new SubflowTimings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMillis(250),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3),
            Duration.ofSeconds(15),
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            3,
            Duration.ofMillis(100),
            Duration.ofMillis(10),
            Duration.ofSeconds(1));

    /** The pause before repetition n is 2^(n-1) round trips: beyond eight it would outlast any connection. */
    private static final int MOST_REPEATS = 8;

    public SubflowTimings {
        Durations.requireNotNegative(quiet, "quiet time");
        Durations.requirePositive(drain, "drain time");
        Durations.requirePositive(retryInitial, "retry initial");
        Durations.requireAtLeast(retryMax, retryInitial, "retry max");
        Durations.requirePositive(createPatience, "create patience");
        Durations.requireAtLeast(createTimeout, createPatience, "create timeout");
        Durations.requireNotNegative(closeGrace, "close grace");
        Durations.requireNotNegative(reviveWithin, "revive within");
        Durations.requirePositive(linger, "linger");
        Durations.requirePositive(rttMin, "rtt min");
        Durations.requireAtLeast(rttMax, rttMin, "rtt max");
        Durations.requireAtLeast(rttAssumed, rttMin, "rtt assumed");
        if (priorityRepeats < 0 || priorityRepeats > MOST_REPEATS) {
            throw new IllegalArgumentException("priority repeats must lie between 0 and " + MOST_REPEATS);
        }
    }
}
