package net.hybridgateway.app.daemon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.hybridgateway.app.relay.GapMeter;
import net.hybridgateway.mgmt.status.BreakStatus;
import net.hybridgateway.scheduler.Decision;

/** The last breaks of uplinks and what they did to the connections. One owner thread. */
final class BreakLog {
    private static final int KEPT = 20;

    private final Deque<Outage> outages = new ArrayDeque<>();

    /** Where the meter of a new break, the byte counts and the connections come from. */
    interface Sources {
        GapMeter startGapMeter(String uplink);

        /** Bytes that all uplinks but this one have carried so far. */
        long bytesOfOthers(String uplink);

        /** Tokens of the connections that have a subflow on an on-demand or overflow uplink. */
        Set<Integer> connectionsOnBackup();
    }

    private final Sources sources;

    BreakLog(Sources sources) {
        this.sources = sources;
    }

    /** An uplink that carried connections broke. */
    Outage begin(Decision.UplinkTransition transition, long detectNanos, long nowNanos) {
        String uplink = transition.uplink();
        Set<Integer> present = sources.connectionsOnBackup();
        outages.stream().filter(outage -> outage.uplink().equals(uplink)).forEach(outage -> outage.brokeAgain(present));
        Outage outage = new Outage(
                uplink,
                transition.reason(),
                detectNanos,
                nowNanos,
                sources.startGapMeter(uplink),
                sources.bytesOfOthers(uplink));
        outages.addFirst(outage);
        if (outages.size() > KEPT) {
            outages.removeLast();
        }
        return outage;
    }

    /** An uplink is trusted again. */
    void end(String uplink, long nowNanos) {
        outages.stream()
                .filter(outage -> outage.uplink().equals(uplink) && !outage.over())
                .forEach(outage -> outage.ended(
                        sources.bytesOfOthers(uplink), new Drain(sources.connectionsOnBackup(), nowNanos)));
    }

    /** A connection was taken off an uplink that it does not need any more. */
    void left(int token, long nowNanos) {
        outages.forEach(outage -> outage.left(token, nowNanos));
    }

    /** The breaks, newest first. */
    List<BreakStatus> statuses(Now now) {
        return outages.stream().map(statusAt(now)).toList();
    }

    /** What can be told of any break at one moment. */
    Function<Outage, BreakStatus> statusAt(Now now) {
        Set<Integer> present = sources.connectionsOnBackup();
        return outage -> outage.status(() -> sources.bytesOfOthers(outage.uplink()), present, now);
    }
}
