package net.hybridgateway.app.upstream;

import java.util.Objects;
import java.util.Optional;

/**
 * What is believed of a conversion point over an uplink at one moment.
 *
 * @param sinceNanos monotonic; meaningless for {@link State#UNTRIED}
 * @param trouble why connections keep away; empty if they do not
 */
public record PointStanding(State state, long sinceNanos, Optional<PointTrouble> trouble) {
    /** Whether it is used. */
    public enum State {
        UNTRIED,
        UP,
        /** Connections go another way, and it is asked now and then whether it is back. */
        DOWN,
        /** It answers again, and is watched before connections come back. */
        RETURNING,
        /** It asked for a pause. */
        PAUSED
    }

    public PointStanding {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(trouble, "trouble");
    }
}
