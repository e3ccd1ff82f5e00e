package net.hybridgateway.scheduler;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Takes one connection a step nearer to what it should have. Called whenever anything about it may have changed, time
 * included; calling once too often changes nothing.
 */
final class ConnectionReconciler {
    private final UsePolicy usePolicy;
    private final SubflowPlanner planner;
    private final CreationPacer pacer;
    private final SubflowClock clock;
    private final SubflowRemover remover;
    private final Consumer<Decision> decisions;

    ConnectionReconciler(
            UsePolicy usePolicy,
            SubflowPlanner planner,
            CreationPacer pacer,
            SubflowClock clock,
            Consumer<Decision> decisions) {
        this.usePolicy = usePolicy;
        this.planner = planner;
        this.pacer = pacer;
        this.clock = clock;
        this.remover = new SubflowRemover(clock, decisions);
        this.decisions = decisions;
    }

    /** Returns when to call again if nothing happens before. */
    OptionalLong reconcile(TrackedConnection connection, long nowNanos) {
        for (Subflow subflow : connection.subflows()) {
            advance(connection, subflow, nowNanos);
            pacer.look(subflow);
        }
        List<UplinkTracker> wanted = plan(connection, nowNanos);
        for (UplinkTracker uplink : wanted) {
            createIfMissing(connection, uplink, nowNanos);
        }
        for (Subflow subflow : connection.subflows()) {
            if (wanted.contains(subflow.uplink()) && !usePolicy.helps(connection, subflow.uplink())) {
                subflow.helps(false);
            }
            alignBackup(connection, subflow, nowNanos);
            // Not before its time: two uplinks that refuse at once would forget their failures in turn, and never
            // pause.
            if (subflow.state() == SubflowState.WANTED && !wanted.contains(subflow.uplink()) && subflow.due(nowNanos)) {
                subflow.closed(nowNanos);
            }
        }
        remover.retire(connection, wanted, nowNanos);
        connection.forgetClosed();
        return deadline(connection, nowNanos);
    }

    /** What time, and the uplinks, have done to a subflow. */
    private void advance(TrackedConnection connection, Subflow subflow, long nowNanos) {
        boolean served = subflow.served();
        boolean sends = subflow.state().live() || subflow.state() == SubflowState.BROKEN;
        if (served && sends && !usePolicy.mayStay(connection, subflow.uplink())) {
            remover.forbid(connection, subflow, nowNanos);
            return;
        }
        switch (subflow.state()) {
            case WANTED -> {
                if (subflow.uplink().sources().isEmpty()) {
                    subflow.closed(nowNanos);
                }
            }
            case CREATING -> {
                if (!served) {
                    remover.undo(connection, subflow);
                    clock.closing(subflow, nowNanos);
                } else if (subflow.due(nowNanos)) {
                    remover.undo(connection, subflow);
                    clock.attemptFailed(subflow, nowNanos);
                }
            }
            case JOINED, ESTABLISHED -> {
                if (!served) {
                    subflow.broken(nowNanos);
                } else if (subflow.due(nowNanos)) {
                    establish(connection, subflow, nowNanos);
                }
            }
            case CLOSING -> {
                if (subflow.due(nowNanos)) {
                    subflow.closed(nowNanos);
                }
            }
            case BROKEN, REMOVING, CLOSED -> {}
        }
    }

    /**
     * A round trip after the SYN/ACK, a subflow is fully established. Where a dead one waits for that, the kernel is asked:
     * a moment too early, and REMOVE_ADDR is sent into the dead one; later, and the gap grows.
     */
    private void establish(TrackedConnection connection, Subflow joined, long nowNanos) {
        if (joined.state() == SubflowState.JOINED && connection.anyBroken() && clock.mayInspect(joined)) {
            decisions.accept(new Decision.InspectSubflow(
                    connection.token(),
                    joined.knownTuple(),
                    joined.boundTo(),
                    joined.uplink().name(),
                    Reason.PEER_MUST_KNOW));
            clock.inspected(joined, nowNanos);
        } else {
            joined.established(nowNanos);
        }
    }

    private List<UplinkTracker> plan(TrackedConnection connection, long nowNanos) {
        List<UplinkTracker> inService = planner.trusted(connection);
        revive(connection, inService, nowNanos);
        if (!planner.anyPromising(connection, inService, nowNanos)) {
            inService = planner.trustedOrBack(connection);
            revive(connection, inService, nowNanos);
        }
        return planner.wanted(connection, inService, nowNanos);
    }

