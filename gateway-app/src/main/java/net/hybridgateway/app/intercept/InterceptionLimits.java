package net.hybridgateway.app.intercept;

import java.time.Duration;
import net.hybridgateway.app.relay.Relay;

/**
 * How much intercepted connections may use, and how long they may do nothing.
 *
 * @param maxConnections connections at one time; more are reset at once
 * @param idle a connection on which nothing moves for so long is given up (RFC 5382 REQ-5: 2 h 4 min at least)
 * @param halfClosedIdle the same, once one of the two streams has ended
 */
public record InterceptionLimits(int maxConnections, Duration idle, Duration halfClosedIdle) {
    /** Whether nothing has moved for too long. */
    boolean isOverdue(Relay relay, long nowNanos) {
        Duration limit = relay.isHalfClosed() ? halfClosedIdle : idle;
        return nowNanos - relay.lastActivityNanos() > limit.toNanos();
    }
}
