package net.hybridgateway.scheduler;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Applies the kernel's word on subflows to what is known of a connection. What follows from it is decided elsewhere. */
final class SubflowEvents {
    private final UplinkDirectory uplinks;
    private final SubflowClock clock;
    private final SubflowRemover remover;

    SubflowEvents(UplinkDirectory uplinks, SubflowClock clock, Consumer<Decision> decisions) {
        this.uplinks = uplinks;
        this.clock = clock;
        this.remover = new SubflowRemover(clock, decisions);
    }

    /** Its SYN/ACK arrived: of an attempt, or of a subflow that this engine did not ask for. */
    void established(TrackedConnection connection, KernelSubflow seen, long nowNanos) {
        SubflowTuple tuple = seen.tuple();
        if (connection.departed(tuple)
                || find(connection, subflow -> subflow.is(tuple)).isPresent()) {
            return;
        }
        connection.ids().learn(tuple.local().getAddress(), seen.localId());
        Optional<Subflow> attempt = attempt(connection, tuple, SubflowState.CREATING)
                .or(() -> attempt(connection, tuple, SubflowState.WANTED));
        Optional<Subflow> undone = attempt(connection, tuple, SubflowState.CLOSING)
                .filter(subflow -> connection.current(subflow.uplink()).isEmpty());
        if (attempt.isPresent()) {
            clock.joined(attempt.get(), tuple, connection.anyBroken(), nowNanos);
        } else if (undone.isPresent()) {
            remover.destroyUndone(connection, undone.get(), tuple);
        } else {
            adopt(connection, seen, nowNanos);
        }
    }

    /** The kernel's answer to an inspection. */
    void inspected(TrackedConnection connection, SubflowTuple tuple, boolean fullyEstablished, long nowNanos) {
        if (fullyEstablished) {
            find(connection, subflow -> subflow.is(tuple) && subflow.state() == SubflowState.JOINED)
                    .ifPresent(subflow -> subflow.established(nowNanos));
        }
    }

    /**
     * Takes in a subflow that the kernel has without this engine's doing. If its uplink has one already, the newer one
     * stays: the older may be an attempt that was undone, yet whose SYN/ACK was under way.
     */
    void adopt(TrackedConnection connection, KernelSubflow seen, long nowNanos) {
        Optional<UplinkTracker> owner = uplinks.ownerOf(seen.tuple().local().getAddress());
        if (owner.isEmpty()) {
            return;
        }
        connection.current(owner.get()).ifPresent(older -> supersede(connection, older, nowNanos));
        connection.forgetClosed();
        Subflow adopted = new Subflow(
                owner.get(), seen.tuple(), seen.localId(), seen.fullyEstablished(), clock.assumedRttNanos(), nowNanos);
        adopted.backup(seen.backup());
        connection.add(adopted);
    }

    private void supersede(TrackedConnection connection, Subflow older, long nowNanos) {
        switch (older.state()) {
            case JOINED, ESTABLISHED -> remover.destroy(connection, older, Reason.SURPLUS, nowNanos);
            case CREATING -> clock.closing(older, nowNanos);
            case WANTED -> older.closed(nowNanos);
            case BROKEN, REMOVING, CLOSING, CLOSED -> {}
        }
    }

    /**
     * It is gone: by our own decision, by the peer's, or by an error. An attempt is told by its addresses alone, for its
     * port is not known: with an error it is the one under way, without one it is the one that was undone before.
     */
    void closed(TrackedConnection connection, SubflowTuple tuple, OptionalInt errno, long nowNanos) {
        if (connection.departed(tuple)) {
            return;
        }
        Optional<Subflow> underWay = attempt(connection, tuple, SubflowState.CREATING);
        Optional<Subflow> undone = attempt(connection, tuple, SubflowState.CLOSING);
        Optional<Subflow> attempt = errno.isPresent() ? underWay.or(() -> undone) : undone.or(() -> underWay);
        find(connection, subflow -> subflow.is(tuple))
                .or(() -> attempt)
                .ifPresent(subflow -> close(connection, subflow, nowNanos));
        connection.forgetClosed();
    }

    private static Optional<Subflow> attempt(TrackedConnection connection, SubflowTuple tuple, SubflowState state) {
        return find(connection, subflow -> subflow.state() == state && subflow.attempted(tuple));
    }

    private void close(TrackedConnection connection, Subflow subflow, long nowNanos) {
        subflow.tuple().ifPresent(connection::depart);
        switch (subflow.state()) {
            case CREATING -> clock.attemptFailed(subflow, nowNanos);
            case JOINED, ESTABLISHED -> clock.closedByItself(subflow, nowNanos);
            case WANTED, BROKEN, REMOVING, CLOSING -> subflow.closed(nowNanos);
            case CLOSED -> {}
        }
    }

    void createFailed(TrackedConnection connection, String uplink, int localId, long nowNanos) {
        find(
                        connection,
                        subflow -> subflow.state() == SubflowState.CREATING
                                && subflow.localId() == localId
                                && subflow.uplink().name().equals(uplink))
                .ifPresent(subflow -> clock.attemptFailed(subflow, nowNanos));
    }

    /** Makes a known connection what the kernel says it is. Attempts stay: the list need not hold them. */
    void resynchronise(TrackedConnection connection, KernelConnection actual, long nowNanos) {
        Set<SubflowTuple> present = new HashSet<>();
        for (KernelSubflow seen : actual.subflows()) {
            present.add(seen.tuple());
        }
        for (Subflow subflow : connection.subflows()) {
            if (subflow.tuple().filter(tuple -> !present.contains(tuple)).isPresent()) {
                close(connection, subflow, nowNanos);
            }
        }
        connection.forgetClosed();
        for (KernelSubflow seen : actual.subflows()) {
            established(connection, seen, nowNanos);
        }
    }

    private static Optional<Subflow> find(TrackedConnection connection, Predicate<Subflow> wanted) {
        return connection.subflows().stream().filter(wanted).findFirst();
    }
}
