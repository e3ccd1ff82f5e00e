package net.hybridgateway.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says over which uplinks a connection should run, from what the uplinks are and what the connection has. Decides
 * nothing about the steps that lead there.
 */
final class SubflowPlanner {
    private final List<UplinkTracker> uplinks;
    private final UsePolicy usePolicy;

    /** @param uplinks most preferred first; looked at anew each time */
    SubflowPlanner(List<UplinkTracker> uplinks, UsePolicy usePolicy) {
        this.uplinks = uplinks;
        this.usePolicy = usePolicy;
    }

    /** The uplinks that are trusted, and those that carry the connection anyway; most preferred first. */
    List<UplinkTracker> trusted(TrackedConnection connection) {
        return inService(connection, false);
    }

    /** Those, and the uplinks that just came back: for a connection that nothing else carries. */
    List<UplinkTracker> trustedOrBack(TrackedConnection connection) {
        return inService(connection, true);
    }

    private List<UplinkTracker> inService(TrackedConnection connection, boolean justBackToo) {
        List<UplinkTracker> inService = new ArrayList<>(uplinks.size());
        for (UplinkTracker uplink : uplinks) {
            boolean justBack = uplink.state() == UplinkState.HOLD_DOWN;
            boolean live = isLive(connection.current(uplink));
            boolean allowed = live ? usePolicy.mayStay(connection, uplink) : usePolicy.mayJoin(connection, uplink);
            if (allowed && (uplink.state() == UplinkState.ONLINE || (justBack && (justBackToo || live)))) {
                inService.add(uplink);
            }
        }
        return inService;
    }

    private static boolean isLive(Optional<Subflow> subflow) {
        return subflow.filter(present -> present.state().live()).isPresent();
    }

    /** Whether some uplink carries the connection, or is likely to in a moment. */
    boolean anyPromising(TrackedConnection connection, List<UplinkTracker> inService, long nowNanos) {
        return inService.stream().anyMatch(uplink -> promising(connection, uplink, nowNanos));
    }

    private static boolean promising(TrackedConnection connection, UplinkTracker uplink, long nowNanos) {
        Optional<Subflow> current = connection.current(uplink);
        if (current.isEmpty()) {
            return PathChooser.choose(connection, uplink, 0).isPresent();
        }
        return current.get().state().carries() || current.get().expected(nowNanos);
    }

    /** Those of the uplinks in service that should have a subflow. */
    List<UplinkTracker> wanted(TrackedConnection connection, List<UplinkTracker> inService, long nowNanos) {
        List<UplinkTracker> promising = inService.stream()
                .filter(uplink -> promising(connection, uplink, nowNanos))
                .toList();
        return inService.stream()
                .filter(uplink -> promising.stream().noneMatch(other -> makesNeedless(connection, other, uplink)))
                .toList();
    }

    /** Whether a connection that one uplink carries has no need of the other. */
    private boolean makesNeedless(TrackedConnection connection, UplinkTracker carrying, UplinkTracker other) {
        if (carrying == other) {
            return false;
        }
        boolean preferred = carrying.rank() < other.rank();
        boolean carryingOnlyWhenNeeded = usePolicy.use(connection, carrying).onlyWhenNeeded();
        if (usePolicy.use(connection, other).onlyWhenNeeded()) {
            return preferred || !carryingOnlyWhenNeeded;
        }
        // One that is itself only used when needed is not, with the other at hand: they must not rule each other out.
        return preferred && !carryingOnlyWhenNeeded && carrying.sharesFateWith(other);
    }
}
