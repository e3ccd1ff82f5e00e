package net.hybridgateway.app.progress;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.hybridgateway.scheduler.progress.PathJudge;
import net.hybridgateway.scheduler.progress.Stall;

/**
 * What is known of the progress on all paths: collects it from the loops and from attempts to connect, and tells the
 * listener what changes. Thread-safe.
 */
public final class PathProgress {
    private final Map<UplinkPath, PathJudge> judges = new ConcurrentHashMap<>();
    private final PathRtts rtts = new PathRtts();
    private final PathListener listener;

    public PathProgress(PathListener listener) {
        this.listener = listener;
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

    // The listener is called under the judge's lock: two loops must not tell of a stall and of its end in the wrong
    // order.

    PathJudge.Verdict stalled(UplinkPath path, Stall stall, long nowNanos) {
        PathJudge judge = judge(path);
        synchronized (judge) {
            PathJudge.Verdict verdict = judge.stalled(stall, nowNanos);
            if (verdict == PathJudge.Verdict.SUSPECT) {
                listener.pathStalled(
                        path.uplink(), path.conversionPoint(), judge.sinceNanos(stall), stall.answerNanos());
            }
            return verdict;
        }
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
        return judges.computeIfAbsent(path, unknown -> new PathJudge());
    }
}
