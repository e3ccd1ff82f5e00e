package net.hybridgateway.mgmt.status;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * One subflow of a connection.
 *
 * @param backup used only while nothing else works (the B bit)
 * @param bytesIn from the network since it joined; empty if the kernel does not have it
 * @param bytesOut to the network since it joined; empty if the kernel does not have it
 * @param failures attempts that failed since it last stood
 * @param why one sentence
 */
public record SubflowStatus(
        String uplink,
        State state,
        boolean backup,
        OptionalLong bytesIn,
        OptionalLong bytesOut,
        int failures,
        String why) {
    /** What a subflow is doing. */
    public enum State {
        /** An attempt failed; the next waits for its time. */
        WAITING,
        /** The SYN is on its way, or its answer came a moment ago. */
        JOINING,
        ESTABLISHED,
        /** Works but is not needed: what is on its way may still arrive. */
        DRAINING,
        /** Its uplink is gone, and the kernel still has it. */
        DEAD,
        /** Closed; the kernel has not said so yet. */
        CLOSING
    }

    public SubflowStatus {
        Objects.requireNonNull(uplink, "uplink");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(bytesIn, "bytesIn");
        Objects.requireNonNull(bytesOut, "bytesOut");
        Objects.requireNonNull(why, "why");
    }
}
