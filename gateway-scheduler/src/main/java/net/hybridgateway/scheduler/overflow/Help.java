package net.hybridgateway.scheduler.overflow;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Where one connection stands on its way through the help; see the package's page. */
final class Help {
    private static final long NEED_OVER_NANOS = Duration.ofMillis(1500).toNanos();
    private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long PAUSE_AFTER_FAILURE_NANOS = Duration.ofSeconds(30).toNanos();
    /** From 30 s to 32 min, from 5 s to 5 min 20 s. */
    private static final int MOST_DOUBLINGS = 6;

    private static final long LONG_HELP_NANOS = Duration.ofSeconds(10).toNanos();

    enum Stage {
        /** No help; to JOINING if it would gain and the pause is over. */
        NONE(OverflowWish.NONE),
        /** The subflow is coming up; to TRIAL when it stands, to NONE if that takes too long or the need is over. */
        JOINING(OverflowWish.BACKUP),
        /** Does it help? To HELPING or LOWERED. */
        TRIAL(OverflowWish.REGULAR),
        /** It does; to LOWERED. */
        HELPING(OverflowWish.REGULAR),
        /** What is under way arrives; to NONE a second later. */
        LOWERED(OverflowWish.BACKUP);

        private final OverflowWish wish;

        Stage(OverflowWish wish) {
            this.wish = wish;
        }

        OverflowWish wish() {
            return wish;
        }
    }

    private Stage stage = Stage.NONE;
    private Optional<OverflowCause> cause = Optional.empty();
    private long sinceNanos;
    private boolean pausing;
    private long pauseEndsNanos;
    private int failures;
    private int shortHelps;
    private double sumBefore;
    private double bestLeg;
    private Set<String> preferred = Set.of();
    private boolean unneeded;
    private long unneededSinceNanos;

    void join(long nowNanos) {
        enter(Stage.JOINING, OverflowCause.SATURATED, nowNanos);
    }

    /**
     * @param preferred the uplinks that carry the connection so far
     * @param sumBefore what all uplinks carried just before, in bytes per second
     * @param bestLeg what the preferred uplinks carried before anybody was helped
     */
    void raise(Set<String> preferred, double sumBefore, double bestLeg, long nowNanos) {
        this.preferred = Set.copyOf(preferred);
        this.sumBefore = sumBefore;
        this.bestLeg = bestLeg;
        enter(Stage.TRIAL, OverflowCause.SATURATED, nowNanos);
    }

    void keep(long nowNanos) {
        failures = 0;
        enter(Stage.HELPING, OverflowCause.SATURATED, nowNanos);
    }

    void lower(OverflowCause why, long nowNanos) {
        end(Stage.LOWERED, why, nowNanos);
    }

    /** Without a subflow from now on, whatever was. */
    void drop(OverflowCause why, long nowNanos) {
        end(Stage.NONE, why, nowNanos);
    }

    /** {@link Stage#LOWERED} is over. */
    void close(long nowNanos) {
        enter(Stage.NONE, cause.orElseThrow(), nowNanos);
    }

    private void end(Stage next, OverflowCause why, long nowNanos) {
        pausing = true;
        pauseEndsNanos = nowNanos + pauseNanosAfter(why, nowNanos);
        enter(next, why, nowNanos);
    }

    private long pauseNanosAfter(OverflowCause why, long nowNanos) {
        return switch (why) {
            case NO_GAIN, JOIN_OVERDUE -> PAUSE_AFTER_FAILURE_NANOS << Math.min(failures++, MOST_DOUBLINGS);
            case NEED_ENDED -> {
                boolean wasLong = stage == Stage.HELPING && nowNanos - sinceNanos >= LONG_HELP_NANOS;
                shortHelps = wasLong ? 0 : Math.min(shortHelps + 1, MOST_DOUBLINGS);
                yield PAUSE_NANOS << shortHelps;
            }
            case SATURATED, NOT_ALLOWED, PREFERRED_BROKE -> PAUSE_NANOS;
        };
    }

    /** Takes in whether the help is needed now, and says whether it has not been for {@link #NEED_OVER_NANOS}. */
    boolean needIsOver(boolean neededNow, long nowNanos) {
        if (!neededNow && !unneeded) {
            unneededSinceNanos = nowNanos;
        }
        unneeded = !neededNow;
        return unneeded && nowNanos - unneededSinceNanos >= NEED_OVER_NANOS;
    }

    /** Whether the last word of {@link #needIsOver} was that the help is not needed. */
    boolean seemsUnneeded() {
        return unneeded;
    }

    private void enter(Stage next, OverflowCause why, long nowNanos) {
        stage = next;
        cause = Optional.of(why);
        sinceNanos = nowNanos;
        unneeded = false;
    }

    boolean isPausing(long nowNanos) {
        pausing &= nowNanos - pauseEndsNanos < 0;
        return pausing;
    }

    /** Whether the connection has the help, or is about to get it. */
    boolean isOn() {
        return stage == Stage.JOINING || isRaised();
    }

    boolean isRaised() {
        return stage == Stage.TRIAL || stage == Stage.HELPING;
    }

    Stage stage() {
        return stage;
    }

    Optional<OverflowCause> cause() {
        return cause;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    Set<String> preferred() {
        return preferred;
    }

    double sumBefore() {
        return sumBefore;
    }

    double bestLeg() {
        return bestLeg;
    }
}
