package net.hybridgateway.scheduler;

import java.time.Duration;

/**
 * How often a silent cellular uplink may be woken: an operator's network sets up a radio session for the first byte after
 * a silence, and operators count that, or end contracts over it.
 *
 * <p>A bucket of tokens, full at the start, that fills evenly over an hour. Each waking takes one. Whoever wants to wake
 * the uplink without need asks {@link #mayWake} before. Need, such as a break, asks nobody, but is counted: the bucket may
 * then be empty by as much as it holds, so that after a bad night it takes an hour to be of use again, and no longer.
 */
final class ActivationBudget {
    /** After so long a silence, networks have released the session. */
    static final Duration SILENCE = Duration.ofMinutes(2);

    private static final double NANOS_PER_HOUR = 3600e9;

    private final int perHour;
    private double tokens;
    private long filledNanos;
    private boolean everActive;
    private long lastActiveNanos;

    /**
     * A full bucket.
     *
     * @param perHour how many wakings an hour, at least 1
     */
    ActivationBudget(int perHour, long nowNanos) {
        if (perHour < 1) {
            throw new IllegalArgumentException("perHour " + perHour);
        }
        this.perHour = perHour;
        this.tokens = perHour;
        this.filledNanos = nowNanos;
    }

    /** Whether the uplink may be used without need: it is awake, or waking it once more is within the budget. */
    boolean mayWake(long nowNanos) {
        fill(nowNanos);
        return isAwake(nowNanos) || tokens >= 1;
    }

    /** The uplink carries something, for whatever reason. */
    void active(long nowNanos) {
        fill(nowNanos);
        if (!isAwake(nowNanos)) {
            tokens = Math.max(-perHour, tokens - 1);
        }
        everActive = true;
        lastActiveNanos = nowNanos;
    }

    private boolean isAwake(long nowNanos) {
        return everActive && nowNanos - lastActiveNanos < SILENCE.toNanos();
    }

    private void fill(long nowNanos) {
        tokens = Math.min(perHour, tokens + (nowNanos - filledNanos) * perHour / NANOS_PER_HOUR);
        filledNanos = nowNanos;
    }
}
