package net.hybridgateway.app.daemon;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import net.hybridgateway.app.relay.GapMeter;
import net.hybridgateway.mgmt.status.BreakStatus;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.UplinkState;

/** The last breaks of uplinks and what they did to the connections. One owner thread. */
final class BreakLog {
    private static final int KEPT = 20;

    /**
     * A break under observation.
     *
     * @param detectMillis from the kernel's first word of it to the decision
     * @param backupBytesBefore what the other uplinks had carried when it began
     */
    private record Entry(
            String uplink,
            String reason,
            long detectMillis,
            GapMeter gap,
            long backupBytesBefore,
            OptionalLong bytesOnBackup) {
        Entry ended(long backupBytesNow) {
            return bytesOnBackup.isPresent()
                    ? this
                    : new Entry(
                            uplink,
                            reason,
                            detectMillis,
                            gap,
                            backupBytesBefore,
                            OptionalLong.of(backupBytesNow - backupBytesBefore));
        }
    }

    private final Deque<Entry> entries = new ArrayDeque<>();

    /** Where the meter of a new break and the byte counts come from. */
    interface Sources {
        GapMeter startGapMeter(String uplink);

        /** Bytes that all uplinks but this one have carried so far. */
        long bytesOfOthers(String uplink);
    }

    private final Sources sources;

    BreakLog(Sources sources) {
        this.sources = sources;
    }

    /** Notes the beginnings and ends of breaks; other transitions do not concern it. */
    void onTransition(Decision.UplinkTransition transition, long detectNanos) {
        String uplink = transition.uplink();
        if (transition.from() == UplinkState.ONLINE) {
            entries.addFirst(new Entry(
                    uplink,
                    transition.reason().sentence(),
                    detectNanos / 1_000_000,
                    sources.startGapMeter(uplink),
                    sources.bytesOfOthers(uplink),
                    OptionalLong.empty()));
            if (entries.size() > KEPT) {
                entries.removeLast();
            }
        } else if (transition.to() == UplinkState.ONLINE) {
            long now = sources.bytesOfOthers(uplink);
            List<Entry> all = new ArrayList<>(entries);
            entries.clear();
            all.forEach(entry -> entries.addLast(entry.uplink().equals(uplink) ? entry.ended(now) : entry));
        }
    }

    /** The breaks, newest first. */
    List<BreakStatus> statuses() {
        return entries.stream().map(this::status).toList();
    }

    private BreakStatus status(Entry entry) {
        GapMeter.Reading reading = entry.gap().read();
        return new BreakStatus(
                entry.uplink(),
                entry.reason(),
                entry.detectMillis(),
                reading.longestGapMillis(),
                reading.kept(),
                reading.lost(),
                entry.bytesOnBackup()
                        .orElseGet(() -> sources.bytesOfOthers(entry.uplink()) - entry.backupBytesBefore()));
    }
}
