package net.hybridgateway.app.probe;

import java.util.Objects;
import java.util.Optional;
import net.hybridgateway.scheduler.UplinkState;

/**
 * An uplink as it is when a drill begins.
 *
 * @param line its way into the network, and why connections may not use it now
 * @param reason why it is in this state, as a sentence
 * @param backup whether it is one to rehearse with, rather than one that is in use all the time
 */
public record DrillUplink(ProbeUplink line, UplinkState state, Optional<String> reason, boolean backup) {
    public DrillUplink {
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
    }

    String name() {
        return line.name();
    }

    boolean works() {
        return state == UplinkState.ONLINE || state == UplinkState.HOLD_DOWN;
    }
}
