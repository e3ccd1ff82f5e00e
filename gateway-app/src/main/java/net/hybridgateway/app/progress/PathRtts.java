package net.hybridgateway.app.progress;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last round-trip time measured on each path, from the acknowledgments that live connections get. Empty for a path that
 * carried nothing yet; an idle path keeps its last. Thread-safe.
 */
public final class PathRtts {
    private static final int MOST_PATHS = 256;

    private final Map<UplinkPath, PathRtt> latest = new ConcurrentHashMap<>();

    /** Of one uplink towards one conversion point. */
    public Optional<PathRtt> of(String uplink, InetSocketAddress conversionPoint) {
        return Optional.ofNullable(latest.get(new UplinkPath(uplink, conversionPoint)));
    }

    /** Of one uplink, towards the conversion point or server that was heard of last. */
    public Optional<PathRtt> of(String uplink) {
        return latest.entrySet().stream()
                .filter(entry -> entry.getKey().uplink().equals(uplink))
                .map(Map.Entry::getValue)
                .reduce((one, other) -> one.measuredNanos() - other.measuredNanos() > 0 ? one : other);
    }

    /**
     * Something was measured; the last word counts.
     *
     * <p>The variance of a young connection is a guess, half of its first round trip (RFC 6298 §2.2). It gives way to what
     * the connections before it showed: that spares the newcomers of a calm path two round trips of patience.
     */
    public void measured(String uplink, InetSocketAddress conversionPoint, PathRtt rtt) {
        if (latest.size() > MOST_PATHS) {
            latest.clear();
        }
        latest.merge(new UplinkPath(uplink, conversionPoint), rtt, PathRtts::after);
    }

    private static PathRtt after(PathRtt before, PathRtt rtt) {
        boolean guessed = rtt.varianceNanos() > rtt.smoothedNanos() / 4;
        long variance = guessed
                ? (3 * before.varianceNanos() + Math.abs(before.smoothedNanos() - rtt.smoothedNanos())) / 4
                : rtt.varianceNanos();
        return new PathRtt(rtt.smoothedNanos(), variance, rtt.measuredNanos());
    }
}
