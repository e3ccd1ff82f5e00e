package net.hybridgateway.app.upstream;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import net.hybridgateway.scheduler.InitialPath;

/**
 * Picks the conversion point and the uplink of each new connection, from what the policy engine published last.
 *
 * <p>Thread-safe: the control thread publishes, the relay loops ask.
 */
public final class UpstreamRouter {
    private record Key(String conversionPoint, InetAddress address, String uplink) {}

    private final Map<Key, PathMemory> memories = new ConcurrentHashMap<>();
    private volatile List<InitialPath> paths = List.of();
    private volatile List<ConversionPoint> conversionPoints = List.of();

    /**
     * The uplinks in the order in which they are to be tried, from the policy engine.
     *
     * @return whether that is something new
     */
    public boolean publishPaths(List<InitialPath> inOrder) {
        boolean news = !paths.equals(inOrder);
        paths = List.copyOf(inOrder);
        return news;
    }

    /** Whether an uplink that was chosen before may still be used, and from this address. */
    public boolean offers(InitialPath chosen, InetAddress source) {
        return paths.stream()
                .filter(path ->
                        path.uplink().equals(chosen.uplink()) && path.interfaceIndex() == chosen.interfaceIndex())
                .anyMatch(path -> path.sourcesIpv4().contains(source)
                        || path.sourcesIpv6().contains(source));
    }

    /** The conversion points in the order of preference, each with each of its addresses. */
    public void publishConversionPoints(List<ConversionPoint> inOrder) {
        conversionPoints = List.copyOf(inOrder);
    }

    public List<ConversionPoint> conversionPoints() {
        return conversionPoints;
    }

    /**
     * The best way to a conversion point; empty if none is worth a try now, so that the connection goes direct.
     *
     * <p>The uplink comes first: another conversion point on the preferred uplink is better than the preferred
     * conversion point over cellular.
     */
    public Optional<Route> route(long nowNanos) {
        return route(nowNanos, (path, conversionPoint) -> false);
    }

    /**
     * As {@link #route(long)}, without what is to be passed over.
     *
     * @param passedOver tells by uplink and conversion point
     */
    public Optional<Route> route(long nowNanos, BiPredicate<InitialPath, ConversionPoint> passedOver) {
        for (InitialPath path : paths) {
            for (ConversionPoint conversionPoint : conversionPoints) {
                if (passedOver.test(path, conversionPoint)) {
                    continue;
                }
                Optional<InetAddress> source =
                        source(path, conversionPoint.address().getAddress());
                if (source.isEmpty()) {
                    continue;
                }
                PathMemory memory = memory(conversionPoint, path.uplink());
                if (memory.tryNow(nowNanos)) {
                    HandshakeMode mode = conversionPoint.fixedMode().orElseGet(() -> memory.mode(nowNanos));
                    return Optional.of(new Route(conversionPoint, path, source.get(), mode, memory));
                }
            }
        }
        return Optional.empty();
    }

    /** The best uplink for a connection that goes to its server directly, with the source address to use. */
    public Optional<DirectRoute> directRoute(InetAddress destination) {
        for (InitialPath path : paths) {
            Optional<InetAddress> source = source(path, destination);
            if (source.isPresent()) {
                return Optional.of(new DirectRoute(path, source.get()));
            }
        }
        return Optional.empty();
    }

    /** What is known about a conversion point over an uplink. */
    public PathMemory memory(ConversionPoint conversionPoint, String uplink) {
        return memories.computeIfAbsent(
                new Key(conversionPoint.name(), conversionPoint.address().getAddress(), uplink),
                key -> new PathMemory());
    }

    private static Optional<InetAddress> source(InitialPath path, InetAddress destination) {
        List<? extends InetAddress> sources =
                destination instanceof Inet4Address ? path.sourcesIpv4() : path.sourcesIpv6();
        return sources.isEmpty() ? Optional.empty() : Optional.of(sources.get(0));
    }

    /**
     * A way out without a conversion point.
     *
     * @param source the local address, of the destination's family
     */
    public record DirectRoute(InitialPath path, InetAddress source) {}
}
