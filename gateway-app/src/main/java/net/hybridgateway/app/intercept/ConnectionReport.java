package net.hybridgateway.app.intercept;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import net.hybridgateway.app.upstream.Route;

/**
 * One intercepted connection at one moment.
 *
 * @param route how it goes through a conversion point; empty if it goes direct
 * @param multipath whether Multipath TCP is in use on the way to the conversion point
 * @param token the kernel's token of its Multipath TCP connection; empty if it has none, or if nobody asked
 * @param bytesOut from the LAN host
 * @param bytesIn to the LAN host
 */
public record ConnectionReport(
        InetSocketAddress client,
        InetSocketAddress destination,
        ConnectionState state,
        Optional<Route> route,
        boolean multipath,
        OptionalInt token,
        long bytesOut,
        long bytesIn,
        long ageNanos) {}
