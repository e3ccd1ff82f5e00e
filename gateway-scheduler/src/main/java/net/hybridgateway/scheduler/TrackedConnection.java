package net.hybridgateway.scheduler;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One connection: its subflows, dead ones included, and the addresses at both ends. */
final class TrackedConnection {
    private static final int REMEMBERED_TUPLES = 8;

    private final int token;
    private final boolean toServer;
    private final AddressIds ids = new AddressIds();
    private final RemoteAddresses remotes;
    private final List<Subflow> subflows = new ArrayList<>(2);
    /** The last tuples that are known to be gone: words on them that come late, as after lost events, mean nothing. */
    private final Deque<SubflowTuple> departed = new ArrayDeque<>(0);

    private TrafficRights rights = TrafficRights.NORMAL;
    private boolean classified;

    /** @param toServer whether the peer is a server and no conversion point */
    TrackedConnection(int token, boolean toServer, RemoteAddresses remotes) {
        this.token = token;
        this.toServer = toServer;
        this.remotes = remotes;
    }

    boolean toServer() {
        return toServer;
    }

    int token() {
        return token;
    }

    AddressIds ids() {
        return ids;
    }

    RemoteAddresses remotes() {
        return remotes;
    }

    TrafficRights rights() {
        return rights;
    }

    boolean classified() {
        return classified;
    }

    void classify(TrafficRights to) {
        rights = to;
        classified = true;
    }

    /** In the order in which they came to be. A copy, so that the caller may add and forget. */
    List<Subflow> subflows() {
        return List.copyOf(subflows);
    }

    void add(Subflow subflow) {
        subflows.add(subflow);
    }

    void depart(SubflowTuple tuple) {
        if (departed.size() == REMEMBERED_TUPLES) {
            departed.removeFirst();
        }
        departed.addLast(tuple);
    }

    boolean departed(SubflowTuple tuple) {
        return departed.contains(tuple);
    }

    void forgetClosed() {
        subflows.removeIf(subflow -> subflow.state() == SubflowState.CLOSED);
    }

    /** The subflow of an uplink that is wanted or live. There is at most one. */
    Optional<Subflow> current(UplinkTracker uplink) {
        for (Subflow subflow : subflows) {
            if (subflow.uplink() == uplink
                    && (subflow.state() == SubflowState.WANTED
                            || subflow.state().live())) {
                return Optional.of(subflow);
            }
        }
        return Optional.empty();
    }

    /** Whether there is a subflow over which the peer can be told something. */
    boolean anyEstablished() {
        return any(subflow -> subflow.state() == SubflowState.ESTABLISHED);
    }

    /** Whether a subflow waits until the peer can be told that it is dead. */
    boolean anyBroken() {
        return any(subflow -> subflow.state() == SubflowState.BROKEN);
    }

    private boolean any(Predicate<Subflow> wanted) {
        return subflows.stream().anyMatch(wanted);
    }

    /** Whether a subflow is left that carries data, uplinks being what they are now. */
    boolean survives() {
        return any(subflow -> subflow.state().carries() && subflow.served());
    }
}
