package net.hybridgateway.app.daemon;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import net.hybridgateway.app.relay.GapMeter;
import net.hybridgateway.mgmt.status.BreakStatus;
import net.hybridgateway.scheduler.Reason;

/** One break of an uplink, from the decision that it is one until the traffic is back. One owner thread. */
final class Outage {
    private final String uplink;
    private final Reason reason;
    private final long detectNanos;
    private final long atNanos;
    private final GapMeter gap;
    private final long backupBytesBefore;
    private OptionalLong bytesOnBackup = OptionalLong.empty();
    private Optional<Drain> drain = Optional.empty();

    /**
     * @param detectNanos from the first sign of it to the decision
     * @param backupBytesBefore what the other uplinks had carried when it began
     */
    Outage(String uplink, Reason reason, long detectNanos, long atNanos, GapMeter gap, long backupBytesBefore) {
        this.uplink = uplink;
        this.reason = reason;
        this.detectNanos = detectNanos;
        this.atNanos = atNanos;
        this.gap = gap;
        this.backupBytesBefore = backupBytesBefore;
    }

    String uplink() {
        return uplink;
    }

    boolean over() {
        return bytesOnBackup.isPresent();
    }

    /** The uplink is trusted again. */
    void ended(long backupBytesNow, Drain begun) {
        bytesOnBackup = OptionalLong.of(backupBytesNow - backupBytesBefore);
        drain = Optional.of(begun);
    }

    /** A connection was taken off another uplink. */
    void left(int token, long nowNanos) {
        drain.ifPresent(running -> running.left(token, nowNanos));
    }

    /** The uplink broke again: what still drains will not tell of this one. */
    void brokeAgain(Set<Integer> present) {
        if (drain.isPresent() && drain.get().millis(present).isEmpty()) {
            drain = Optional.empty();
        }
    }

    /**
     * What can be told of it now.
     *
     * @param backupBytesNow what the other uplinks have carried; asked only while the break lasts
     * @param present tokens of the connections that are on on-demand and overflow uplinks
     */
    BreakStatus status(LongSupplier backupBytesNow, Set<Integer> present, Now now) {
        GapMeter.Reading reading = gap.read();
        return new BreakStatus(
                uplink,
                reason.sentence(),
                detectNanos / 1_000_000,
                reading.longestGapMillis(),
                reading.kept(),
                reading.lost(),
                bytesOnBackup.orElseGet(() -> backupBytesNow.getAsLong() - backupBytesBefore),
                now.wallAt(atNanos),
                now.secondsSince(atNanos),
                drain.map(running -> running.millis(present)).orElse(OptionalLong.empty()));
    }
}
