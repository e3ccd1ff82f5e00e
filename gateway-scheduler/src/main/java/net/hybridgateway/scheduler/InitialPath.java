package net.hybridgateway.scheduler;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A way out for the initial subflow of a new connection.
 *
 * @param sourcesIpv4 best first; empty if IPv4 has no way out here
 * @param sourcesIpv6 best first; empty if IPv6 has no way out here
 * @param onTrial the uplink is in {@link UplinkState#HOLD_DOWN}: take it only if nothing better works
 * @param suspect conversion points that may just have stopped to answer over this uplink: hedge
 * @param allowance what quota and schedule leave of it
 * @param reach what its network leads to
 */
public record InitialPath(
        String uplink,
        UplinkUse use,
        int interfaceIndex,
        List<Inet4Address> sourcesIpv4,
        List<Inet6Address> sourcesIpv6,
        boolean onTrial,
        Set<InetSocketAddress> suspect,
        Allowance allowance,
        UplinkKind kind,
        UplinkReach reach) {
    public InitialPath {
        sourcesIpv4 = List.copyOf(sourcesIpv4);
        sourcesIpv6 = List.copyOf(sourcesIpv6);
        suspect = Set.copyOf(suspect);
    }

    /** The sources of both families. */
    public List<InetAddress> sources() {
        List<InetAddress> sources = new ArrayList<>(sourcesIpv4);
        sources.addAll(sourcesIpv6);
        return sources;
    }
}
