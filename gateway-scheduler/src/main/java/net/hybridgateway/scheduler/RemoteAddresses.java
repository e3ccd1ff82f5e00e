package net.hybridgateway.scheduler;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where subflows of one connection may go: the initial remote address unless the peer denied it (C flag, RFC 8684 §3.1)
 * or withdrew it, the addresses that it announced, and those that are known to be the same host's. Kept per connection:
 * behind a load balancer the announced address differs from connection to connection.
 */
final class RemoteAddresses {
    private final Optional<InetSocketAddress> initial;
    private final boolean denied;
    private final List<InetSocketAddress> known;
    private boolean withdrawn;
    private final SortedMap<Integer, InetSocketAddress> announced = new TreeMap<>();

    /** @param known addresses that nobody announced in this connection */
    RemoteAddresses(Optional<InetSocketAddress> initial, boolean denied, List<InetSocketAddress> known) {
        this.initial = initial;
        this.denied = denied;
        this.known = List.copyOf(known);
    }

    void announce(int remoteId, InetSocketAddress address) {
        announced.put(remoteId, address);
    }

    void withdraw(int remoteId) {
        announced.remove(remoteId);
        withdrawn |= remoteId == 0;
    }

    /**
     * In the order in which a network of that reach is likely to lead to them, without duplicates. A denied address stays
     * denied even if it is announced as well, and who denies it wants to say itself where to go.
     */
    List<InetSocketAddress> candidates(UplinkReach reach) {
        List<InetSocketAddress> proper = proper();
        List<InetSocketAddress> others = denied ? List.of() : known;
        List<InetSocketAddress> candidates = new ArrayList<>(proper.size() + others.size());
        for (boolean suits : new boolean[] {true, false}) {
            for (List<InetSocketAddress> source : List.of(proper, others)) {
                source.stream()
                        .filter(address -> reach.suits(address.getAddress()) == suits && !candidates.contains(address))
                        .forEach(candidates::add);
            }
        }
        return candidates;
    }

    private List<InetSocketAddress> proper() {
        List<InetSocketAddress> proper = new ArrayList<>(announced.size() + 1);
        initial.filter(address -> !denied && !withdrawn).ifPresent(proper::add);
        for (InetSocketAddress address : announced.values()) {
            boolean refused = denied && initial.filter(address::equals).isPresent();
            if (!refused) {
                proper.add(address);
            }
        }
        return proper;
    }
}
