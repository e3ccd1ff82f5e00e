package net.hybridgateway.app.intercept;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.app.upstream.Route;

/**
 * One intercepted connection at one moment.
 *
 * @param route how it goes through a conversion point; empty if it goes direct
 * @param multipath whether Multipath TCP is in use on the way to the conversion point
 * @param subflowSources the local addresses of its subflows; empty if not multipath
 * @param bytesOut from the LAN host
 * @param bytesIn to the LAN host
 */
public record ConnectionReport(
        InetSocketAddress client,
        InetSocketAddress destination,
        ConnectionState state,
        Optional<Route> route,
        boolean multipath,
        List<InetAddress> subflowSources,
        long bytesOut,
        long bytesIn,
        long ageNanos) {
    public ConnectionReport {
        subflowSources = List.copyOf(subflowSources);
    }
}
