package net.hybridgateway.scheduler;

import java.util.HashSet;
import java.util.Optional;
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
        if (find(connection, subflow -> subflow.is(tuple)).isPresent()) {
            return;
        }
        connection.ids().learn(tuple.local().getAddress(), seen.localId());
        Optional<Subflow> attempt = find(connection, subflow -> subflow.attempted(tuple));
        if (attempt.isPresent()) {
            clock.joined(attempt.get(), tuple, nowNanos);
        } else {
            adopt(connection, seen, nowNanos);
        }
    }

    /** Takes in a subflow that the kernel has without this engine's doing. */
    void adopt(TrackedConnection connection, KernelSubflow seen, long nowNanos) {
        Optional<UplinkTracker> owner = uplinks.ownerOf(seen.tuple().local().getAddress());
        if (owner.isEmpty()) {
            return;
        }
        boolean surplus = connection
                .current(owner.get())
                .filter(subflow -> subflow.state().live())
                .isPresent();
        connection
                .current(owner.get())
                .filter(subflow -> !subflow.state().live())
                .ifPresent(subflow -> {
                    subflow.closed(nowNanos);
                });
        connection.forgetClosed();
        Subflow adopted = new Subflow(
                owner.get(), seen.tuple(), seen.localId(), seen.fullyEstablished(), clock.assumedRttNanos(), nowNanos);
        adopted.backup(seen.backup());
        connection.add(adopted);
        if (surplus) {
            remover.destroy(connection, adopted, Reason.SURPLUS, nowNanos);
        }
    }

    /** It is gone: by our own decision, by the peer's, or by an error. */
    void closed(TrackedConnection connection, SubflowTuple tuple, long nowNanos) {
        find(connection, subflow -> subflow.is(tuple))
                .or(() -> find(
                        connection, subflow -> subflow.state() == SubflowState.CREATING && subflow.attempted(tuple)))
                .ifPresent(subflow -> close(subflow, nowNanos));
        connection.forgetClosed();
    }

    private void close(Subflow subflow, long nowNanos) {
        switch (subflow.state()) {
            case CREATING -> clock.attemptFailed(subflow, nowNanos);
            case JOINED, ESTABLISHED -> clock.closedByItself(subflow, nowNanos);
            case WANTED, BROKEN, REMOVING, CLOSING -> subflow.closed(nowNanos);
            case CLOSED -> {}
        }
    }

    void createFailed(TrackedConnection connection, String uplink, long nowNanos) {
        find(
                        connection,
                        subflow -> subflow.state() == SubflowState.CREATING
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
                close(subflow, nowNanos);
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
