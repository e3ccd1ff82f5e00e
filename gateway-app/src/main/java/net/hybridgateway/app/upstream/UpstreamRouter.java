package net.hybridgateway.app.upstream;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.TrafficRights;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkReach;

/**
 * Picks the conversion point and the uplink of each new connection, from what the policy engine published last.
 *
 * <p>Thread-safe: the control thread publishes, the relay loops ask.
 */
public final class UpstreamRouter {
    private record Key(String conversionPoint, InetAddress address, String uplink) {}

    /**
     * The conversion points, each with each of its addresses.
     *
     * @param names of the points, in the same order, once each
     */
    private record Points(List<ConversionPoint> inOrder, List<String> names) {
        static Points of(List<ConversionPoint> inOrder) {
            return new Points(
                    List.copyOf(inOrder),
                    inOrder.stream().map(ConversionPoint::name).distinct().toList());
        }

        boolean haveOneAddressEach() {
            return names.size() == inOrder.size();
        }
    }

    private final Map<Key, PathMemory> memories = new ConcurrentHashMap<>();
    private volatile List<InitialPath> paths = List.of();
    private volatile Points points = Points.of(List.of());

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
                .anyMatch(path -> path.sources().contains(source));
    }

    /**
     * The conversion points in the order of preference, each with each of its addresses. What was learnt of addresses that
     * are gone is forgotten: behind a name they may change for ever.
     */
    public void publishConversionPoints(List<ConversionPoint> inOrder) {
        points = Points.of(inOrder);
        memories.keySet().removeIf(key -> inOrder.stream()
                .noneMatch(point -> point.name().equals(key.conversionPoint())
                        && point.address().getAddress().equals(key.address())));
    }

    public List<ConversionPoint> conversionPoints() {
        return points.inOrder();
    }

    /** Whether a conversion point may just have stopped to answer over an uplink. */
    public boolean isSuspect(String uplink, InetSocketAddress conversionPoint) {
        return paths.stream()
                .anyMatch(path -> path.uplink().equals(uplink) && path.suspect().contains(conversionPoint));
    }

    /**
     * The best way to a conversion point; empty if none is worth a try now, so that the connection goes direct.
     *
     * <p>The uplink comes first: another conversion point on the preferred uplink is better than the preferred
     * conversion point over cellular. On one uplink, those that nothing is suspected of come first, and of each
     * conversion point the addresses that such a network is likely to lead to.
     *
     * @param rights what the user's rules allow the connection
     * @param passedOver tells by uplink and conversion point what is not wanted
     */
    public Optional<Route> route(
            long nowNanos, TrafficRights rights, BiPredicate<InitialPath, ConversionPoint> passedOver) {
        for (InitialPath path : paths) {
            if (!isAllowed(path, rights)) {
                continue;
            }
            for (ConversionPoint conversionPoint : inOrderOf(path)) {
                if (!passedOver.test(path, conversionPoint)) {
                    Optional<Route> route = route(nowNanos, path, conversionPoint);
                    if (route.isPresent()) {
                        return route;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private List<ConversionPoint> inOrderOf(InitialPath path) {
        Points known = points;
        if (path.suspect().isEmpty() && known.haveOneAddressEach()) {
            return known.inOrder();
        }
        return known.inOrder().stream()
                .sorted(Comparator.<ConversionPoint, Boolean>comparing(
                                point -> path.suspect().contains(point.address()))
                        .thenComparing(point -> known.names().indexOf(point.name()))
                        .thenComparing(
                                point -> !path.reach().suits(point.address().getAddress())))
                .toList();
    }

    private Optional<Route> route(long nowNanos, InitialPath path, ConversionPoint conversionPoint) {
        PathMemory memory = memory(conversionPoint, path.uplink());
        return source(path, conversionPoint.address().getAddress())
                .filter(source -> memory.tryNow(nowNanos))
                .map(source -> new Route(
                        conversionPoint, path, source, mode(conversionPoint, path.uplink(), nowNanos), memory));
    }

    /** Whether a connection with these rights may begin on a path. */
    private static boolean isAllowed(InitialPath path, TrafficRights rights) {
        boolean kindAllowed = path.kind() != UplinkKind.CELLULAR || rights.cellular() != TrafficRights.Cellular.NEVER;
        return kindAllowed && (path.allowance() != Allowance.EMERGENCY_ONLY || rights.emergency());
    }

    /**
     * The best uplink for a connection that goes to its server directly, with the source address to use; never one whose
     * network leads to conversion points only.
     */
    public Optional<DirectRoute> directRoute(InetAddress destination, TrafficRights rights) {
        for (InitialPath path : paths) {
            Optional<InetAddress> source =
                    source(path, destination).filter(any -> leadsOn(path) && isAllowed(path, rights));
            if (source.isPresent()) {
                return Optional.of(new DirectRoute(path, source.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a direct connection for which there is no {@link #directRoute} may leave by whatever way the kernel's routes
     * choose: not if that could be one that it is kept off.
     */
    boolean kernelMayChoose(TrafficRights rights) {
        return rights.cellular() != TrafficRights.Cellular.NEVER
                && paths.stream().allMatch(path -> leadsOn(path) && isAllowed(path, rights));
    }

    private static boolean leadsOn(InitialPath path) {
        return path.reach() == UplinkReach.INTERNET;
    }

    /** How a conversion point is to be asked over an uplink: as it is configured, else as experience has it. */
    HandshakeMode mode(ConversionPoint conversionPoint, String uplink, long nowNanos) {
        return conversionPoint.fixedMode().orElseGet(() -> memory(conversionPoint, uplink)
                .mode(nowNanos));
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
