package net.hybridgateway.app.discovery;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/**
 * What a DHCP server told, as far as it matters here.
 *
 * @param expiresMillis when it is over, since the machine's boot
 * @param points best first; empty if the server told none
 * @param nameServers of the uplink's network, best first
 * @param domains of the uplink's network, best first, without final dots
 */
public record Lease(
        LeaseKey key,
        long expiresMillis,
        List<LearntPoint> points,
        List<InetAddress> nameServers,
        List<String> domains) {
    public Lease {
        Objects.requireNonNull(key, "key");
        points = List.copyOf(points);
        nameServers = List.copyOf(nameServers);
        domains = List.copyOf(domains);
    }

    /** The same, but over by {@code latestMillis} at the latest. */
    Lease atMostUntil(long latestMillis) {
        return new Lease(key, Math.min(expiresMillis, latestMillis), points, nameServers, domains);
    }
}
