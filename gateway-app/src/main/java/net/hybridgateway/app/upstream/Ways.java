package net.hybridgateway.app.upstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.TrafficRights;

/** The ways that are open to one connection, of which each is handed out once. Belongs to the connection's loop. */
public final class Ways {
    /** What makes two routes the same attempt. */
    private record Way(String uplink, InetSocketAddress conversionPoint) {}

    private final UpstreamRouter router;
    private final TrafficRights rights;
    private final InetAddress client;
    private final LongSupplier nanoTime;
    private final Set<Way> taken = new HashSet<>();
    private final long begunNanos;

    /**
     * All ways of a new connection.
     *
     * @param rights what the user's rules allow it
     * @param client the LAN host, which is led to the same of several equal conversion points each time
     */
    public Ways(UpstreamRouter router, TrafficRights rights, InetAddress client, LongSupplier nanoTime) {
        this.router = router;
        this.rights = rights;
        this.client = client;
        this.nanoTime = nanoTime;
        this.begunNanos = nanoTime.getAsLong();
    }

    /** For how long conversion points have been waited for by now. */
    long waitedNanos() {
        return nanoTime.getAsLong() - begunNanos;
    }

    /** The best of those that are left; empty if there is none, so that the connection goes direct. */
    public Optional<Route> next() {
        return take((path, point) -> false);
    }

    /** The best way over another uplink, where nothing is suspected of the conversion point. */
    Optional<Route> besides(Route route) {
        return take((path, point) ->
                path.uplink().equals(route.path().uplink()) || path.suspect().contains(point.address()));
    }

    /** Another conversion point over the same uplink, if nothing is suspected of it. */
    Optional<Route> beside(Route route) {
        String point = route.conversionPoint().name();
        return take((path, other) -> !path.uplink().equals(route.path().uplink())
                || other.name().equals(point)
                || path.suspect().contains(other.address()));
    }

    /** Asks the conversion point of a route that gets no answer for a sign of life. */
    void askAboutSilence(Route route, Duration pause) {
        router.askAboutSilence(route, pause, nanoTime.getAsLong());
    }

    private Optional<Route> take(BiPredicate<InitialPath, ConversionPoint> passedOver) {
        Optional<Route> chosen = router.route(
                nanoTime.getAsLong(),
                rights,
                client,
                (path, point) ->
                        taken.contains(new Way(path.uplink(), point.address())) || passedOver.test(path, point));
        chosen.ifPresent(route ->
                taken.add(new Way(route.path().uplink(), route.conversionPoint().address())));
        return chosen;
    }

    /** Whether the uplink of a route is still there, with the address that the route uses. */
    boolean isOpen(Route route) {
        return router.offers(route.path(), route.source());
    }

    /** Whether the route's conversion point may just have stopped to answer over its uplink. */
    boolean isSuspect(Route route) {
        return router.isSuspect(route.path().uplink(), route.conversionPoint().address());
    }
}
