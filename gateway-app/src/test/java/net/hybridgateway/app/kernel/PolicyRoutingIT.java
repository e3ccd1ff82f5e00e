package net.hybridgateway.app.kernel;

import static net.hybridgateway.app.testing.Addresses.ip;
import static net.hybridgateway.netlink.testing.NetnsCommands.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.route.Address;
import net.hybridgateway.netlink.route.IpPrefix;
import net.hybridgateway.netlink.route.Route;
import net.hybridgateway.netlink.route.RouteNetlink;
import net.hybridgateway.netlink.route.Rule;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tables of two uplinks, in a namespace where the far ends of their cables are devices, too. */
@ExtendWith(NetnsExtension.class)
class PolicyRoutingIT {
    private RouteNetlink netlink;
    private PolicyRouting routing;

    @BeforeEach
    void twoUplinks() throws InterruptedException {
        for (String device : List.of("wan0", "wwan0")) {
            run("ip link add " + device + " type veth peer name far-" + device);
            run("sysctl -qw net.ipv6.conf.far-" + device + ".disable_ipv6=1");
            run("ip link set far-" + device + " up");
            run("sysctl -qw net.ipv6.conf." + device + ".accept_dad=0");
            run("ip link set " + device + " up");
        }
        run("ip addr add 192.0.2.2/24 dev wan0");
        run("ip addr add 2001:db8:1::2/64 nodad dev wan0");
        run("ip addr add 198.51.100.3/24 dev wwan0");
        run("ip route add default via 192.0.2.1 dev wan0 metric 10");
        run("ip route add default via 198.51.100.1 dev wwan0 metric 20");
        run("ip -6 route add default via 2001:db8:1::1 dev wan0 metric 10");
        netlink = RouteNetlink.open();
        awaitLinkLocal("wan0");
        awaitLinkLocal("wwan0");
        routing = routing();
    }

