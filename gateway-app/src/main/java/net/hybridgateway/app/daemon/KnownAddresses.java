package net.hybridgateway.app.daemon;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * By what address a connection is known to be one of ours: those of all conversion points, and of the last that were some
 * before. Connections outlive the lease that told where their conversion point is.
 *
 * <p>Thread-safe.
 */
final class KnownAddresses {
    /** An operator who hands out another address with each lease would fill the memory otherwise. */
    static final int MOST_DEPARTED = 512;

    private final LinkedHashSet<InetSocketAddress> departed = new LinkedHashSet<>();
    private Set<InetSocketAddress> current = Set.of();
    private volatile Set<InetSocketAddress> all = Set.of();

    /** The addresses of today. */
    synchronized void replace(Collection<InetSocketAddress> addresses) {
        departed.addAll(current);
        current = Set.copyOf(addresses);
        departed.removeAll(current);
        Iterator<InetSocketAddress> oldest = departed.iterator();
        for (int tooMany = departed.size() - MOST_DEPARTED; tooMany > 0; tooMany--) {
            oldest.next();
            oldest.remove();
        }
        all = Stream.concat(current.stream(), departed.stream()).collect(Collectors.toUnmodifiableSet());
    }

    boolean contains(InetSocketAddress address) {
        return all.contains(address);
    }
}
