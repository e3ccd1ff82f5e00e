package net.hybridgateway.app.upstream;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import net.hybridgateway.app.progress.PathProgress;
import net.hybridgateway.app.progress.PathRtt;
import net.hybridgateway.scheduler.UplinkKind;

/**
 * What all attempts to reach a conversion point share.
 *
 * @param connect how long the TCP handshake may take
 * @param reply how long the Convert reply may take after that, the server's own time included
 * @param paths what live connections tell about the way there, and where attempts tell what they see
 * @param nanoTime a monotonic clock, in nanoseconds
 */
public record DialSettings(
        Duration connect, Duration reply, Cookies cookies, PathProgress paths, LongSupplier nanoTime) {
    /** Three SYNs, a second apart, and one more second for the last. */
    public static final Duration DEFAULT_CONNECT = Duration.ofSeconds(4);

    /** As patient as the LAN hosts themselves are with a server that does not answer, more or less. */
    public static final Duration DEFAULT_REPLY = Duration.ofSeconds(20);

    /** Below this, a busy machine at either end could pass for a silent line. */
    private static final Duration SHORTEST_PATIENCE = Duration.ofMillis(60);

    private static final Duration LONGEST_PATIENCE = Duration.ofMillis(500);

    /** A fixed line from which nothing was heard yet; a modem may have to wake up, and gets the longest. */
    private static final Duration UNKNOWN_PATIENCE = Duration.ofMillis(150);

    public DialSettings {
        Objects.requireNonNull(connect, "connect");
        Objects.requireNonNull(reply, "reply");
        Objects.requireNonNull(cookies, "cookies");
        Objects.requireNonNull(paths, "paths");
        Objects.requireNonNull(nanoTime, "nanoTime");
    }

    /** How long a SYN/ACK may take on a way before the path looks silent. */
    Duration patience(Route way) {
        Optional<PathRtt> rtt =
                paths.rtts().of(way.path().uplink(), way.conversionPoint().address());
        if (rtt.isEmpty()) {
            return way.path().kind() == UplinkKind.CELLULAR ? LONGEST_PATIENCE : UNKNOWN_PATIENCE;
        }
        Duration wanted =
                Duration.ofNanos(3 * rtt.get().smoothedNanos() + 4 * rtt.get().varianceNanos());
        return Collections.min(List.of(LONGEST_PATIENCE, Collections.max(List.of(SHORTEST_PATIENCE, wanted))));
    }
}
