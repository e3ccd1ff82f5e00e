package net.hybridgateway.scheduler;

import java.time.Duration;

/**
 * How long an uplink that came back has to stay up before it is trusted.
 *
 * @param initial hold-down after a single break
 * @param max the hold-down doubles with every further break, up to this
 * @param decay each such span online without a break takes one doubling back
 * @param quickReturnsPerMinute so many times a minute an uplink may leave {@link UplinkState#OFFLINE} as soon as it is
 *     seen up; this bounds the transitions of a flapping line
 * @param settle beyond that, it must have been up for so long without a pause
 */
public record HoldDownConfig(
        Duration initial, Duration max, Duration decay, int quickReturnsPerMinute, Duration settle) {
    /** 5 s, doubling up to 5 min, one doubling taken back per calm minute; 4 quick returns a minute, then 10 s calm. */
    public static final HoldDownConfig DEFAULTS = new HoldDownConfig(
            Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(1), 4, Duration.ofSeconds(10));

    /** From {@code initial} to {@code max}, all else as in {@link #DEFAULTS}. */
    public static HoldDownConfig between(Duration initial, Duration max) {
        return new HoldDownConfig(initial, max, DEFAULTS.decay, DEFAULTS.quickReturnsPerMinute, DEFAULTS.settle);
    }

    public HoldDownConfig {
        Durations.requirePositive(initial, "hold-down initial");
        Durations.requireAtLeast(max, initial, "hold-down max");
        Durations.requirePositive(decay, "hold-down decay");
        Durations.requirePositive(settle, "hold-down settle");
        if (quickReturnsPerMinute < 1) {
            throw new IllegalArgumentException("quick returns per minute must be at least 1: " + quickReturnsPerMinute);
        }
    }
}
