package net.hybridgateway.scheduler;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * What the kernel says about the device of an uplink at one moment.
 *
 * @param present the device exists
 * @param carrier administratively up, and operationally up
 * @param interfaceIndex the kernel's, 0 if the device does not exist
 * @param addresses usable as source: global scope, neither tentative nor deprecated; best first
 * @param routeIpv4 an IPv4 route leads out through this uplink
 * @param routeIpv6 an IPv6 route leads out through this uplink
 */
public record UplinkObservation(
        boolean present,
        boolean carrier,
        int interfaceIndex,
        List<InetAddress> addresses,
        boolean routeIpv4,
        boolean routeIpv6) {
    /** The device does not exist. */
    public static final UplinkObservation ABSENT = new UplinkObservation(false, false, 0, List.of(), false, false);

    public UplinkObservation {
        addresses = List.copyOf(addresses);
        if (interfaceIndex < 0 || (present && interfaceIndex == 0)) {
            throw new IllegalArgumentException("interface index " + interfaceIndex + ", present " + present);
        }
    }

    /** The addresses from which a packet can leave now: none without carrier, and only those whose family has a route. */
    public List<InetAddress> sources() {
        if (!present || !carrier) {
            return List.of();
        }
        return addresses.stream()
                .filter(address -> address instanceof Inet4Address ? routeIpv4 : routeIpv6)
                .toList();
    }

    /** Whether packets can leave at all. */
    public boolean ready() {
        return !sources().isEmpty();
    }
}
