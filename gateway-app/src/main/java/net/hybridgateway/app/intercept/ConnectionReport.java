package net.hybridgateway.app.intercept;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.hybridgateway.app.upstream.Route;
import net.hybridgateway.app.upstream.UpstreamRouter.DirectRoute;
import net.hybridgateway.netlink.socket.Subflow;
import net.hybridgateway.scheduler.traffic.TrafficVerdict;

/**
 * One intercepted connection at one moment.
 *
 * @param route how it goes through a conversion point; empty if it goes without one
 * @param bypass how it began straight to its server, in Multipath TCP; empty if it goes another way
 * @param multipath whether Multipath TCP is in use on the way to the conversion point or, in a bypass, to the server
 * @param token the kernel's token of its Multipath TCP connection; empty if it has none, or if nobody asked
 * @param subflows those that the kernel has; empty if nobody asked
 * @param verdict what the user's rules say about it
 * @param bytesOut from the LAN host
 * @param bytesIn to the LAN host
 */
public record ConnectionReport(
        InetSocketAddress client,
        InetSocketAddress destination,
        ConnectionState state,
        Optional<Route> route,
        Optional<DirectRoute> bypass,
        boolean multipath,
        OptionalInt token,
        List<Subflow> subflows,
        TrafficVerdict verdict,
        long bytesOut,
        long bytesIn,
        long ageNanos) {}
