package net.hybridgateway.app.intercept;

import java.time.Duration;

/**
 * How much intercepted connections may use, and how long they may do nothing.
 *
 * @param maxConnections connections at one time; more are reset at once
 * @param idle a connection on which nothing moves for so long is given up (RFC 5382 REQ-5: 2 h 4 min at least)
 * @param halfClosedIdle the same, once one of the two streams has ended
 * @param connect how long a conversion point may take to complete the TCP handshake
 * @param reply how long a conversion point may take to answer after that, the server's own time included
 */
public record InterceptionLimits(
        int maxConnections, Duration idle, Duration halfClosedIdle, Duration connect, Duration reply) {
    /** Three SYNs, a second apart, and one more second for the last. */
    public static final Duration DEFAULT_CONNECT = Duration.ofSeconds(4);

    /** As patient as the LAN hosts themselves are with a server that does not answer, more or less. */
    public static final Duration DEFAULT_REPLY = Duration.ofSeconds(20);
}
