package net.hybridgateway.scheduler;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An immutable view of everything that the engine knows, for status and reports. */
public record EngineSnapshot(List<UplinkView> uplinks, List<ConnectionView> connections) {
    public EngineSnapshot {
        uplinks = List.copyOf(uplinks);
        connections = List.copyOf(connections);
    }

    /**
     * An uplink.
     *
     * @param reason of the last transition
     * @param stateForNanos since the last transition, or since the engine began
     * @param holdDownLeftNanos until it is trusted; 0 unless in {@link UplinkState#HOLD_DOWN}
     * @param holdDown how long it has to be up after a break, and why so long
     * @param suspectForNanos since its last sign of life; empty unless it is being found out whether it is silent
     * @param sources the addresses from which packets can leave
     * @param subflows how many subflows carry a connection over it
     * @param mayWake whether it may be used although nothing broke: it is awake, or was not woken too often of late
     */
    public record UplinkView(
            UplinkConfig config,
            UplinkState state,
            Optional<Reason> reason,
            long stateForNanos,
            long holdDownLeftNanos,
            HoldDownReading holdDown,
            OptionalLong suspectForNanos,
            int interfaceIndex,
            List<InetAddress> sources,
            int subflows,
            boolean mayWake) {
        public UplinkView {
            sources = List.copyOf(sources);
        }
    }

    /**
     * A connection.
     *
     * @param token unsigned
     * @param rights what the user's rules allow it
     * @param singlePath why it has no further path although an uplink should take part
     */
    public record ConnectionView(
            int token, List<SubflowView> subflows, TrafficRights rights, Optional<SinglePathCause> singlePath) {
        public ConnectionView {
            subflows = List.copyOf(subflows);
        }
    }

    /**
     * A subflow.
     *
     * @param tuple known once the SYN/ACK arrived
     * @param failures attempts that failed since it last stood
     * @param reason of the last decision about it; empty if it came to be without one, as the initial subflow does
     */
    public record SubflowView(
            String uplink,
            SubflowState state,
            InetAddress localAddress,
            int localId,
            InetSocketAddress remote,
            Optional<SubflowTuple> tuple,
            boolean backup,
            int failures,
            Optional<Reason> reason) {}
}
