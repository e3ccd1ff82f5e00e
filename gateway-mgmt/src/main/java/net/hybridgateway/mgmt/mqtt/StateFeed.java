package net.hybridgateway.mgmt.mqtt;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When the state is worth a message: when it has changed, and rarely when it has not.
 *
 * <p>The first changes go out at once; a state that keeps changing is told ever again after a pause, at its latest.
 */
final class StateFeed {
    static final int BURST = 5;
    static final Duration PAUSE = Duration.ofSeconds(30);
    static final Duration PAUSE_CELLULAR = Duration.ofMinutes(10);

    /** Also that a broker that lost what it retained has it again. */
    static final Duration HEARTBEAT = Duration.ofHours(12);

    private Optional<String> told = Optional.empty();
    private String facts = "";
    private double allowance = BURST;
    private long refilledNanos;
    private long toldNanos;

    StateFeed(long nowNanos) {
        refilledNanos = nowNanos;
    }

    /** The facts as they are now, without anything that always changes. */
    void look(String now) {
        facts = now;
    }

    /** The broker may not know what was told. */
    void forget() {
        told = Optional.empty();
    }

    /** Whether to tell now; call {@link #told} then. */
    boolean due(boolean cellular, long nowNanos) {
        if (facts.isEmpty()) {
            return false;
        }
        refill(cellular, nowNanos);
        return told.isEmpty() || (news() && allowance >= 1) || nowNanos - toldNanos >= HEARTBEAT.toNanos();
    }

    void told(long nowNanos) {
        allowance = Math.max(0, allowance - 1);
        told = Optional.of(facts);
        toldNanos = nowNanos;
    }

    private boolean news() {
        return !told.equals(Optional.of(facts));
    }

    private void refill(boolean cellular, long nowNanos) {
        double pauses = (double) (nowNanos - refilledNanos) / pause(cellular).toNanos();
        allowance = Math.min(BURST, allowance + pauses);
        refilledNanos = nowNanos;
    }

    private static Duration pause(boolean cellular) {
        return cellular ? PAUSE_CELLULAR : PAUSE;
    }

    /** When {@link #due} may change without news; empty before there is anything to tell. */
    OptionalLong deadlineNanos(boolean cellular) {
        if (facts.isEmpty()) {
            return OptionalLong.empty();
        }
        if (told.isEmpty()) {
            return OptionalLong.of(refilledNanos);
        }
        if (news()) {
            double missing = Math.max(0, 1 - allowance);
            return OptionalLong.of(
                    refilledNanos + (long) Math.ceil(missing * pause(cellular).toNanos()));
        }
        return OptionalLong.of(toldNanos + HEARTBEAT.toNanos());
    }
}
