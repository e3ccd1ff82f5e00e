package net.hybridgateway.scheduler;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which addresses belong to one conversion point, as far as somebody said so beforehand. */
final class PointAddresses {
    private List<List<InetSocketAddress>> points = List.of();

    /** Replaces what was known. */
    void know(List<List<InetSocketAddress>> now) {
        points = now;
    }

    /** The address of a conversion point that is best tried over an uplink: of its families, and likely to be reached. */
    Optional<InetSocketAddress> first(UplinkTracker uplink) {
        return points.stream()
                .flatMap(List::stream)
                .filter(address ->
                        !uplink.sources(address.getAddress().getClass()).isEmpty())
                .min(Comparator.comparing(address -> !uplink.config().reach().suits(address.getAddress())));
    }

    /** The addresses of all conversion points but the one that has this one. */
    List<InetSocketAddress> ofOthers(InetSocketAddress address) {
        return points.stream()
                .filter(point -> !point.contains(address))
                .flatMap(List::stream)
                .toList();
    }

    /** The other addresses of the conversion point that has this one, best first; empty for a stranger. */
    List<InetSocketAddress> besides(InetSocketAddress address) {
        return points.stream()
                .filter(point -> point.contains(address))
                .findFirst()
                .map(point ->
                        point.stream().filter(other -> !other.equals(address)).toList())
                .orElse(List.of());
    }
}
