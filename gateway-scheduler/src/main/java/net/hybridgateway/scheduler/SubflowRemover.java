package net.hybridgateway.scheduler;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Takes subflows away, in the one order that works: REMOVE_ADDR over an established subflow, so that the peer lets go and
 * reinjects at once, and SUBFLOW_DESTROY right behind it, so that this kernel reinjects at once and sends nothing more
 * into the dead one; REMOVE_ADDR cannot follow it, for destroying deletes the kernel's address entry. Without an
 * established subflow a dead one is left alone: as long as the kernel has any, it does not give the connection up.
 */
final class SubflowRemover {
    private final SubflowClock clock;
    private final Consumer<Decision> decisions;

    SubflowRemover(SubflowClock clock, Consumer<Decision> decisions) {
        this.clock = clock;
        this.decisions = decisions;
    }

    /** The next step for every subflow that is dead or no longer needed. */
    void retire(TrackedConnection connection, List<UplinkTracker> wanted, long nowNanos) {
        for (Subflow subflow : connection.subflows()) {
            if (subflow.state() == SubflowState.ESTABLISHED) {
                retireNeedless(connection, subflow, wanted, nowNanos);
            } else if (subflow.state() == SubflowState.CREATING && needless(connection, subflow, wanted)) {
                undo(connection, subflow);
                clock.closing(subflow, nowNanos);
            }
        }
        boolean peerCanBeTold = connection.anyEstablished();
        for (Subflow subflow : connection.subflows()) {
            if (subflow.state().dead() && peerCanBeTold) {
                retireDead(connection, subflow, nowNanos);
            } else if (subflow.state().dead()) {
                giveUpTelling(subflow, nowNanos);
            }
        }
    }

    private void retireDead(TrackedConnection connection, Subflow dead, long nowNanos) {
        if (dead.state() == SubflowState.BROKEN) {
            // Twice, for nobody acknowledges it, and after the destruction it cannot be said any more.
            remove(connection, dead, Reason.PEER_MUST_KNOW);
            remove(connection, dead, Reason.PEER_TOLD_AGAIN);
            destroy(connection, dead, Reason.DEAD, nowNanos);
        } else if (dead.due(nowNanos)) {
            destroy(connection, dead, Reason.NO_LONGER_NEEDED, nowNanos);
        }
    }

    private static void giveUpTelling(Subflow dead, long nowNanos) {
        if (dead.state() == SubflowState.REMOVING) {
            dead.broken(nowNanos);
        }
    }

    private void retireNeedless(
            TrackedConnection connection, Subflow subflow, List<UplinkTracker> wanted, long nowNanos) {
        if (!needless(connection, subflow, wanted)) {
            subflow.needlessSince(OptionalLong.empty());
        } else if (subflow.needlessSinceNanos().isEmpty()) {
            subflow.needlessSince(OptionalLong.of(nowNanos));
        }
        if (clock.quietIsOver(subflow, nowNanos)) {
            remove(connection, subflow, Reason.NO_LONGER_NEEDED);
            clock.removingInOrder(subflow, nowNanos);
            subflow.needlessSince(OptionalLong.empty());
        }
    }

    /** Whether nobody wants the subflow, and another that is wanted stands. */
    private static boolean needless(TrackedConnection connection, Subflow subflow, List<UplinkTracker> wanted) {
        return !wanted.contains(subflow.uplink())
                && connection.subflows().stream()
                        .anyMatch(
                                other -> other.state() == SubflowState.ESTABLISHED && wanted.contains(other.uplink()));
    }

    /** An attempt whose port is not known can only be called off through its address id. */
    void undo(TrackedConnection connection, Subflow creating) {
        remove(connection, creating, Reason.ATTEMPT_UNDONE);
    }

    /** A subflow that may not go on: the peer is told, and nothing more is sent here, whether another carries or not. */
    void forbid(TrackedConnection connection, Subflow subflow, long nowNanos) {
        remove(connection, subflow, Reason.NOT_ALLOWED);
        if (subflow.state() == SubflowState.CREATING) {
            clock.closing(subflow, nowNanos);
        } else {
            destroy(connection, subflow, Reason.NOT_ALLOWED, nowNanos);
        }
    }

    /** The attempt was called off, but its SYN/ACK was under way already. */
    void destroyUndone(TrackedConnection connection, Subflow undone, SubflowTuple tuple) {
        undone.named(tuple);
        announceDestruction(connection, undone, Reason.ATTEMPT_UNDONE);
    }

    /** Destroys what is dead on an address before a new subflow starts from it: the id is the same. */
    void makeRoom(TrackedConnection connection, int localId, long nowNanos) {
        for (Subflow subflow : connection.subflows()) {
            if (subflow.state().dead() && subflow.localId() == localId) {
                destroy(connection, subflow, Reason.REPLACED, nowNanos);
            }
        }
    }

    void destroy(TrackedConnection connection, Subflow subflow, Reason reason, long nowNanos) {
        announceDestruction(connection, subflow, reason);
        clock.closing(subflow, nowNanos);
    }

    private void announceDestruction(TrackedConnection connection, Subflow subflow, Reason reason) {
        subflow.decided(reason);
        decisions.accept(new Decision.DestroySubflow(
                connection.token(),
                subflow.knownTuple(),
                subflow.localId(),
                subflow.uplink().name(),
                reason));
    }

    private void remove(TrackedConnection connection, Subflow subflow, Reason reason) {
        subflow.decided(reason);
        decisions.accept(new Decision.RemoveAddress(
                connection.token(), subflow.localId(), subflow.uplink().name(), reason));
    }
}
