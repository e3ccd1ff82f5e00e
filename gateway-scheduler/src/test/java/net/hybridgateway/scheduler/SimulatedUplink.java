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
    private UplinkObservation observation;
    private List<InetAddress> sources;
    /** Whether an operator has it switched on. */
    boolean enabled = true;
    /** Whether the configuration has it. */
    boolean configured = true;
    /** Nothing passes although the device says that it is up. */
    boolean silent;
    /** Conversion points that nothing passes to over this line. */
    final Set<InetSocketAddress> cutOff = new HashSet<>();
    /** Conversion points whose hosts are gone, whatever the line. */
    final Set<InetSocketAddress> deadPoints = new HashSet<>();
    /** The share of packets that get lost, 0 to 1. */
    double loss;

    Allowance allowance = Allowance.FREE;
    /** Since when nothing about it has changed, and nothing went wrong on it. */
    long steadySinceNanos;
    /** So many of the next SUBFLOW_CREATEs are refused by the kernel at once. */
    int kernelRefusals;
    /** So many of the next SYNs are answered with a reset. */
    int peerRefusals;

    SimulatedUplink(String name, int interfaceIndex, Duration rtt, List<InetAddress> addresses, boolean up) {
        this.name = name;
        this.interfaceIndex = interfaceIndex;
        this.rttNanos = rtt.toNanos();
        observe(new UplinkObservation(true, up, interfaceIndex, addresses, true, true));
    }

    boolean passes(InetAddress source, InetSocketAddress remote) {
        return passesTo(remote) && sources.contains(source);
    }

    /** Whether it may take part in anything. */
    boolean on() {
        return enabled && configured;
    }

    /** Whether packets come through, if they leave at all. */
    boolean passesTo(InetSocketAddress remote) {
        return !silent && !cutOff.contains(remote) && !deadPoints.contains(remote);
    }

    UplinkObservation observation() {
        return observation;
    }

    /** Addresses from which packets can leave. */
    List<InetAddress> sources() {
        return sources;
    }

    void observe(UplinkObservation now) {
        observation = now;
        sources = now.sources();
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
