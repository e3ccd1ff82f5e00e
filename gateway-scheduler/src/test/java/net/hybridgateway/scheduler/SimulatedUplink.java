package net.hybridgateway.scheduler;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The line behind an uplink: what the kernel sees of it, and whether packets pass. */
final class SimulatedUplink {
    final String name;
    /** Of the device at present; a device that is made anew gets another. */
    int interfaceIndex;

    final long rttNanos;
    UplinkObservation observation;
    boolean enabled = true;
    /** Nothing passes although the device says that it is up. */
    boolean silent;
    /** Conversion points that nothing passes to over this line. */
    final Set<InetSocketAddress> cutOff = new HashSet<>();
    /** So many of the next SUBFLOW_CREATEs are refused by the kernel at once. */
    int kernelRefusals;
    /** So many of the next SYNs are answered with a reset. */
    int peerRefusals;

    SimulatedUplink(String name, int interfaceIndex, Duration rtt, List<InetAddress> addresses, boolean up) {
        this.name = name;
        this.interfaceIndex = interfaceIndex;
        this.rttNanos = rtt.toNanos();
        this.observation = new UplinkObservation(true, up, interfaceIndex, addresses, true, true);
    }

    boolean passes(InetAddress source, InetSocketAddress remote) {
        return !silent && !cutOff.contains(remote) && observation.sources().contains(source);
    }

    boolean has(InetAddress source) {
        return observation.addresses().contains(source);
    }

    UplinkObservation withCarrier(boolean carrier) {
        return new UplinkObservation(
                observation.present(),
                carrier,
                interfaceIndex,
                observation.addresses(),
                observation.routeIpv4(),
                observation.routeIpv6());
    }

    UplinkObservation withAddresses(List<InetAddress> addresses) {
        return new UplinkObservation(
                observation.present(),
                observation.carrier(),
                interfaceIndex,
                addresses,
                observation.routeIpv4(),
                observation.routeIpv6());
    }

    UplinkObservation withRoutes(boolean routes) {
        return new UplinkObservation(
                observation.present(), observation.carrier(), interfaceIndex, observation.addresses(), routes, routes);
    }
}
