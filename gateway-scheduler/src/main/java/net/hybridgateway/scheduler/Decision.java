package net.hybridgateway.scheduler;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What the engine wants done, in the order in which it must be done: a {@link DestroySubflow} in front of a
 * {@link CreateSubflow} with the same local id is there because destroying also deletes the kernel's address entry.
 */
public sealed interface Decision {
    /** Why, for logs and people. */
    Reason reason();

    /** Calls the method of the visitor that is made for this kind of decision. */
    <R> R accept(Visitor<R> visitor);

    /** A command for the kernel's path manager about one connection. */
    sealed interface ConnectionDecision extends Decision {
        /** The kernel's local MPTCP token, unsigned. */
        int token();

        /** The uplink of the subflow or address. */
        String uplink();
    }

    /**
     * SUBFLOW_CREATE. If the kernel refuses, say so with {@link EngineEvent.SubflowCreateFailed}.
     *
     * @param localId 0 for the address of the initial subflow, else 1 to 255
     * @param interfaceIndex to bind to
     * @param backup join with the backup bit
     */
    record CreateSubflow(
            int token,
            String uplink,
            InetAddress localAddress,
            int localId,
            int interfaceIndex,
            InetSocketAddress remote,
            boolean backup,
            Reason reason)
            implements ConnectionDecision {
        public CreateSubflow {
            Objects.requireNonNull(uplink, "uplink");
            Objects.requireNonNull(localAddress, "localAddress");
            AddressIds.requireId(localId);
            Objects.requireNonNull(remote, "remote");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** REMOVE: tells the peer to give up a local address. It closes what runs there and reinjects at once. */
    record RemoveAddress(int token, int localId, String uplink, Reason reason) implements ConnectionDecision {
        public RemoveAddress {
            AddressIds.requireId(localId);
            Objects.requireNonNull(uplink, "uplink");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** SUBFLOW_DESTROY. "Not found" is no failure: the peer may have been quicker. */
    record DestroySubflow(int token, SubflowTuple tuple, int localId, String uplink, Reason reason)
            implements ConnectionDecision {
        public DestroySubflow {
            Objects.requireNonNull(tuple, "tuple");
            AddressIds.requireId(localId);
            Objects.requireNonNull(uplink, "uplink");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Ask the kernel (sock_diag) whether a subflow is fully established, and say so with
     * {@link EngineEvent.SubflowInspected}.
     *
     * @param interfaceIndex the device that it is bound to
     */
    record InspectSubflow(int token, SubflowTuple tuple, int interfaceIndex, String uplink, Reason reason)
            implements ConnectionDecision {
        public InspectSubflow {
            Objects.requireNonNull(tuple, "tuple");
            Objects.requireNonNull(uplink, "uplink");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** SET_FLAGS: sends MP_PRIO over the subflow. */
    record SetBackup(int token, SubflowTuple tuple, int localId, String uplink, boolean backup, Reason reason)
            implements ConnectionDecision {
        public SetBackup {
            Objects.requireNonNull(tuple, "tuple");
            AddressIds.requireId(localId);
            Objects.requireNonNull(uplink, "uplink");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Nothing to do for the kernel: an uplink changed its state. For the log, events and the published paths.
     *
     * @param lastSignNanos of a break that no device told of: when the uplink last gave a sign of life
     * @param holdDown how long it has to be up from here on, and why so long
     */
    record UplinkTransition(
            String uplink,
            UplinkState from,
            UplinkState to,
            Reason reason,
            OptionalLong lastSignNanos,
            HoldDownReading holdDown)
            implements Decision {
        public UplinkTransition {
            Objects.requireNonNull(uplink, "uplink");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(lastSignNanos, "lastSignNanos");
            Objects.requireNonNull(holdDown, "holdDown");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Ask a conversion point through an uplink for a sign of life: an Info request (RFC 8803 §6.2.3), answered with
     * {@link EngineEvent.ProbeAnswered}. The asker gives up by itself after the patience and then says nothing.
     *
     * @param patienceNanos no answer is of use after this
     */
    record ProbePath(String uplink, InetSocketAddress conversionPoint, long patienceNanos, Reason reason)
            implements Decision {
        public ProbePath {
            Objects.requireNonNull(uplink, "uplink");
            Objects.requireNonNull(conversionPoint, "conversionPoint");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Nothing to do for the kernel: the engine has made up its mind about the way to a conversion point, or to the point
     * itself. For the log, for events, and for those who pick conversion points.
     *
     * @param uplink the one that was under suspicion
     */
    record PathVerdict(String uplink, InetSocketAddress conversionPoint, PathState state, Reason reason)
            implements Decision {
        public PathVerdict {
            Objects.requireNonNull(uplink, "uplink");
            Objects.requireNonNull(conversionPoint, "conversionPoint");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** One method per kind of decision, so that the compiler finds the kind that somebody forgot. */
    interface Visitor<R> {
        R visit(CreateSubflow decision);

        R visit(RemoveAddress decision);

        R visit(DestroySubflow decision);

        R visit(SetBackup decision);

        R visit(InspectSubflow decision);

        R visit(UplinkTransition decision);

        R visit(ProbePath decision);

        R visit(PathVerdict decision);
    }
}
