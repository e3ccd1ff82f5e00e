package net.hybridgateway.scheduler;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns the engine's state into an {@link EngineSnapshot}. */
final class SnapshotBuilder {
    private final UplinkDirectory uplinks;
    private final PathWatch pathWatch;
    private final Collection<TrackedConnection> connections;

    SnapshotBuilder(UplinkDirectory uplinks, PathWatch pathWatch, Collection<TrackedConnection> connections) {
        this.uplinks = uplinks;
        this.pathWatch = pathWatch;
        this.connections = connections;
    }

    EngineSnapshot build(long nowNanos) {
        int[] carrying = new int[uplinks.ranked().size()];
        for (TrackedConnection connection : connections) {
            for (Subflow subflow : connection.subflows()) {
                if (subflow.state().carries()) {
                    carrying[subflow.uplink().rank()]++;
                }
            }
        }
        List<EngineSnapshot.UplinkView> uplinkViews = uplinks.ranked().stream()
                .filter(uplink -> !uplink.retired() || carrying[uplink.rank()] > 0)
                .map(uplink -> view(uplink, carrying[uplink.rank()], nowNanos))
                .toList();
        return new EngineSnapshot(
                uplinkViews, connections.stream().map(this::view).toList());
    }

    private EngineSnapshot.UplinkView view(UplinkTracker uplink, int subflows, long nowNanos) {
        OptionalLong deadline =
                uplink.state() == UplinkState.HOLD_DOWN ? uplink.deadlineNanos(nowNanos) : OptionalLong.empty();
        long leftNanos = deadline.isPresent() ? Math.max(0, deadline.getAsLong() - nowNanos) : 0;
        OptionalLong suspectSince = pathWatch.suspectSinceNanos(uplink);
        return new EngineSnapshot.UplinkView(
                uplink.config(),
                uplink.state(),
                uplink.lastReason(),
                nowNanos - uplink.stateSinceNanos(),
                leftNanos,
                uplink.holdDown(nowNanos),
                suspectSince.isPresent() ? OptionalLong.of(nowNanos - suspectSince.getAsLong()) : OptionalLong.empty(),
                uplink.interfaceIndex(),
                uplink.sources(),
                subflows,
                uplink.mayWake(nowNanos));
    }

    private EngineSnapshot.ConnectionView view(TrackedConnection connection) {
        List<EngineSnapshot.SubflowView> subflows =
                connection.subflows().stream().map(SnapshotBuilder::view).toList();
        return new EngineSnapshot.ConnectionView(
                connection.token(), subflows, connection.rights(), singlePath(connection));
    }

    private static EngineSnapshot.SubflowView view(Subflow subflow) {
        return new EngineSnapshot.SubflowView(
                subflow.uplink().name(),
                subflow.state(),
                subflow.path().local(),
                subflow.localId(),
                subflow.path().remote(),
                subflow.tuple(),
                subflow.backup(),
                subflow.failures(),
                subflow.reason());
    }

    /** Asked of on-demand uplinks as well: it is good to know before a break that it will not be survived. */
    private Optional<SinglePathCause> singlePath(TrackedConnection connection) {
        return uplinks.ranked().stream()
                .filter(uplink -> uplink.state() == UplinkState.ONLINE)
                .filter(uplink -> connection.current(uplink).isEmpty())
                .flatMap(uplink -> PathChooser.obstacle(connection, uplink).stream())
                .findFirst();
    }
}
