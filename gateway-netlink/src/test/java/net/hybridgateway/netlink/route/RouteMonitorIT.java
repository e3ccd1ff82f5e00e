package net.hybridgateway.netlink.route;

import static net.hybridgateway.netlink.route.RouteNetlinkTest.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NetnsExtension.class)
@Timeout(60)
class RouteMonitorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private RouteMonitor monitor;
    private RouteNetlink route;

    @BeforeEach
    void open() {
        route = RouteNetlink.open();
        monitor = RouteMonitor.open();
    }

    @AfterEach
    void close() {
        monitor.close();
        route.close();
    }

    @Test
    void followsTheLifeOfALink() {
        NetnsCommands.run("ip link add wan0 type veth peer name isp0");
        int wan = route.link("wan0").orElseThrow().index();
        int isp = route.link("isp0").orElseThrow().index();
        route.setUp(wan, true);
        expectLink(link -> link.name().equals("wan0") && link.isUp() && !link.carrier());

        route.setUp(isp, true);
        expectLink(link -> link.index() == wan && link.carrier() && link.isRunning());

        route.setUp(isp, false);
        expectLink(link -> link.index() == wan && !link.carrier());

        NetnsCommands.run("ip link del wan0");
        expect(event -> event instanceof RouteEvent.LinkRemoved removed
                && removed.link().index() == wan);
    }

    @Test
    void reportsAddressesRoutesAndRules() {
        Address address = Address.of(1, ip("192.0.2.2"), 32);
        route.addAddress(address);
        expect(event -> event instanceof RouteEvent.AddressChanged changed
                && changed.address().address().equals(ip("192.0.2.2")));
        route.deleteAddress(address);
        expect(event -> event instanceof RouteEvent.AddressRemoved removed
                && removed.address().address().equals(ip("192.0.2.2")));

        for (AddressFamily family : AddressFamily.values()) {
            Route local = Route.to(IpPrefix.all(family))
                    .type(RouteType.LOCAL)
                    .metric(9)
                    .table(70_000)
                    .protocol(77)
                    .out(1)
                    .build();
            route.addRoute(local);
            expectExactly(new RouteEvent.RouteChanged(local));
            route.deleteRoute(local);
            expectExactly(new RouteEvent.RouteRemoved(local));

            Rule rule = Rule.lookup(family, 70_000)
                    .mark(1, 3)
                    .priority(2000)
                    .protocol(77)
                    .build();
            route.addRule(rule);
            expectExactly(new RouteEvent.RuleChanged(rule));
            route.deleteRule(rule);
            expectExactly(new RouteEvent.RuleRemoved(rule));
        }
    }

    @Test
    void reportsWhenATentativeAddressBecomesUsable() {
        NetnsCommands.run("ip link add wan0 type veth peer name isp0");
        int wan = route.link("wan0").orElseThrow().index();
        route.setUp(wan, true);
        route.setUp(route.link("isp0").orElseThrow().index(), true);

        route.addAddress(Address.of(wan, ip("2001:db8::2"), 64));

        expect(event -> event instanceof RouteEvent.AddressChanged changed
                && changed.address().address().equals(ip("2001:db8::2"))
                && changed.address().isUsable());
    }

    @Test
    void hearsNothingOfIpv4RoutesThatVanishWithTheirLink() {
        NetnsCommands.run("ip link add wan0 type veth peer name isp0");
        int wan = route.link("wan0").orElseThrow().index();
        route.setUp(wan, true);
        route.setUp(route.link("isp0").orElseThrow().index(), true);
        for (String network : List.of("192.0.2.0", "2001:db8:9::")) {
            route.addRoute(Route.to(IpPrefix.containing(ip(network), 24))
                    .metric(5)
                    .table(70_000)
                    .out(wan)
                    .build());
        }

        route.setUp(wan, false);
        RouteEvent removed = expect(event ->
                event instanceof RouteEvent.RouteRemoved gone && gone.route().table() == 70_000);
        assertEquals(
                AddressFamily.IPV6, ((RouteEvent.RouteRemoved) removed).route().family());
        assertEquals(List.of(), route.routes(70_000));
        for (Optional<RouteEvent> event = monitor.next(Duration.ofMillis(50));
                event.isPresent();
                event = monitor.next(Duration.ofMillis(50))) {
            assertFalse(event.get() instanceof RouteEvent.RouteRemoved gone
                    && gone.route().family() == AddressFamily.IPV4);
        }
    }

    private void expectLink(Predicate<Link> wanted) {
        expect(event -> event instanceof RouteEvent.LinkChanged changed && wanted.test(changed.link()));
    }

    private void expectExactly(RouteEvent wanted) {
        assertEquals(wanted, expect(event -> event.getClass() == wanted.getClass()));
    }

    private RouteEvent expect(Predicate<RouteEvent> wanted) {
        List<RouteEvent> others = new ArrayList<>();
        Optional<RouteEvent> event = monitor.next(PATIENCE);
        while (event.isPresent() && !wanted.test(event.get())) {
            others.add(event.get());
            event = monitor.next(PATIENCE);
        }
        assertTrue(event.isPresent(), () -> "only " + others);
        return event.get();
    }
}
