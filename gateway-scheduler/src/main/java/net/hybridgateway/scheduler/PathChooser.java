package net.hybridgateway.scheduler;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Chooses the two ends of a new subflow. */
final class PathChooser {
    private PathChooser() {}

    /**
     * A pair of addresses of one family, or empty if there is none.
     *
     * @param failures earlier attempts that failed: each moves on to the next remote address that fits
     */
    static Optional<Subflow.Path> choose(TrackedConnection connection, UplinkTracker uplink, int failures) {
        List<InetSocketAddress> fitting = fitting(connection, uplink);
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        InetSocketAddress remote = fitting.get(failures % fitting.size());
        InetAddress local = source(connection, uplink, remote).orElseThrow();
        OptionalInt id = connection.ids().peek(local);
        return id.isPresent() ? Optional.of(new Subflow.Path(local, id.getAsInt(), remote)) : Optional.empty();
    }

    /** Why {@link #choose} finds nothing. */
    static Optional<SinglePathCause> obstacle(TrackedConnection connection, UplinkTracker uplink) {
        if (choose(connection, uplink, 0).isPresent()) {
            return Optional.empty();
        }
        if (connection.remotes().candidates(uplink.config().reach()).isEmpty()) {
            return Optional.of(SinglePathCause.NO_ADDRESS_ANNOUNCED);
        }
        return Optional.of(
                fitting(connection, uplink).isEmpty()
                        ? SinglePathCause.NO_FITTING_FAMILY
                        : SinglePathCause.ADDRESS_IDS_EXHAUSTED);
    }

    private static List<InetSocketAddress> fitting(TrackedConnection connection, UplinkTracker uplink) {
        return connection.remotes().candidates(uplink.config().reach()).stream()
                .filter(remote -> uplink.reaches(remote)
                        && source(connection, uplink, remote).isPresent())
                .toList();
    }

    /** The best source of the remote's family; one that the connection has used before comes first. */
    private static Optional<InetAddress> source(
            TrackedConnection connection, UplinkTracker uplink, InetSocketAddress remote) {
        Class<? extends InetAddress> family = remote.getAddress().getClass();
        List<? extends InetAddress> sources = uplink.sources(family);
        Optional<? extends InetAddress> known =
                sources.stream().filter(connection.ids()::knows).findFirst();
        return known.<InetAddress>map(address -> address)
                .or(() -> sources.stream().<InetAddress>map(address -> address).findFirst());
    }
}
