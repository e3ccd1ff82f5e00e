package net.hybridgateway.mgmt.status;

import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One break of an uplink and what it did to the connections on it.
 *
 * @param reason one sentence
 * @param detectMillis from the first sign of the break to the decision that it is one
 * @param gapMillis the longest time in which a connection that was kept made no progress; empty until known
 * @param kept connections that went on over another uplink
 * @param lost connections that ended
 * @param bytesOnBackup carried by less preferred uplinks until the return
 * @param at when it was decided, by the wall clock as it goes now
 * @param agoSeconds the same as an age
 * @param drainMillis from the return until the last connection was taken off the on-demand and overflow uplinks; empty
 *     until that is so, and if the uplink broke again before
 */
public record BreakStatus(
        String uplink,
        String reason,
        long detectMillis,
        OptionalLong gapMillis,
        int kept,
        int lost,
        long bytesOnBackup,
        Instant at,
        long agoSeconds,
        OptionalLong drainMillis) {
    public BreakStatus {
        Objects.requireNonNull(uplink, "uplink");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(gapMillis, "gapMillis");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(drainMillis, "drainMillis");
    }
}
