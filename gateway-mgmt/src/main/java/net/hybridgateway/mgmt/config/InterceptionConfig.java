package net.hybridgateway.mgmt.config;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The section {@code gateway}: which connections of the LAN are taken, and how much they may use.
 *
 * @param enabled whether any connection is taken at all
 * @param lanDevices devices whose TCP is intercepted, at least one, each once
 * @param transparentPort local port of the transparent listener, 1 to 65535
 * @param maxConnections connections that may be relayed at one time, at least 1
 * @param idleTimeout how long a connection may be silent in both directions before it is given up
 * @param halfClosedTimeout the same once one side has finished
 * @param exclude destinations that are never intercepted
 * @param mptcpHosts what becomes of connections that hosts begin with Multipath TCP themselves
 * @param mptcpServers what conversion points are asked for where a server may speak Multipath TCP itself
 * @param quic what becomes of QUIC, which is never intercepted
 */
public record InterceptionConfig(
        boolean enabled,
        List<String> lanDevices,
        int transparentPort,
        int maxConnections,
        Duration idleTimeout,
        Duration halfClosedTimeout,
        List<AddressPrefix> exclude,
        MptcpHosts mptcpHosts,
        MptcpServers mptcpServers,
        QuicPolicy quic) {
    public InterceptionConfig {
        lanDevices = List.copyOf(lanDevices);
        exclude = List.copyOf(exclude);
        Objects.requireNonNull(idleTimeout, "idleTimeout");
        Objects.requireNonNull(halfClosedTimeout, "halfClosedTimeout");
        Objects.requireNonNull(mptcpHosts, "mptcpHosts");
        Objects.requireNonNull(mptcpServers, "mptcpServers");
        Objects.requireNonNull(quic, "quic");
        if (lanDevices.isEmpty()) {
            throw new IllegalArgumentException("no LAN device");
        }
        if (transparentPort < 1 || transparentPort > 65535 || maxConnections < 1) {
            throw new IllegalArgumentException(
                    "transparentPort " + transparentPort + ", maxConnections " + maxConnections);
        }
    }
}
