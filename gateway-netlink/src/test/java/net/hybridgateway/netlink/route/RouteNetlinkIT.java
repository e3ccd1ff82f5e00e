package net.hybridgateway.netlink.route;

import static net.hybridgateway.netlink.route.RouteNetlinkTest.ip;
import static net.hybridgateway.netlink.route.RouteNetlinkTest.prefix;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(NetnsExtension.class)
@Timeout(60)
class RouteNetlinkIT {
    private static final long TABLE = 70_000;
    private static final int PROTOCOL = 77;

    private RouteNetlink route;
    private int wan;

    @BeforeEach
    void makeAPairOfLinks() {
        route = RouteNetlink.open();
        NetnsCommands.run("ip link add wan0 type veth peer name isp0");
        wan = route.link("wan0").orElseThrow().index();
        route.setUp(wan, true);
        route.setUp(route.link("isp0").orElseThrow().index(), true);
        route.addAddress(Address.of(wan, ip("192.0.2.2"), 24));
        route.addAddress(Address.of(wan, ip("2001:db8::2"), 64).withFlags(Address.NO_DUPLICATE_DETECTION));
    }

    @AfterEach
    void close() {
        route.close();
    }

    @Test
    void listsLinks() {
        List<Link> links = route.links();

        assertEquals(
                List.of("isp0", "lo", "wan0"),
                links.stream().map(Link::name).sorted().toList());
        Link lo = links.stream().filter(Link::isLoopback).findFirst().orElseThrow();
        assertEquals(1, lo.index());
        assertEquals(Optional.of("veth"), route.link(wan).orElseThrow().kind());
        assertTrue(route.link("wan0").orElseThrow().counters().isPresent());
        assertEquals(Optional.empty(), route.link("wan1"));
        assertEquals(Optional.empty(), route.link(4711));
    }

    @Test
    void seesTheCarrierOfTheOtherEnd() {
        await(link -> link.carrier() && link.state().equals(OperationalState.UP));

        route.setUp(route.link("isp0").orElseThrow().index(), false);

        await(link -> !link.carrier() && !link.isRunning() && link.isUp());
    }

