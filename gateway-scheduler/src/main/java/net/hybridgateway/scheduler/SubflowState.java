package net.hybridgateway.scheduler;

import java.util.EnumSet;
import java.util.Set;

/**
 * The state machine of a subflow, seen from the gateway; {@code Subflow.moveTo} makes all transitions.
 *
 * <pre>
 *   WANTED -&gt; CREATING -&gt; JOINED -&gt; ESTABLISHED -&gt; REMOVING -&gt; CLOSING -&gt; CLOSED
 *     ^          |           |          |  ^           |         ^
 *     +-failed---+--closed---+----------+  |revived    |no       |
 *                            |          v  |           |carrier  |
 *                            +-------&gt; BROKEN &lt;--------+         |
 *                                        +--peer told, destroyed-+
 * </pre>
 */
public enum SubflowState {
    /** Should exist; the next attempt waits for its time. In: new, or an attempt or subflow that failed. */
    WANTED,
    /** SUBFLOW_CREATE was decided. Out: the kernel's event, a refusal or timeout; to CLOSING if its uplink breaks. */
    CREATING,
    /** The SYN/ACK arrived. What is sent about other subflows is still lost. Out: one round trip later, ESTABLISHED. */
    JOINED,
    /** Fully established: it carries data, and REMOVE_ADDR over it arrives. */
    ESTABLISHED,
    /**
     * Its uplink or address is gone, but the peer was not told, for there is nothing to tell it over. Out: to CLOSING
     * once another subflow is established, over which the peer is told; back to ESTABLISHED if it was gone for a moment only.
     */
    BROKEN,
    /** Works, but is not needed, and the peer was told by REMOVE_ADDR. Out: to BROKEN if what is needed broke. */
    REMOVING,
    /**
     * Destroyed, or undone before it stood; the kernel's SUB_CLOSED is awaited for a while, so that it is not mistaken
     * for that of a later subflow between the same addresses.
     */
    CLOSING,
    /** Gone. */
    CLOSED;

    private Set<SubflowState> next() {
        return switch (this) {
            case WANTED -> EnumSet.of(CREATING, JOINED, CLOSED);
            case CREATING -> EnumSet.of(WANTED, JOINED, CLOSING, CLOSED);
            case JOINED -> EnumSet.of(WANTED, ESTABLISHED, BROKEN, CLOSING, CLOSED);
            case ESTABLISHED -> EnumSet.of(WANTED, BROKEN, REMOVING, CLOSING, CLOSED);
            case BROKEN -> EnumSet.of(ESTABLISHED, CLOSING, CLOSED);
            case REMOVING -> EnumSet.of(BROKEN, CLOSING, CLOSED);
            case CLOSING -> EnumSet.of(CLOSED);
            case CLOSED -> EnumSet.noneOf(SubflowState.class);
        };
    }

    boolean mayBecome(SubflowState other) {
        return next().contains(other);
    }

    /** Whether the peer's SYN/ACK was seen and nothing is known to be wrong since. */
    public boolean carries() {
        return this == JOINED || this == ESTABLISHED;
    }

    /** Carries, or may soon. */
    boolean live() {
        return this == CREATING || carries();
    }

    /** Whether the kernel still has this subflow although nothing is expected of it. */
    boolean dead() {
        return this == BROKEN || this == REMOVING;
    }
}
