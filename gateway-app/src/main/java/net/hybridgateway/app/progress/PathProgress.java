package net.hybridgateway.app.progress;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.progress.PathJudge;
import net.hybridgateway.scheduler.progress.Stall;

/**
 * What is known of the progress on all paths: collects it from the loops and from attempts to connect, and tells the
 * listener what changes. Thread-safe.
 */
public final class PathProgress {
    /** Behind a load balancer every connection may have an address of its own. */
    private static final int MOST_PATHS = 256;

    /** Queues come and go with the traffic that makes them: an older round-trip time says nothing about them. */
    private static final long RTT_LASTS_NANOS = 2_000_000_000L;

    private final Map<UplinkPath, PathJudge> judges = new ConcurrentHashMap<>();
    private final PathRtts rtts = new PathRtts();
    private final PathListener listener;
    private volatile UplinkAddresses addresses = UplinkAddresses.NONE;

    public PathProgress(PathListener listener) {
        this.listener = listener;
    }

    /** The uplinks and their addresses, most preferred first. Called by one thread at a time. */
    public void publishPaths(List<InitialPath> paths) {
        addresses = addresses.followedBy(paths);
    }

    UplinkAddresses addresses() {
        return addresses;
    }

    /** The round-trip times of all paths. */
    public PathRtts rtts() {
        return rtts;
    }

    /**
     * A SYN/ACK has not come in time, or whatever else was the first word to come. To be called again as long as it does not
     * come, each time that one more wait was in vain: if something else came over the path meanwhile, nothing is said.
     *
     * @param sinceNanos when the SYN was sent
     */
    public void dialOverdue(String uplink, InetSocketAddress conversionPoint, long sinceNanos, long nowNanos) {
        long waited = Math.max(1, nowNanos - sinceNanos);
        long answer = rtts.of(uplink, conversionPoint).map(PathRtt::answerNanos).orElse(waited);
        stalled(
                new UplinkPath(uplink, conversionPoint),
                new Stall(Stall.Cause.UNACKNOWLEDGED, sinceNanos, waited, Math.max(1, answer)),
                nowNanos);
    }

    /** A SYN/ACK came: the path works. */
    public void dialAnswered(String uplink, InetSocketAddress conversionPoint, long nowNanos) {
        progressed(new UplinkPath(uplink, conversionPoint), nowNanos);
    }

    /** Whether nothing is known to have come over a path since that moment. */
    public boolean isSilentSince(String uplink, InetSocketAddress conversionPoint, long nanos) {
        PathJudge judge = judge(new UplinkPath(uplink, conversionPoint));
        synchronized (judge) {
            return !judge.movedSince(nanos);
        }
    }

    // The listener is called under the judge's lock: two loops must not tell of a stall and of its end in the wrong
    // order.

    PathJudge.Verdict stalled(UplinkPath path, Stall stall, long nowNanos) {
        PathJudge judge = judge(path);
        synchronized (judge) {
            PathJudge.Verdict verdict = judge.stalled(stall, nowNanos);
            if (verdict == PathJudge.Verdict.SUSPECT) {
                listener.pathStalled(
                        path.uplink(),
                        path.conversionPoint(),
                        judge.sinceNanos(stall),
                        answerNanos(path, stall, nowNanos));
            }
            return verdict;
        }
    }

    /** A mere receiver knows the round-trip time of its handshake; what others measured since then may be longer. */
    private long answerNanos(UplinkPath path, Stall stall, long nowNanos) {
        return rtts.of(path.uplink(), path.conversionPoint())
                .filter(rtt -> nowNanos - rtt.measuredNanos() < RTT_LASTS_NANOS)
                .map(rtt -> Math.max(rtt.answerNanos(), stall.answerNanos()))
                .orElse(stall.answerNanos());
    }

    void progressed(UplinkPath path, long atNanos) {
        PathJudge judge = judge(path);
        synchronized (judge) {
            if (judge.progressed(atNanos)) {
                listener.pathProgressed(path.uplink(), path.conversionPoint());
            }
        }
    }

    private PathJudge judge(UplinkPath path) {
        if (judges.size() > MOST_PATHS) {
            judges.clear();
        }
        return judges.computeIfAbsent(path, unknown -> new PathJudge());
    }
}