    /** The kernel makes addresses and routes of its own when it notices a carrier; they are to be there before ours. */
    private void awaitLinkLocal(String device) throws InterruptedException {
        int index = netlink.link(device).orElseThrow().index();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!hasLinkLocal(index)) {
            assertTrue(System.nanoTime() - deadline < 0, () -> netlink.addresses() + "\n" + netlink.routes());
            Thread.sleep(5);
        }
    }

    private boolean hasLinkLocal(int index) {
        List<InetAddress> addresses = netlink.addresses().stream()
                .filter(address -> address.linkIndex() == index && address.family() == AddressFamily.IPV6)
                .map(Address::address)
                .toList();
        // An address is listed before there is a route to it.
        List<IpPrefix> local = netlink.routes(Route.LOCAL_TABLE).stream()
                .map(Route::destination)
                .toList();
        return addresses.stream().anyMatch(InetAddress::isLinkLocalAddress)
                && addresses.stream().map(IpPrefix::host).allMatch(local::contains);
    }

    @AfterEach
    void close() {
        netlink.close();
    }

    @Test
    void keepsEachSourceAddressOnItsUplink() {
        apply();

        assertEquals("dev wan0", way("203.0.113.9 from 192.0.2.2"));
        assertEquals("dev wwan0", way("203.0.113.9 from 198.51.100.3"));
        assertEquals("dev wan0", way("2001:db8:9::9 from 2001:db8:1::2"));
    }

    @Test
    void leadsMarkedPacketsToThisHost() {
        apply();

        assertTrue(run("ip route get 203.0.113.9 mark 0x08000000").startsWith("local 203.0.113.9 dev lo table 8800"));
        assertTrue(run("ip -6 route get 2001:db8:9::9 mark 0x08000000").contains("dev lo table 8800"));
        assertEquals("dev wan0", way("203.0.113.9 mark 0x01000000"), "other bits of the mark are of others");
    }

    @Test
    void changesNothingTheSecondTime() {
        apply();
        List<String> once = ours();

        apply();
        routing = routing();
        apply();

        assertEquals(once, ours());
        assertEquals(once.stream().distinct().toList(), once, "nothing twice");
    }

    @Test
    void putsAnUnreachableDefaultBehindTheRoutesOfEachUplink() {
        apply();

        for (long table : List.of(8801L, 8802L)) {
            assertTrue(run("ip route show table " + table).contains("unreachable default"));
            assertTrue(run("ip -6 route show table " + table).contains("unreachable default"));
        }
        // The cellular uplink has no IPv6: its table has nothing but the end.
        assertEquals(
                1,
                run("ip -6 route show table 8802")
                        .lines()
                        .filter(line -> line.contains("default"))
                        .count());
    }

    @Test
    void keepsPacketsOfABrokenUplinkOffTheOther() {
        apply();
        run("ip link set wan0 down");

        apply();

        assertTrue(ours().stream().anyMatch(line -> line.contains("from 192.0.2.2/32")), ours()::toString);
        assertTrue(ours().stream().anyMatch(line -> line.contains("from 2001:db8:1:0:0:0:0:2/128")), ours()::toString);
        assertEquals("unreachable", way("203.0.113.9 from 192.0.2.2"));
        assertEquals("dev wwan0", way("203.0.113.9"));
    }

    @Test
    void keepsTheRulesOfADeviceThatIsGone() {
        apply();
        run("ip link del wan0");

        apply();

        assertTrue(ours().stream().anyMatch(line -> line.contains("from 192.0.2.2/32")), ours()::toString);
        assertFalse(ours().stream().anyMatch(line -> line.contains("via 192.0.2.1")), ours()::toString);
    }

    @Test
    void followsANewAddressAndANewGateway() {
        apply();
        run("ip addr del 192.0.2.2/24 dev wan0");
        run("ip addr add 192.0.2.77/24 dev wan0");
        run("ip route add default via 192.0.2.254 dev wan0 metric 10");

        apply();

        assertEquals("dev wan0", way("203.0.113.9 from 192.0.2.77"));
        List<String> now = ours();
        assertFalse(now.stream().anyMatch(line -> line.contains("192.0.2.2/32")), now::toString);
        assertFalse(now.stream().anyMatch(line -> line.contains("via 192.0.2.1 ")), now::toString);
        assertTrue(now.stream().anyMatch(line -> line.contains("via 192.0.2.254")), now::toString);
    }

    @Test
    void removesWhatAnEarlierRunLeft() {
        run("ip route add 203.0.113.0/24 dev wan0 table 8805");
        run("ip rule add from 192.0.2.200 lookup 8801 priority 810");

        apply();

        assertFalse(ours().stream().anyMatch(line -> line.contains("203.0.113.0")), ours()::toString);
        assertFalse(ours().stream().anyMatch(line -> line.contains("192.0.2.200")), ours()::toString);
    }

    @Test
    void goesOnWhereTheKernelRefusesARoute() {
        apply();
        List<String> expected = ours();
        PolicyRouting.remove(netlink);
        NetworkState state = NetworkState.read(netlink);
        List<Route> routes = new ArrayList<>(state.routes());
        // A source address that this host does not have (any more).
        routes.add(Route.to(IpPrefix.host(ip("203.0.113.1")))
                .out(state.link("wan0").orElseThrow().index())
                .preferredSource(ip("192.0.2.222"))
                .build());

        routing.apply(new NetworkState(state.links(), state.addresses(), routes, state.rules()));

        assertEquals(expected, ours());
    }

    @Test
    void leavesNothingAndOnlyWhatIsOthers() {
        String rules = run("ip rule") + run("ip -6 rule");
        String routes = run("ip route show table all") + run("ip -6 route show table all");
        apply();
        assertFalse(ours().isEmpty());

        PolicyRouting.remove(netlink);
        PolicyRouting.remove(netlink);

        assertEquals(List.of(), ours());
        assertEquals(rules, run("ip rule") + run("ip -6 rule"));
        assertEquals(routes, run("ip route show table all") + run("ip -6 route show table all"));
    }

    private PolicyRouting routing() {
        return new PolicyRouting(netlink, new UplinkTables(List.of("wan0", "wwan0")));
    }

    private void apply() {
        routing.apply(NetworkState.read(netlink));
    }

    /** Our routes and rules as text, in an order that does not change. */
    private List<String> ours() {
        return Stream.concat(
                        netlink.routes().stream()
                                .filter(route -> KernelNames.isOurTable(route.table()))
                                .map(Route::toString),
                        netlink.rules().stream()
                                .filter(rule -> KernelNames.isOurTable(rule.table()))
                                .map(Rule::toString))
                .sorted()
                .toList();
    }

    /** The device that packets leave by, or that they don't. */
    private static String way(String packet) {
        String answer;
        try {
            answer = run("ip route get " + packet);
        } catch (AssertionError refused) {
            assertTrue(refused.getMessage().contains("No route to host"), refused.getMessage());
            return "unreachable";
        }
        String[] words = answer.split(" +");
        int dev = List.of(words).indexOf("dev");
        return "dev " + words[dev + 1];
    }
}
