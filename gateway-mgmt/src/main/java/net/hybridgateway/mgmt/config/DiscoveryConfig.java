package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The section {@code discovery}: how conversion points are learnt from the uplinks' networks.
 *
 * @param dhcpv4Option the code of the DHCPv4 option, 128 to 254; empty if none is looked at
 * @param dhcpv6Option the code of the DHCPv6 option, 15 to 65535; empty if none is looked at
 * @param format of both options
 * @param srv whether {@code _convert._tcp} is asked for in the uplinks' domains (RFC 8803 §10.1, RFC 2782)
 * @param port of conversion points that a DHCP option tells, for it has no room for one
 * @param allow what may be learnt
 * @param cookieFile where the cookies of all learnt conversion points are kept over a restart
 */
public record DiscoveryConfig(
        OptionalInt dhcpv4Option,
        OptionalInt dhcpv6Option,
        PointFormat format,
        boolean srv,
        int port,
        AllowList allow,
        Optional<Path> cookieFile) {
    public DiscoveryConfig {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(allow, "allow");
        Objects.requireNonNull(cookieFile, "cookieFile");
        if (dhcpv4Option.isEmpty() && dhcpv6Option.isEmpty() && !srv) {
            throw new IllegalArgumentException("nothing to learn from");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port);
        }
    }
}
