package net.hybridgateway.scheduler.traffic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/**
 * One rule. It takes a TCP connection that fits all its conditions; an empty condition fits every connection.
 *
 * @param name for people, not blank
 * @param destinationPorts the server's port is in one of them
 * @param destinations the server is in one of them
 * @param sources the LAN host is in one of them
 */
public record TrafficRule(
        String name,
        List<PortRange> destinationPorts,
        List<AddressSet> destinations,
        List<AddressSet> sources,
        RuleAction action) {
    public TrafficRule {
        destinationPorts = List.copyOf(destinationPorts);
        destinations = List.copyOf(destinations);
        sources = List.copyOf(sources);
        Objects.requireNonNull(action, "action");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a rule needs a name");
        }
    }

    /** Whether it takes the connection of a LAN host to a server. */
    public boolean takes(InetAddress source, InetSocketAddress destination) {
        return (destinationPorts.isEmpty()
                        || destinationPorts.stream().anyMatch(ports -> ports.contains(destination.getPort())))
                && fits(destinations, destination.getAddress())
                && fits(sources, source);
    }

    private static boolean fits(List<AddressSet> sets, InetAddress address) {
        return sets.isEmpty() || sets.stream().anyMatch(set -> set.contains(address));
    }

    /** Whether it takes every connection, so that no rule behind it is ever asked. */
    public boolean takesAll() {
        return destinationPorts.isEmpty() && destinations.isEmpty() && sources.isEmpty();
    }
}
