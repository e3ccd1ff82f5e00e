package net.hybridgateway.mgmt.mqtt;

import java.util.HashMap;
import java.util.Map;

/** Remembers the ids of commands for as long as they are valid, so that each is carried out once. */
final class ReplayGuard {
    static final int MOST = 256;

    /** What became of an id. */
    enum Verdict {
        NEW,
        SEEN,
        /** Too many ids are remembered; to forget one of them early would let it be replayed. */
        FULL
    }

    private final Map<String, Long> untilNanos = new HashMap<>();

    /** Judges an id, and remembers it if it is new. */
    Verdict admit(String id, long validUntilNanos, long nowNanos) {
        untilNanos.values().removeIf(until -> nowNanos - until >= 0);
        if (untilNanos.containsKey(id)) {
            return Verdict.SEEN;
        }
        if (untilNanos.size() >= MOST) {
            return Verdict.FULL;
        }
        untilNanos.put(id, validUntilNanos);
        return Verdict.NEW;
    }
}
