package net.hybridgateway.app.discovery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The leases that hold, and what is wrong with those that do not. Not thread-safe.
 */
final class LeaseBook {
    private final Map<LeaseKey, Lease> held = new LinkedHashMap<>();
    private final Map<LeaseKey, String> refused = new LinkedHashMap<>();

    /**
     * Takes in what was read.
     *
     * @param key what it was to be about
     * @return whether something is different now
     */
    boolean take(LeaseKey key, LeaseReading reading, long nowMillis) {
        if (reading instanceof LeaseReading.Refused problem) {
            return !problem.reason().equals(refused.put(key, problem.reason()));
        }
        boolean changed = refused.remove(key) != null;
        if (reading instanceof LeaseReading.Held now) {
            changed |= !now.lease().equals(held.put(key, now.lease()));
        }
        changed |= expire(nowMillis);
        return changed;
    }

    /** Forgets what is over. Whether there was something. */
    boolean expire(long nowMillis) {
        return held.values().removeIf(lease -> lease.expiresMillis() <= nowMillis);
    }

    /** When the next of them is over, in milliseconds since the boot. */
    OptionalLong nextExpiryMillis() {
        return held.values().stream().mapToLong(Lease::expiresMillis).min();
    }

    List<Lease> held() {
        return List.copyOf(held.values());
    }

    /** Why leases were refused, each with the file, the option and the byte. */
    List<String> refused() {
        return List.copyOf(refused.values());
    }
}
