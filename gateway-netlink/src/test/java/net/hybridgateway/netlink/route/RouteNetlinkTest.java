package net.hybridgateway.netlink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.MalformedMessageException;
import net.hybridgateway.netlink.NetlinkConversation;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.testing.FakeNetlinkSocket;
import net.hybridgateway.netlink.testing.GoldenBytes;
import net.hybridgateway.netlink.testing.NetlinkReplies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RouteNetlinkTest {
    private static final Route ROUTE = Route.to(prefix("10.5.0.0", 16))
            .via(ip("10.1.2.1"))
            .preferredSource(ip("10.1.2.3"))
            .table(1000)
            .metric(50)
            .protocol(77)
            .out(3)
            .build();
    private static final Rule RULE = Rule.lookup(AddressFamily.IPV4, 1000)
            .from(prefix("10.1.2.3", 32))
            .to(prefix("10.0.0.0", 8))
            .priority(2000)
            .mark(0x10000, 0xff0000)
            .input("v0")
            .output("v1")
            .protocol(77)
            .build();

    static Stream<Arguments> changes() {
        return Stream.of(
                change("link-down", route -> route.setUp(3, false)),
                change("address-add-ipv4", route -> route.addAddress(Address.of(3, ip("10.1.2.3"), 24))),
                change(
                        "address-add-ipv6",
                        route -> route.addAddress(
                                Address.of(3, ip("2001:db8::3"), 64).withFlags(Address.NO_DUPLICATE_DETECTION))),
                change(
                        "address-add-peer",
                        route -> route.addAddress(
                                new Address(3, ip("10.9.0.1"), 32, Optional.of(ip("10.9.0.2")), Scope.UNIVERSE, 0))),
                change("route-add-ipv4", route -> route.addRoute(ROUTE)),
                change(
                        "route-replace-unreachable",
                        route -> route.replaceRoute(Route.to(IpPrefix.all(AddressFamily.IPV4))
                                .type(RouteType.UNREACHABLE)
                                .table(1000)
                                .metric(4000)
                                .protocol(77)
                                .build())),
                change(
                        "route-replace-local",
                        route -> route.replaceRoute(Route.to(IpPrefix.all(AddressFamily.IPV4))
                                .type(RouteType.LOCAL)
                                .table(100)
                                .protocol(77)
                                .out(1)
                                .build())),
                change(
                        "route-add-ipv6",
                        route -> route.addRoute(Route.to(prefix("2001:db8:5::", 48))
                                .via(ip("2001:db8::1"))
                                .table(1000)
                                .metric(50)
                                .protocol(77)
                                .out(3)
                                .build())),
                change("rule-add-ipv4", route -> route.addRule(RULE)),
                change(
                        "rule-add-ipv6",
                        route -> route.addRule(Rule.lookup(AddressFamily.IPV6, 100)
                                .from(prefix("2001:db8::3", 128))
                                .priority(2001)
                                .build())));
    }

    private static Arguments change(String name, Consumer<RouteNetlink> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void sendsWhatTheIpCommandSends(String name, Consumer<RouteNetlink> change) {
        NetlinkMessage expected = GoldenBytes.message(name);
        FakeNetlinkSocket socket = new FakeNetlinkSocket(NetlinkReplies::acknowledge);

        change.accept(route(socket));

        NetlinkMessage sent = socket.requests().get(0);
        assertEquals(expected.type(), sent.type());
        assertEquals(expected.header().flags(), sent.header().flags());
        assertEquals(expected.payload(), sent.payload());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void readsItsOwnMessages(String name, Consumer<RouteNetlink> change) {
        NetlinkMessage message = GoldenBytes.message(name);

        assertTrue(RouteMonitor.decode(message).isPresent());
    }

    @Test
    void readsARouteAsItWasWritten() {
        assertEquals(Optional.of(ROUTE), Route.decode(GoldenBytes.message("route-add-ipv4")));
        assertEquals(ROUTE, ROUTE.toBuilder().build());
    }

    @Test
    void readsARuleAsItWasWritten() {
        assertEquals(Optional.of(RULE), Rule.decode(GoldenBytes.message("rule-add-ipv4")));
    }

    @Test
    void readsALinkWithItsCounters() {
        Link link = Link.decode(GoldenBytes.message("link-show"));

        assertEquals(3, link.index());
        assertEquals("v0", link.name());
        assertEquals(1500, link.mtuBytes());
        assertEquals(OperationalState.UP, link.state());
        assertTrue(link.carrier() && link.isUp() && link.isRunning());
        assertFalse(link.isLoopback() || link.isPointToPoint());
        assertEquals(Optional.of("veth"), link.kind());
        assertEquals(OptionalInt.empty(), link.master());
        assertEquals(Optional.of(new LinkCounters(2, 1, 180, 90, 0, 0, 0, 0)), link.counters());
    }

    @Test
    void readsAddressesOfBothFamilies() {
        List<Address> ipv4 = addresses("address-show-ipv4");
        List<Address> ipv6 = addresses("address-show-ipv6");

        assertEquals(2, ipv4.size());
        assertEquals(ip("10.1.2.3"), ipv4.get(0).address());
        assertEquals(prefix("10.1.2.0", 24), ipv4.get(0).network());
        assertEquals(ip("10.9.0.1"), ipv4.get(1).address());
        assertEquals(Optional.of(ip("10.9.0.2")), ipv4.get(1).peer());
        assertEquals(prefix("10.9.0.2", 32), ipv4.get(1).network());
        assertEquals(ip("2001:db8::3"), ipv6.get(0).address());
        assertTrue(ipv6.get(0).isUsable());
        assertEquals(Scope.LINK, ipv6.get(1).scope());
        assertTrue(ipv6.get(1).isTentative());
        assertFalse(ipv6.get(1).isUsable());
    }

    @Test
    void readsRoutesOfALargeTable() {
        List<Route> routes = NetlinkMessage.decodeAll(GoldenBytes.datagram("route-show-ipv4")).stream()
                .flatMap(message -> Route.decode(message).stream())
                .toList();

        assertEquals(
                List.of(
                        "unreachable 0.0.0.0/0 table 1000 metric 4000 proto 77 scope universe",
                        "unicast 10.5.0.0/16 via 10.1.2.1 out 3 table 1000 metric 50 src 10.1.2.3 proto 77 scope universe"),
                routes.stream().limit(2).map(Route::toString).toList());
        assertEquals(
                List.of(
                        new NextHop(3, Optional.of(ip("10.1.2.1")), 2, 0),
                        new NextHop(3, Optional.of(ip("10.1.2.9")), 1, 0)),
                routes.get(2).nextHops());
    }

    @Test
    void readsTheKernelsRules() {
        List<String> rules = NetlinkMessage.decodeAll(GoldenBytes.datagram("rule-show-ipv4")).stream()
                .filter(message -> message.type() == RouteNumbers.RTM_NEWRULE)
                .flatMap(message -> Rule.decode(message).stream())
                .map(Rule::toString)
                .toList();

        assertEquals(
                List.of(
                        "IPV4 0: lookup 255 proto 2",
                        "IPV4 2000: from 10.1.2.3/32 to 10.0.0.0/8 fwmark 0x10000/0xff0000 iif v0 oif v1 lookup 1000 proto 77",
                        "IPV4 32766: lookup 254 proto 2",
                        "IPV4 32767: lookup 253 proto 2"),
                rules);
    }

    @Test
    void leavesOutCachedRoutesAndOtherFamilies() {
        NetlinkMessage route = GoldenBytes.message("route-add-ipv4");
        byte[] cloned = new byte[route.payload().remaining()];
        route.payload().get(cloned);
        cloned[9] = 0x02; // RTM_F_CLONED is 0x200
        byte[] mpls = cloned.clone();
        mpls[0] = 28;
        mpls[9] = 0;

        assertEquals(Optional.empty(), Route.decode(NetlinkMessage.of(24, 0, 0, 0, ByteBuffer.wrap(cloned))));
        assertEquals(Optional.empty(), Route.decode(NetlinkMessage.of(24, 0, 0, 0, ByteBuffer.wrap(mpls))));
    }

    @Test
    void keepsMappedPrefixesInTheirFamily() {
        IpPrefix mapped = new IpPrefix(
                AddressFamily.IPV6.address(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0}), 96);
        Route route = Route.to(mapped).type(RouteType.UNREACHABLE).build();
        NetlinkMessage message = NetlinkMessage.of(24, 0, 0, 0, route.encode().toBuffer());

        assertEquals(Optional.of(route), Route.decode(message));
    }

    @Test
    void refusesAPrefixLongerThanTheAddress() {
        NetlinkMessage message = GoldenBytes.message("route-add-ipv4");
        byte[] payload = new byte[message.payload().remaining()];
        message.payload().get(payload);
        payload[1] = 33;

        assertThrows(
                MalformedMessageException.class,
                () -> Route.decode(NetlinkMessage.of(24, 0, 0, 0, ByteBuffer.wrap(payload))));
    }

    @Test
    void findsNoLinkWhereTheKernelFindsNone() {
        assertEquals(
                Optional.empty(),
                route(new FakeNetlinkSocket(request -> NetlinkReplies.error(request, Errno.ENODEV)))
                        .link("nope"));
        assertThrows(NetlinkException.class, () -> route(
                        new FakeNetlinkSocket(request -> NetlinkReplies.error(request, Errno.EPERM)))
                .link("nope"));
    }

    @Test
    void findsNoRoutesInATableThatDoesNotExist() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(request -> NetlinkReplies.error(request, Errno.ENOENT));

        assertEquals(List.of(), route(socket).routes(4711));
    }

    @Test
    void filtersWhatAnOldKernelSendsUnfiltered() {
        Route other = ROUTE.toBuilder().table(2000).build();
        FakeNetlinkSocket socket = new FakeNetlinkSocket(request -> NetlinkReplies.multipart(
                request, 24, List.of(ROUTE.encode().toBuffer(), other.encode().toBuffer())));

        assertEquals(List.of(ROUTE), route(socket).routes(1000));
    }

    @Test
    void deletesByTheWordsOfTheAddition() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(NetlinkReplies::acknowledge);
        RouteNetlink route = route(socket);

        route.deleteRoute(ROUTE);
        route.deleteRule(RULE);

        NetlinkMessage deleteRoute = socket.requests().get(0);
        NetlinkMessage deleteRule = socket.requests().get(1);
        assertEquals(RouteNumbers.RTM_DELROUTE, deleteRoute.type());
        assertEquals(GoldenBytes.message("route-add-ipv4").payload(), deleteRoute.payload());
        assertEquals(RouteNumbers.RTM_DELRULE, deleteRule.type());
        assertEquals(GoldenBytes.message("rule-add-ipv4").payload(), deleteRule.payload());
    }

    @Test
    void namesTheRouteThatWasRefused() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(
                request -> NetlinkReplies.error(request, Errno.ENETUNREACH, "Nexthop has invalid gateway", 36));

        NetlinkException refused =
                assertThrows(NetlinkException.class, () -> route(socket).addRoute(ROUTE));

        assertEquals("add route " + ROUTE, refused.operation());
    }

    private static List<Address> addresses(String name) {
        return NetlinkMessage.decodeAll(GoldenBytes.datagram(name)).stream()
                .filter(message -> message.type() == RouteNumbers.RTM_NEWADDR)
                .flatMap(message -> Address.decode(message).stream())
                .toList();
    }

    private static RouteNetlink route(FakeNetlinkSocket socket) {
        return new RouteNetlink(new NetlinkConversation(socket));
    }

    static IpPrefix prefix(String address, int length) {
        return new IpPrefix(ip(address), length);
    }

    static InetAddress ip(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
