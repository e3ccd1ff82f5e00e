package net.hybridgateway.scheduler;

import java.net.InetSocketAddress;
import java.util.List;

/** Which addresses belong to one conversion point, as far as somebody said so beforehand. */
final class PointAddresses {
    private List<List<InetSocketAddress>> points = List.of();

    /** Replaces what was known. */
    void know(List<List<InetSocketAddress>> now) {
        points = now;
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
