package net.hybridgateway.scheduler;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rights of connections that the kernel has not told of yet: its word and the data plane's come on different ways.
 * Bounded, for a connection that never becomes a Multipath TCP one leaves its entry behind.
 */
final class EarlyRights {
    private static final int MOST = 1024;

    private final Map<Integer, TrafficRights> byToken = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, TrafficRights> eldest) {
            return size() > MOST;
        }
    };

    void put(int token, TrafficRights rights) {
        byToken.put(token, rights);
    }

    Optional<TrafficRights> take(int token) {
        return Optional.ofNullable(byToken.remove(token));
    }
}
