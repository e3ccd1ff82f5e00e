package net.hybridgateway.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One connection: its subflows, dead ones included, and the addresses at both ends. */
final class TrackedConnection {
    private final int token;
    private final AddressIds ids = new AddressIds();
    private final RemoteAddresses remotes;
    private final List<Subflow> subflows = new ArrayList<>(2);

    TrackedConnection(int token, RemoteAddresses remotes) {
        this.token = token;
        this.remotes = remotes;
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

    /** In the order in which they came to be. A copy, so that the caller may add and forget. */
    List<Subflow> subflows() {
        return List.copyOf(subflows);
    }

    void add(Subflow subflow) {
        subflows.add(subflow);
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

    /** The best subflow over which the peer can be told something. */
    Optional<Subflow> established() {
        Subflow best = null;
        for (Subflow subflow : subflows) {
            if (subflow.state() == SubflowState.ESTABLISHED
                    && (best == null || subflow.uplink().rank() < best.uplink().rank())) {
                best = subflow;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Whether a subflow is left that carries data, uplinks being what they are now. */
    boolean survives() {
        for (Subflow subflow : subflows) {
            if (subflow.state().carries()
                    && subflow.uplink().serves(subflow.path().local())) {
                return true;
            }
        }
        return false;
    }
}