    /** A subflow that was broken for a moment only is as good as before; an old one is better than none. */
    private void revive(TrackedConnection connection, List<UplinkTracker> inService, long nowNanos) {
        for (Subflow subflow : connection.subflows()) {
            if (subflow.state() == SubflowState.BROKEN
                    && !subflow.peerTold()
                    && inService.contains(subflow.uplink())
                    && subflow.served()
                    && connection.current(subflow.uplink()).isEmpty()
                    && (clock.mayRevive(subflow, nowNanos) || !replaceable(connection, subflow))) {
                subflow.established(nowNanos);
            }
        }
    }

    private static boolean replaceable(TrackedConnection connection, Subflow subflow) {
        return PathChooser.choose(connection, subflow.uplink(), 0).isPresent();
    }

    private void createIfMissing(TrackedConnection connection, UplinkTracker uplink, long nowNanos) {
        Optional<Subflow> current = connection.current(uplink);
        boolean waits = current.filter(subflow -> subflow.state() != SubflowState.WANTED || !subflow.due(nowNanos))
                .isPresent();
        if (waits) {
            return;
        }
        int failures = current.map(Subflow::failures).orElse(0);
        Optional<Subflow.Path> chosen = PathChooser.choose(connection, uplink, failures);
        if (chosen.isEmpty() || !pacer.admits(uplink, connection.token(), nowNanos)) {
            return;
        }
        Subflow.Path path = chosen.get();
        Subflow subflow = current.orElseGet(() -> {
            Subflow added = new Subflow(uplink, path, clock.assumedRttNanos(), nowNanos);
            connection.add(added);
            return added;
        });
        create(connection, subflow, path, nowNanos);
    }

    private void create(TrackedConnection connection, Subflow subflow, Subflow.Path path, long nowNanos) {
        remover.makeRoom(connection, path.localId(), nowNanos);
        connection.ids().learn(path.local(), path.localId());
        UplinkTracker uplink = subflow.uplink();
        boolean backup = usePolicy.backup(connection, uplink);
        subflow.helps(usePolicy.helps(connection, uplink));
        clock.attempt(subflow, path, backup, nowNanos);
        pacer.created(subflow, nowNanos);
        uplink.used(nowNanos);
        Reason reason = reasonToCreate(connection, subflow);
        subflow.decided(reason);
        decisions.accept(new Decision.CreateSubflow(
                connection.token(),
                uplink.name(),
                path.local(),
                path.localId(),
                uplink.interfaceIndex(),
                path.remote(),
                backup,
                reason));
    }

    private Reason reasonToCreate(TrackedConnection connection, Subflow subflow) {
        if (subflow.failures() > 0) {
            return Reason.TRIED_AGAIN;
        }
        if (subflow.helps()) {
            return Reason.SATURATED;
        }
        return switch (usePolicy.use(connection, subflow.uplink())) {
            case ALWAYS -> Reason.SHARES_LOAD;
            case STANDBY -> Reason.STANDS_BY;
            case ON_DEMAND, OVERFLOW -> Reason.PREFERRED_BROKE;
        };
    }

    /**
     * MP_CAPABLE has no backup bit: an initial subflow on a backup uplink is made backup once it is established. Nobody
     * acknowledges MP_PRIO, and a full line may drop it: it is said again.
     */
    private void alignBackup(TrackedConnection connection, Subflow subflow, long nowNanos) {
        if (subflow.state() != SubflowState.ESTABLISHED) {
            return;
        }
        boolean should = usePolicy.backup(connection, subflow.uplink());
        boolean changes = subflow.backup() != should;
        if (changes) {
            subflow.priorityTold(OptionalLong.empty());
        } else if (!subflow.priorityDue(nowNanos)) {
            return;
        }
        Reason reason = should ? Reason.STARTED_ON_BACKUP : Reason.STARTED_ON_PREFERRED;
        if (subflow.helps()) {
            reason = usePolicy.helpReason(connection).orElse(reason);
        }
        subflow.backup(should);
        subflow.decided(reason);
        clock.priorityTold(subflow, nowNanos);
        decisions.accept(new Decision.SetBackup(
                connection.token(),
                subflow.knownTuple(),
                subflow.localId(),
                subflow.uplink().name(),
                should,
                reason));
    }

    private OptionalLong deadline(TrackedConnection connection, long nowNanos) {
        OptionalLong deadline = OptionalLong.empty();
        for (Subflow subflow : connection.subflows()) {
            deadline = Deadlines.earlier(deadline, subflow.deadlineNanos(clock.quietNanos(), nowNanos));
        }
        return deadline;
    }
}
