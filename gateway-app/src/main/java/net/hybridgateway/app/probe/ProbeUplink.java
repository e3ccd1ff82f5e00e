package net.hybridgateway.app.probe;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.scheduler.UplinkReach;

/**
 * An uplink as it is when a probe begins.
 *
 * @param interfaceIndex the kernel's
 * @param sources the addresses from which packets can leave, best first; none if it is down
 * @param reach what its network leads to
 * @param forbidden why connections may not use it now, as a sentence; empty if they may
 */
public record ProbeUplink(
        String name, int interfaceIndex, List<InetAddress> sources, UplinkReach reach, Optional<String> forbidden) {
    public ProbeUplink {
        sources = List.copyOf(sources);
    }

    /** The source address for a destination; empty if there is none of its family. */
    Optional<InetAddress> sourceFor(InetAddress destination) {
        return sources.stream()
                .filter(source -> source instanceof Inet4Address == destination instanceof Inet4Address)
                .findFirst();
    }
}
