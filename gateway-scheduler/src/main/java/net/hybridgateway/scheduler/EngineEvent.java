package net.hybridgateway.scheduler;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import net.hybridgateway.scheduler.overflow.LoadSample;

/**
 * Something that happened outside, for {@link PolicyEngine#handle}. Tokens are the kernel's local MPTCP tokens, unsigned.
 * Events about connections that the engine does not know are ignored, except {@link ConnectionEstablished} and
 * {@link Resynchronised}.
 */
public sealed interface EngineEvent {
    /** Calls the method of the handler that is made for this kind of event. */
    void deliverTo(Handler handler);

    /** The state of an uplink's device; may repeat what is known. Unknown uplinks are an error of the caller. */
    record UplinkObserved(String uplink, UplinkObservation observation) implements EngineEvent {
        public UplinkObserved {
            Objects.requireNonNull(uplink, "uplink");
            Objects.requireNonNull(observation, "observation");
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** An operator switches an uplink on or off. All uplinks start switched on. */
    record UplinkEnabled(String uplink, boolean enabled) implements EngineEvent {
        public UplinkEnabled {
            Objects.requireNonNull(uplink, "uplink");
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * MPTCP_EVENT_ESTABLISHED: from now on subflows can be created.
     *
     * @param initialAddressDenied the peer's C flag: no subflow may be opened towards the initial remote address and port
     * @param toServer the peer is a server and no conversion point: it cannot be probed, and its silence proves nothing
     */
    record ConnectionEstablished(int token, SubflowTuple initial, boolean initialAddressDenied, boolean toServer)
            implements EngineEvent {
        public ConnectionEstablished {
            Objects.requireNonNull(initial, "initial");
        }

        /** With a conversion point at the other end. */
        public ConnectionEstablished(int token, SubflowTuple initial, boolean initialAddressDenied) {
            this(token, initial, initialAddressDenied, false);
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** MPTCP_EVENT_CLOSED: the token means nothing any more. */
    record ConnectionClosed(int token) implements EngineEvent {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** MPTCP_EVENT_ANNOUNCED: the peer sent ADD_ADDR. Valid for this connection alone. */
    record AddressAnnounced(int token, int remoteId, InetSocketAddress address) implements EngineEvent {
        public AddressAnnounced {
            AddressIds.requireId(remoteId);
            Objects.requireNonNull(address, "address");
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** MPTCP_EVENT_REMOVED: the peer sent REMOVE_ADDR. */
    record AddressWithdrawn(int token, int remoteId) implements EngineEvent {
        public AddressWithdrawn {
            AddressIds.requireId(remoteId);
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** MPTCP_EVENT_SUB_ESTABLISHED: the SYN/ACK arrived; one round trip later the subflow is fully established. */
    record SubflowEstablished(int token, SubflowTuple tuple, int localId, int remoteId) implements EngineEvent {
        public SubflowEstablished {
            Objects.requireNonNull(tuple, "tuple");
            AddressIds.requireId(localId);
            AddressIds.requireId(remoteId);
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** MPTCP_EVENT_SUB_CLOSED: also the kernel's word on an attempt that failed after its SYN. */
    record SubflowClosed(int token, SubflowTuple tuple, int localId, OptionalInt errno) implements EngineEvent {
        public SubflowClosed {
            Objects.requireNonNull(tuple, "tuple");
            AddressIds.requireId(localId);
            Objects.requireNonNull(errno, "errno");
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The answer to {@link Decision.InspectSubflow}; none is needed if the subflow is gone. */
    record SubflowInspected(int token, SubflowTuple tuple, boolean fullyEstablished) implements EngineEvent {
        public SubflowInspected {
            Objects.requireNonNull(tuple, "tuple");
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** SUBFLOW_CREATE was refused at once. Failures of other commands need no event. */
    record SubflowCreateFailed(int token, String uplink, int localId, String text) implements EngineEvent {
        public SubflowCreateFailed {
            Objects.requireNonNull(uplink, "uplink");
            AddressIds.requireId(localId);
            Objects.requireNonNull(text, "text");
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * Events were lost (ENOBUFS), or this engine is new: all that the kernel has. Known connections that are not in the
     * list are forgotten. ADD_ADDRs that were lost stay lost, for the kernel does not list them.
     */
    record Resynchronised(List<KernelConnection> connections) implements EngineEvent {
        public Resynchronised {
            connections = List.copyOf(connections);
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * A live connection, or an attempt to make one, has waited longer than its round trips explain: data sent and not
     * acknowledged, or data expected and absent. A suspicion, not a verdict: a dead server looks the same.
     *
     * @param uplink over which nothing comes
     * @param conversionPoint to which its subflow goes
     * @param sinceNanos when it last made progress, on the engine's clock
     * @param rttNanos how long an answer may take on this path: smoothed round-trip time and two to four times its variance
     */
    record PathStalled(String uplink, InetSocketAddress conversionPoint, long sinceNanos, long rttNanos)
            implements EngineEvent {
        public PathStalled {
            Objects.requireNonNull(uplink, "uplink");
            Objects.requireNonNull(conversionPoint, "conversionPoint");
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** Something arrived again on a path that was said to stall: bytes, an acknowledgment, a SYN/ACK. */
    record PathProgressed(String uplink, InetSocketAddress conversionPoint) implements EngineEvent {
        public PathProgressed {
            Objects.requireNonNull(uplink, "uplink");
            Objects.requireNonNull(conversionPoint, "conversionPoint");
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * What became of a {@link Decision.ProbePath}; twice if it is first {@link ProbeAnswer#HOST} and then
     * {@link ProbeAnswer#CONVERTER}. Silence needs no event: the engine counts the time itself.
     */
    record ProbeAnswered(String uplink, InetSocketAddress conversionPoint, ProbeAnswer answer) implements EngineEvent {
        public ProbeAnswered {
            Objects.requireNonNull(uplink, "uplink");
            Objects.requireNonNull(conversionPoint, "conversionPoint");
            Objects.requireNonNull(answer, "answer");
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * What the user's rules allow a connection; may come before {@link ConnectionEstablished}, and is then kept for a
     * while. Needed for every connection if {@link PolicyConfig#classified}.
     */
    record ConnectionClassified(int token, TrafficRights rights) implements EngineEvent {
        public ConnectionClassified {
            Objects.requireNonNull(rights, "rights");
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** What an uplink's quota and schedule allow from now on. All uplinks start with {@link Allowance#FREE}. */
    record UplinkAllowed(String uplink, Allowance allowance) implements EngineEvent {
        public UplinkAllowed {
            Objects.requireNonNull(uplink, "uplink");
            Objects.requireNonNull(allowance, "allowance");
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * The user has changed the configuration. Uplinks that are not in it any more take part in nothing, until they are in it
     * again; running connections are moved to what they should have, and are not dropped. The timings of subflows and of
     * detection stay what they were.
     */
    record PolicyChanged(PolicyConfig policy) implements EngineEvent {
        public PolicyChanged {
            Objects.requireNonNull(policy, "policy");
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** Something beside connections is about to use an uplink: that counts as a waking, if it slept. */
    record UplinkUsed(String uplink) implements EngineEvent {
        public UplinkUsed {
            Objects.requireNonNull(uplink, "uplink");
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** How busy uplinks and long transfers are; wanted about twice a second while an overflow uplink could help. */
    record LoadMeasured(LoadSample sample) implements EngineEvent {
        public LoadMeasured {
            Objects.requireNonNull(sample, "sample");
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * Which addresses are of one host: connections that begin from now on may be joined to any of them. Replaces what was
     * known.
     *
     * @param points the addresses and ports of each conversion point, best first
     */
    record ConversionPointsKnown(List<List<InetSocketAddress>> points) implements EngineEvent {
        public ConversionPointsKnown {
            points = points.stream().map(List::copyOf).toList();
        }

        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** One method per kind of event, so that the compiler finds the kind that somebody forgot. */
    interface Handler {
        void on(UplinkObserved event);

        void on(UplinkEnabled event);

        void on(PolicyChanged event);

        void on(ConnectionEstablished event);

        void on(ConnectionClosed event);

        void on(AddressAnnounced event);

        void on(AddressWithdrawn event);

        void on(SubflowEstablished event);

        void on(SubflowClosed event);

        void on(SubflowCreateFailed event);

        void on(SubflowInspected event);

        void on(Resynchronised event);

        void on(PathStalled event);

        void on(PathProgressed event);

        void on(ProbeAnswered event);

        void on(ConnectionClassified event);

        void on(UplinkAllowed event);

        void on(UplinkUsed event);

        void on(LoadMeasured event);

        void on(ConversionPointsKnown event);
    }
}