    @Test
    void countsBytes() {
        // Until the kernel has noticed the carrier, what is sent is dropped in front of the device.
        await(link -> link.carrier() && link.state().equals(OperationalState.UP));
        long before = sentBytes();
        NetnsCommands.run("ip neigh replace 192.0.2.1 lladdr 02:00:00:00:00:01 dev wan0");
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[1000], 1000, ip("192.0.2.1"), 9));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertTrue(sentBytes() - before >= 1042);
    }

    @Test
    void addsAndDeletesAddresses() {
        Address ipv4 = Address.of(wan, ip("198.51.100.7"), 25);
        Address ipv6 = Address.of(wan, ip("2001:db8:1::7"), 56).withFlags(Address.NO_DUPLICATE_DETECTION);
        for (Address address : List.of(ipv4, ipv6)) {
            route.addAddress(address);
            Address listed = find(address.address()).orElseThrow();
            assertEquals(address.network(), listed.network());
            assertEquals(Scope.UNIVERSE, listed.scope());
            assertTrue(listed.isUsable());
            assertTrue(assertThrows(NetlinkException.class, () -> route.addAddress(address))
                    .is(Errno.EEXIST));
            route.replaceAddress(address);

            route.deleteAddress(address);
            assertEquals(Optional.empty(), find(address.address()));
        }
    }

    @Test
    void seesAnAddressThatIsStillTentative() {
        // Questions for a quarter of an hour.
        NetnsCommands.sysctl("net.ipv6.conf.wan0.dad_transmits", 900);
        route.addAddress(Address.of(wan, ip("2001:db8:2::7"), 64));

        assertTrue(find(ip("2001:db8:2::7")).orElseThrow().isTentative());
    }

    static Stream<Route> routes() {
        return Stream.of(
                Route.to(prefix("203.0.113.0", 24))
                        .via(ip("192.0.2.1"))
                        .metric(10)
                        .build(),
                Route.to(IpPrefix.all(AddressFamily.IPV4)).via(ip("192.0.2.1")).build(),
                Route.to(IpPrefix.all(AddressFamily.IPV4))
                        .via(ip("192.0.2.1"))
                        .preferredSource(ip("192.0.2.2"))
                        .metric(4_000_000_000L)
                        .build(),
                Route.to(prefix("203.0.113.0", 24))
                        .via(ip("198.18.0.1"))
                        .onLink()
                        .build(),
                Route.to(IpPrefix.host(ip("203.0.113.9")))
                        .via(ip("2001:db8::1"))
                        .build(),
                Route.to(IpPrefix.host(ip("203.0.113.9"))).build(),
                Route.to(prefix("2001:db8:9::", 48))
                        .via(ip("2001:db8::1"))
                        .metric(10)
                        .build(),
                Route.to(IpPrefix.all(AddressFamily.IPV6))
                        .via(ip("2001:db8::1"))
                        .metric(1)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("routes")
    void listsARouteAsItWasAdded(Route template) {
        Route wanted =
                template.toBuilder().table(TABLE).protocol(PROTOCOL).out(wan).build();

        route.addRoute(wanted);
        assertEquals(List.of(wanted), route.routes(TABLE));
        assertTrue(route.routes().contains(wanted));
        assertTrue(assertThrows(NetlinkException.class, () -> route.addRoute(wanted))
                .is(Errno.EEXIST));
        route.replaceRoute(wanted);
        assertEquals(List.of(wanted), route.routes(TABLE));

        route.deleteRoute(wanted);
        assertEquals(List.of(), route.routes(TABLE));
        assertTrue(assertThrows(NetlinkException.class, () -> route.deleteRoute(wanted))
                .is(Errno.ESRCH));
    }

    @ParameterizedTest
    @EnumSource
    void addsRoutesThatGoNowhere(AddressFamily family) {
        for (RouteType type :
                List.of(RouteType.UNREACHABLE, RouteType.BLACKHOLE, RouteType.PROHIBIT, RouteType.THROW)) {
            Route wanted = Route.to(IpPrefix.all(family))
                    .type(type)
                    .metric(4000)
                    .table(TABLE)
                    .protocol(PROTOCOL)
                    .build();

            route.addRoute(wanted);
            Route listed = route.routes(TABLE).get(0);
            assertEquals(type, listed.type());
            assertEquals(4000, listed.metric());
            route.deleteRoute(listed);
            assertEquals(List.of(), route.routes(TABLE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void addsALocalRouteForTransparentProxies(AddressFamily family) {
        Route wanted = Route.to(IpPrefix.all(family))
                .type(RouteType.LOCAL)
                .metric(5)
                .table(TABLE)
                .protocol(PROTOCOL)
                .out(1)
                .build();

        route.addRoute(wanted);

        assertEquals(List.of(wanted), route.routes(TABLE));
    }

    @ParameterizedTest
    @EnumSource
    void replacesTheRouteOfTheSameMetric(AddressFamily family) {
        InetAddress first = family == AddressFamily.IPV4 ? ip("192.0.2.1") : ip("2001:db8::1");
        InetAddress second = family == AddressFamily.IPV4 ? ip("192.0.2.9") : ip("2001:db8::9");
        Route.Builder wanted = Route.to(IpPrefix.all(family))
                .metric(7)
                .table(TABLE)
                .protocol(PROTOCOL)
                .out(wan);
        route.addRoute(wanted.via(first).build());

        route.replaceRoute(wanted.via(second).build());

        assertEquals(List.of(wanted.via(second).build()), route.routes(TABLE));
    }

    @Test
    void readsARouteOfSeveralNextHops() {
        NetnsCommands.run("ip route add 203.0.113.0/24 table 70000 nexthop via 192.0.2.1 dev wan0 weight 3"
                + " nexthop via 192.0.2.9 dev wan0");

        Route shared = route.routes(TABLE).get(0);

        assertEquals(
                List.of(
                        new NextHop(wan, Optional.of(ip("192.0.2.1")), 3, 0),
                        new NextHop(wan, Optional.of(ip("192.0.2.9")), 1, 0)),
                shared.nextHops());
        assertEquals(Optional.empty(), shared.gateway());
    }

    @Test
    void explainsARefusal() {
        Route unreachable = Route.to(prefix("203.0.113.0", 24))
                .via(ip("198.51.100.1"))
                .out(wan)
                .build();

        NetlinkException refused = assertThrows(NetlinkException.class, () -> route.addRoute(unreachable));

        assertTrue(refused.is(Errno.ENETUNREACH), refused::toString);
        assertEquals(Optional.of("Nexthop has invalid gateway"), refused.kernelText());
        assertEquals("add route " + unreachable, refused.operation());
    }

    static Stream<Rule> rules() {
        return Stream.of(
                Rule.lookup(AddressFamily.IPV4, TABLE)
                        .from(IpPrefix.host(ip("192.0.2.2")))
                        .priority(2000)
                        .protocol(PROTOCOL)
                        .build(),
                Rule.lookup(AddressFamily.IPV4, 100)
                        .to(prefix("203.0.113.0", 24))
                        .mark(0x10000, 0xff0000)
                        .input("lo")
                        .output("wan0")
                        .priority(0xffff_fff0L)
                        .protocol(PROTOCOL)
                        .build(),
                Rule.lookup(AddressFamily.IPV4, Route.MAIN_TABLE)
                        .suppressPrefixLength(0)
                        .mark(0)
                        .inverted()
                        .priority(2002)
                        .protocol(PROTOCOL)
                        .build(),
                Rule.lookup(AddressFamily.IPV6, TABLE)
                        .from(prefix("2001:db8::", 64))
                        .to(IpPrefix.host(ip("2001:db8:9::1")))
                        .mark(5)
                        .input("not-there-yet")
                        .priority(2003)
                        .protocol(PROTOCOL)
                        .build(),
                Rule.doing(AddressFamily.IPV6, RuleAction.UNREACHABLE)
                        .from(IpPrefix.host(ip("2001:db8::2")))
                        .priority(2004)
                        .protocol(PROTOCOL)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void listsARuleAsItWasAdded(Rule rule) {
        List<Rule> before = route.rules();

        route.addRule(rule);
        List<Rule> added = new ArrayList<>(route.rules());
        added.removeAll(before);
        assertEquals(List.of(rule), added);
        assertTrue(
                assertThrows(NetlinkException.class, () -> route.addRule(rule)).is(Errno.EEXIST));

        route.deleteRule(rule);
        assertEquals(before, route.rules());
        assertTrue(assertThrows(NetlinkException.class, () -> route.deleteRule(rule))
                .is(Errno.ENOENT));
    }

    @Test
    void sendsPacketsByTheTableOfTheirMark() {
        route.addRoute(Route.to(IpPrefix.all(AddressFamily.IPV4))
                .via(ip("192.0.2.1"))
                .out(wan)
                .table(TABLE)
                .build());
        route.addRule(Rule.lookup(AddressFamily.IPV4, TABLE)
                .mark(0x20000, 0xff0000)
                .priority(2000)
                .build());

        assertTrue(NetnsCommands.run("ip route get 203.0.113.1 mark 0x20001").contains("via 192.0.2.1"));
        AssertionError unmarked =
                assertThrows(AssertionError.class, () -> NetnsCommands.run("ip route get 203.0.113.1"));
        assertTrue(unmarked.getMessage().contains("unreachable"), unmarked.getMessage());
    }

    @Test
    void listsManyRoutes() {
        for (int i = 0; i < 3000; i++) {
            route.addRoute(Route.to(IpPrefix.host(ip("10.7." + i / 250 + "." + i % 250)))
                    .via(ip("192.0.2.1"))
                    .out(wan)
                    .table(TABLE)
                    .build());
        }

        assertEquals(3000, route.routes(TABLE).size());
    }

    private void await(Predicate<Link> wanted) {
        long deadlineNanos = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Link link = route.link(wan).orElseThrow();
        while (!wanted.test(link)) {
            assertFalse(System.nanoTime() > deadlineNanos, link::toString);
            Thread.onSpinWait();
            link = route.link(wan).orElseThrow();
        }
    }

    private long sentBytes() {
        return route.link(wan).orElseThrow().counters().orElseThrow().sentBytes();
    }

    private Optional<Address> find(InetAddress address) {
        return route.addresses().stream()
                .filter(listed -> listed.address().equals(address) && listed.linkIndex() == wan)
                .findFirst();
    }
}
