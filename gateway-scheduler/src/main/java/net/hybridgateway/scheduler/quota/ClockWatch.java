package net.hybridgateway.scheduler.quota;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether the wall clock is to be believed. A gateway without a battery boots in 1970, or at the time of its
 * newest file, and jumps to the present when it first hears of a time server.
 *
 * <p>A clock is believed once it has run for {@link #STEADY} without a step against the monotonic clock. A clock that
 * nobody has set since the start and that shows less than what was believed in an earlier run has to run for
 * {@link #STEADY_THOUGH_BEHIND}: most likely it is behind, but it may be the earlier one that was ahead. A clock before
 * {@link #EARLIEST} is never believed.
 */
public final class ClockWatch {
    /** This program did not exist before. */
    public static final Instant EARLIEST = Instant.ofEpochSecond(1_767_225_600);

    /** Time servers are asked within a minute or two of the start; a wrong step is corrected about as fast. */
    static final Duration STEADY = Duration.ofMinutes(15);

    static final Duration STEADY_THOUGH_BEHIND = Duration.ofHours(24);

    /** Larger differences from one look to the next are steps; a clock that is being slewed drifts by 0.05 %. */
    static final Duration STEP = Duration.ofSeconds(10);

    private final Instant notBefore;
    private boolean started;
    private Instant firstWall = Instant.EPOCH;
    private long firstNanos;
    private Instant lastWall = Instant.EPOCH;
    private long lastNanos;
    private long steadySinceNanos;

    /**
     * Begins a run.
     *
     * @param notBefore what the clock showed when it was last believed, in earlier runs
     */
    public ClockWatch(Instant notBefore) {
        this.notBefore = notBefore;
    }

    /** Looks at both clocks. To be called at least every few minutes. */
    public ClockReading look(Instant wall, long nowNanos) {
        if (!started) {
            started = true;
            firstWall = wall;
            firstNanos = nowNanos;
            steadySinceNanos = nowNanos;
        } else if (isStep(Duration.between(lastWall, wall).minusNanos(nowNanos - lastNanos))) {
            steadySinceNanos = nowNanos;
        }
        lastWall = wall;
        lastNanos = nowNanos;
        Duration correctedBy = Duration.between(firstWall, wall).minusNanos(nowNanos - firstNanos);
        return new ClockReading(wall, trust(wall, nowNanos, isStep(correctedBy)), correctedBy);
    }

    /** A step that was taken back has set nothing. */
    private ClockTrust trust(Instant wall, long nowNanos, boolean set) {
        Duration needed = set || !wall.isBefore(notBefore) ? STEADY : STEADY_THOUGH_BEHIND;
        if (!isPossible(wall) || nowNanos - steadySinceNanos < needed.toNanos()) {
            return ClockTrust.DOUBTED;
        }
        return set ? ClockTrust.SET : ClockTrust.FOUND;
    }

    /** Whether the present can be so. */
    public static boolean isPossible(Instant wall) {
        return !wall.isBefore(EARLIEST);
    }

    private static boolean isStep(Duration difference) {
        return difference.abs().compareTo(STEP) > 0;
    }
}
