package net.hybridgateway.app.upstream;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.ip;
import static net.hybridgateway.app.testing.Addresses.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.scheduler.InitialPath;
import org.junit.jupiter.api.Test;

class UpstreamRouterTest {
    private static final InitialPath FIXED = path("fixed", 2, "192.0.2.2", "2001:db8:1::2");
    private static final InitialPath CELLULAR = path("cellular", 3, "198.51.100.3");
    private static final ConversionPoint FIRST = point("first", "203.0.113.1");
    private static final ConversionPoint SECOND = point("second", "203.0.113.2");
    private static final ConversionPoint SECOND_IPV6 = point("second", "2001:db8:9::2");
    private static final long NOW = 42;

    private final UpstreamRouter router = new UpstreamRouter();

    @Test
    void takesTheFirstConversionPointOverTheFirstUplink() {
        publish(List.of(FIXED, CELLULAR), List.of(FIRST, SECOND));

        Route route = router.route(NOW).orElseThrow();

        assertEquals(FIRST, route.conversionPoint());
        assertEquals(FIXED, route.path());
        assertEquals(ip("192.0.2.2"), route.source());
        assertEquals(HandshakeMode.ZERO_RTT, route.mode());
    }

    @Test
    void prefersAnotherConversionPointToAnotherUplink() {
        publish(List.of(FIXED, CELLULAR), List.of(FIRST, SECOND));

        fail(FIRST, "fixed");
        assertEquals("second over fixed", chosen());
        fail(SECOND, "fixed");
        assertEquals("first over cellular", chosen());
        fail(FIRST, "cellular");
        assertEquals("second over cellular", chosen());
        fail(SECOND, "cellular");
        assertEquals("none", chosen());
    }

    @Test
    void passesOverWhatWasTriedAlthoughItIsNotKnownToFail() {
        publish(List.of(FIXED, CELLULAR), List.of(FIRST));

        Route route = router.route(NOW, (path, point) -> path.uplink().equals("fixed"))
                .orElseThrow();

        assertEquals(CELLULAR, route.path());
        assertEquals(Optional.empty(), router.route(NOW, (path, point) -> point.equals(FIRST)));
    }

    @Test
    void comesBackToTheFirstChoiceOnceItWorksAgain() {
        publish(List.of(FIXED, CELLULAR), List.of(FIRST));
        fail(FIRST, "fixed");

        router.memory(FIRST, "fixed").reached();

        assertEquals("first over fixed", chosen());
    }

    @Test
    void takesTheAddressOfAConversionPointThatTheUplinkHasTheFamilyFor() {
        InitialPath ipv6Only = path("ipv6-only", 4, "2001:db8:4::4");
        publish(List.of(ipv6Only), List.of(FIRST, SECOND, SECOND_IPV6));

        Route route = router.route(NOW).orElseThrow();

        assertEquals(SECOND_IPV6, route.conversionPoint());
        assertEquals(ip("2001:db8:4::4"), route.source());
    }

    @Test
    void keepsExperienceByAddressAndUplink() {
        publish(List.of(FIXED), List.of(SECOND, SECOND_IPV6));

        fail(SECOND, "fixed");

        assertEquals(SECOND_IPV6, router.route(NOW).orElseThrow().conversionPoint());
    }

    @Test
    void sendsTheHandshakeThatTheConfigurationInsistsOn() {
        ConversionPoint insisting =
                new ConversionPoint("first", at("203.0.113.1", 7000), Optional.of(HandshakeMode.ONE_RTT));
        publish(List.of(FIXED), List.of(insisting));

        assertEquals(HandshakeMode.ONE_RTT, router.route(NOW).orElseThrow().mode());
    }

    @Test
    void knowsNoRouteWhereNothingWasPublished() {
        assertEquals(Optional.empty(), router.route(NOW));
        assertEquals(Optional.empty(), router.directRoute(ip("192.0.2.99")));
        assertEquals(List.of(), router.conversionPoints());
    }

    @Test
    void knowsNoRouteWithoutUplinks() {
        publish(List.of(), List.of(FIRST));
        assertEquals("none", chosen());
    }

    @Test
    void goesDirectByTheFirstUplinkOfTheDestinationsFamily() {
        publish(List.of(CELLULAR, FIXED), List.of());

        assertEquals(
                new UpstreamRouter.DirectRoute(CELLULAR, ip("198.51.100.3")),
                router.directRoute(ip("192.0.2.99")).orElseThrow());
        assertEquals(
                new UpstreamRouter.DirectRoute(FIXED, ip("2001:db8:1::2")),
                router.directRoute(ip("2001:db8::99")).orElseThrow());
    }

    @Test
    void refusesAConversionPointWithoutAnAddress() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("mcp.example.net", 7000);
        assertThrows(IllegalArgumentException.class, () -> new ConversionPoint("first", unresolved, Optional.empty()));
    }

    private void publish(List<InitialPath> paths, List<ConversionPoint> points) {
        router.publishPaths(paths);
        router.publishConversionPoints(points);
    }

    private void fail(ConversionPoint point, String uplink) {
        router.memory(point, uplink).pause(Duration.ofMinutes(1), NOW);
    }

    private String chosen() {
        return router.route(NOW)
                .map(route ->
                        route.conversionPoint().name() + " over " + route.path().uplink())
                .orElse("none");
    }

    private static ConversionPoint point(String name, String address) {
        return new ConversionPoint(name, at(address, 7000), Optional.empty());
    }
}
