package net.hybridgateway.app.kernel;

import static net.hybridgateway.app.testing.Addresses.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.route.Address;
import net.hybridgateway.netlink.route.IpPrefix;
import net.hybridgateway.netlink.route.Link;
import net.hybridgateway.netlink.route.OperationalState;
import net.hybridgateway.netlink.route.Route;
import net.hybridgateway.netlink.route.RouteType;
import net.hybridgateway.netlink.route.Scope;
import net.hybridgateway.scheduler.UplinkObservation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkStateTest {
    private static final int WAN = 7;
    private static final int UP = 0x1;
    private static final int POINT_TO_POINT = 0x10;
    private static final int DEAD = 1;
    private static final int LINK_DOWN = 16;

    private final List<Address> addresses = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();

    @Test
    void knowsNothingOfADeviceThatIsAbsent() {
        assertEquals(UplinkObservation.ABSENT, state(link(UP, 6, true)).observe("wwan0"));
    }

    @Test
    void tellsWhatIsThere() {
        addresses.add(Address.of(WAN, ip("192.0.2.2"), 24));
        addresses.add(Address.of(WAN + 1, ip("198.51.100.2"), 24));
        routes.add(route().via(ip("192.0.2.1")).build());

        UplinkObservation seen = state(link(UP, 6, true)).observe("wan0");

        assertEquals(new UplinkObservation(true, true, WAN, List.of(ip("192.0.2.2")), true, false), seen);
        assertTrue(seen.ready());
    }

    /** Operational states of RFC 2863: 0 unknown, 2 down, 3 lower layer down, 5 dormant, 6 up. */
    @ParameterizedTest(name = "flags {0}, state {1}, carrier {2}: {3}")
    @CsvSource({
        "1, 6, true,  true",
        "1, 0, true,  true",
        "17, 0, true, true",
        "1, 0, false, false",
        "1, 6, false, false",
        "1, 2, true,  false",
        "1, 3, true,  false",
        "1, 5, true,  false",
        "0, 6, true,  false",
        "0, 0, true,  false",
    })
    void hasCarrierWhereTheDriverDoesNotDenyIt(int flags, int operational, boolean carrier, boolean expected) {
        assertEquals(
                expected,
                state(link(flags, operational, carrier)).observe("wan0").carrier());
    }

    /** {@code IFA_F_*}: 4 optimistic, 8 duplicate, 0x20 deprecated, 0x40 tentative, 0x80 permanent. */
    @ParameterizedTest(name = "{0} with flags {1} and scope {2}: {3}")
    @CsvSource({
        "192.0.2.2,    0x80, 0,   true",
        "2001:db8::2,  0x0,  0,   true",
        "2001:db8::2,  0x40, 0,   false",
        "2001:db8::2,  0x44, 0,   true",
        "2001:db8::2,  0x48, 0,   false",
        "2001:db8::2,  0x08, 0,   false",
        "2001:db8::2,  0x20, 0,   false",
        "fe80::2,      0x80, 253, false",
        "127.0.0.1,    0x80, 254, false",
    })
    void offersAddressesThatNewConnectionsMayUse(String address, String flags, int scope, boolean offered) {
        InetAddress own = ip(address);
        addresses.add(new Address(WAN, own, 24, Optional.empty(), new Scope(scope), Integer.decode(flags)));

        assertEquals(
                offered ? List.of(own) : List.of(),
                state(link(UP, 6, true)).observe("wan0").addresses());
    }

    @Test
    void isLedOutByAGateway() {
        routes.add(route().via(ip("192.0.2.1")).build());
        assertLeadsOut(UP, true, false);
    }

    @Test
    void isLedOutInTheGatewaysRoutesFamily() {
        routes.add(Route.to(IpPrefix.all(AddressFamily.IPV6))
                .via(ip("fe80::1"))
                .out(WAN)
                .build());
        assertLeadsOut(UP, false, true);
    }

    @Test
    void isLedOutByARouteToTheConversionPointAlone() {
        routes.add(Route.to(IpPrefix.host(ip("203.0.113.1")))
                .via(ip("192.0.2.1"))
                .out(WAN)
                .build());
        assertLeadsOut(UP, true, false);
    }

    @Test
    void isNotLedOutByTheNetworkOfTheLink() {
        routes.add(Route.to(IpPrefix.containing(ip("192.0.2.0"), 24))
                .out(WAN)
                .protocol(Route.PROTOCOL_KERNEL)
                .build());
        assertLeadsOut(UP, false, false);
    }

    @Test
    void isLedOutByAPointToPointLinkItself() {
        routes.add(route().protocol(Route.PROTOCOL_KERNEL).build());
        assertLeadsOut(UP, false, false);
        assertLeadsOut(UP | POINT_TO_POINT, true, false);
    }

    @Test
    void isLedOutByADefaultRouteWithoutGatewayThatSomebodyMade() {
        routes.add(route().build());
        assertLeadsOut(UP, true, false);
    }

    @ParameterizedTest(name = "flag {0}")
    @CsvSource({"" + DEAD, "" + LINK_DOWN})
    void isNotLedOutByARouteThatTheKernelHasGivenUp(int flag) {
        Route alive = route().via(ip("192.0.2.1")).build();
        routes.add(new Route(
                alive.destination(),
                alive.type(),
                alive.table(),
                alive.gateway(),
                alive.linkIndex(),
                alive.metric(),
                alive.protocol(),
                alive.scope(),
                alive.preferredSource(),
                alive.nextHops(),
                flag));
        assertLeadsOut(UP, false, false);
    }

    @Test
    void isNotLedOutByOtherTablesTypesAndLinks() {
        routes.add(route().via(ip("192.0.2.1")).table(8801).build());
        routes.add(route().type(RouteType.UNREACHABLE).build());
        routes.add(Route.to(IpPrefix.all(AddressFamily.IPV4))
                .via(ip("192.0.2.1"))
                .out(WAN + 1)
                .build());
        assertLeadsOut(UP, false, false);
    }

    private void assertLeadsOut(int flags, boolean ipv4, boolean ipv6) {
        UplinkObservation seen = state(link(flags, 6, true)).observe("wan0");
        assertEquals(ipv4, seen.routeIpv4());
        assertEquals(ipv6, seen.routeIpv6());
        assertFalse(seen.ready(), "there is no address");
    }

    private NetworkState state(Link... links) {
        return new NetworkState(List.of(links), addresses, routes, List.of());
    }

    private static Route.Builder route() {
        return Route.to(IpPrefix.all(AddressFamily.IPV4)).out(WAN);
    }

    private static Link link(int flags, int operational, boolean carrier) {
        return new Link(
                WAN,
                "wan0",
                flags,
                1500,
                new OperationalState(operational),
                carrier,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
