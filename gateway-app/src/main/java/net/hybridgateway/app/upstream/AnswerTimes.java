package net.hybridgateway.app.upstream;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.app.progress.PathRtt;
import net.hybridgateway.app.progress.PathRtts;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.TcpInfo;
import net.hybridgateway.scheduler.UplinkKind;

/** How long a SYN/ACK may take on each way, from the round-trip times that were measured there. */
final class AnswerTimes {
    /** Below this, a busy machine at either end could pass for a silent line. */
    private static final Duration SHORTEST_PATIENCE = Duration.ofMillis(60);

    private static final Duration LONGEST_PATIENCE = Duration.ofMillis(500);

    /** A fixed line from which nothing was heard yet; a modem may have to wake up, and gets the longest. */
    private static final Duration UNKNOWN_PATIENCE = Duration.ofMillis(150);

    private final PathRtts rtts;

    AnswerTimes(PathRtts rtts) {
        this.rtts = rtts;
    }

    /** Three round trips and four times their variance: after that, the way looks silent. */
    Duration patience(Route way) {
        return rtts.of(way.path().uplink(), way.conversionPoint().address())
                .map(AnswerTimes::patience)
                .orElse(way.path().kind() == UplinkKind.CELLULAR ? LONGEST_PATIENCE : UNKNOWN_PATIENCE);
    }

    /** The same towards a server, which may be anywhere in the world. */
    Duration patience(String uplink, InetSocketAddress server) {
        return rtts.of(uplink, server).map(AnswerTimes::patience).orElse(LONGEST_PATIENCE);
    }

    private static Duration patience(PathRtt rtt) {
        Duration wanted = Duration.ofNanos(3 * rtt.smoothedNanos() + 4 * rtt.varianceNanos());
        return Collections.min(List.of(LONGEST_PATIENCE, Collections.max(List.of(SHORTEST_PATIENCE, wanted))));
    }

    /** Takes the handshake for a measurement, where no live connection has told of the way's round trip yet. */
    void connected(Route way, Endpoint endpoint, long nowNanos) {
        String uplink = way.path().uplink();
        InetSocketAddress point = way.conversionPoint().address();
        if (rtts.of(uplink, point).isPresent()) {
            return;
        }
        try {
            TcpInfo info = TcpInfo.of(endpoint.fd().intValue());
            if (info.rttMicros() > 0) {
                rtts.measured(
                        uplink,
                        point,
                        new PathRtt(
                                TimeUnit.MICROSECONDS.toNanos(info.rttMicros()),
                                TimeUnit.MICROSECONDS.toNanos(info.rttVarianceMicros()),
                                nowNanos));
            }
        } catch (ErrnoException e) {
            // Its end is on the way, and will be told to whom it concerns.
        }
    }
}
