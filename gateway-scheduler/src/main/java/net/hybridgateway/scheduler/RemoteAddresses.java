package net.hybridgateway.scheduler;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where subflows of one connection may go: the initial remote address unless the peer denied it (C flag, RFC 8684 §3.1)
 * or withdrew it, and the addresses that it announced. Kept per connection: behind a load balancer the announced address
 * differs from connection to connection.
 */
final class RemoteAddresses {
    private final Optional<InetSocketAddress> initial;
    private final boolean denied;
    private boolean withdrawn;
    private final SortedMap<Integer, InetSocketAddress> announced = new TreeMap<>();

    RemoteAddresses(Optional<InetSocketAddress> initial, boolean denied) {
        this.initial = initial;
        this.denied = denied;
    }

    void announce(int remoteId, InetSocketAddress address) {
        announced.put(remoteId, address);
    }

    void withdraw(int remoteId) {
        announced.remove(remoteId);
        withdrawn |= remoteId == 0;
    }

    /** In order of preference, without duplicates. A denied address stays denied even if it is announced as well. */
    List<InetSocketAddress> candidates() {
        List<InetSocketAddress> candidates = new ArrayList<>(announced.size() + 1);
        initial.filter(address -> !denied && !withdrawn).ifPresent(candidates::add);
        for (InetSocketAddress address : announced.values()) {
            boolean refused = denied && initial.filter(address::equals).isPresent();
            if (!refused && !candidates.contains(address)) {
                candidates.add(address);
            }
        }
        return candidates;
    }
}
