package net.hybridgateway.app.kernel;

import static net.hybridgateway.app.testing.Addresses.path;
import static net.hybridgateway.app.testing.Addresses.with;
import static net.hybridgateway.netlink.testing.NetnsCommands.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.conntrack.Conntrack;
import net.hybridgateway.netlink.conntrack.TrackedFlow;
import net.hybridgateway.netlink.route.RouteNetlink;
import net.hybridgateway.netlink.testing.NetnsExtension;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.UplinkKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the kernel sends packets that are bound to nothing, with two uplinks that translate addresses, and a LAN. */
@ExtendWith(NetnsExtension.class)
class OtherTrafficIT {
    private static final InitialPath FIXED = path("fixed", 1, "192.0.2.2", "2001:db8:1::2");
    private static final InitialPath CELLULAR = path("cellular", 2, "198.51.100.3", "2001:db8:2::3");
    private static final InitialPath USED_UP = with(CELLULAR, Set.of(), Allowance.EMERGENCY_ONLY, UplinkKind.CELLULAR);
    private static final String FROM_LAN = " from 192.168.1.100 iif br-lan";

    private final List<Runnable> later = new ArrayList<>();
    private RouteNetlink netlink;
    private Conntrack conntrack;
    private PolicyRouting routing;
    private OtherTraffic traffic;

    @BeforeEach
    void twoUplinksAndALan() {
        run("sysctl -qw net.ipv4.ip_forward=1");
        run("sysctl -qw net.ipv6.conf.all.forwarding=1");
        run("ip link set lo up");
        run("ip link add br-lan type bridge");
        run("ip link set br-lan up");
        run("ip addr add 192.168.1.1/24 dev br-lan");
        uplink("wan0", "192.0.2.2/24", "2001:db8:1::2/64");
        uplink("wwan0", "198.51.100.3/24", "2001:db8:2::3/64");
        run("ip route add default via 192.0.2.1 dev wan0 metric 10");
        run("ip route add default via 198.51.100.1 dev wwan0 metric 20");
        run("ip -6 route add default via 2001:db8:1::1 dev wan0 metric 10");
        run("ip -6 route add default via 2001:db8:2::1 dev wwan0 metric 20");
        // Nobody answers for them here.
        run("ip neigh add 192.0.2.1 lladdr 02:00:00:00:00:01 nud permanent dev wan0");
        run("ip neigh add 198.51.100.1 lladdr 02:00:00:00:00:01 nud permanent dev wwan0");
        netlink = RouteNetlink.open();
        conntrack = Conntrack.open();
        UplinkTables tables = new UplinkTables(List.of("wan0", "wwan0"));
        routing = new PolicyRouting(netlink, tables);
        traffic = new OtherTraffic(netlink, conntrack, tables, later::add);
        configure(true);
        routing.apply(NetworkState.read(netlink));
        publish(FIXED, CELLULAR);
    }

    private void configure(boolean leads) {
        traffic.configure(
                List.of(new OtherTraffic.Uplink("fixed", "wan0", 10), new OtherTraffic.Uplink("cellular", "wwan0", 20)),
                List.of("br-lan"),
                leads);
    }

    private static void uplink(String device, String ipv4, String ipv6) {
        run("ip link add " + device + " type veth peer name far-" + device);
        run("ip link set far-" + device + " up");
        run("sysctl -qw net.ipv6.conf." + device + ".accept_dad=0");
        run("ip link set " + device + " up");
        run("ip addr add " + ipv4 + " dev " + device);
        run("ip addr add " + ipv6 + " nodad dev " + device);
    }

    @AfterEach
    void close() {
        conntrack.close();
        netlink.close();
    }

    @Test
    void addsNoRuleWhileTheMainTableIsRight() {
        assertEquals(List.of(), rules());
        assertEquals("wan0", way("203.0.113.9"));
    }

    @Test
    void leadsAllButTheHousesOwnNetworksAroundASilentLine() {
        publish(CELLULAR);

        assertEquals("wwan0", way("203.0.113.9"));
        assertEquals("wwan0", way("203.0.113.9" + FROM_LAN));
        assertEquals("wwan0", way("2001:db8:9::9"));
        assertEquals("br-lan", way("192.168.1.100"), "the LAN is where it was");
        assertEquals("wan0", way("203.0.113.9 from 192.0.2.2"), "what is bound to an uplink stays there");

        publish(FIXED, CELLULAR);
        assertEquals(List.of(), rules());
        assertEquals("wan0", way("203.0.113.9"));
    }

    @Test
    void takesItsRulesAwayWhenItIsToLeadNothingAnyMore() {
        publish(CELLULAR);
        assertEquals("wwan0", way("203.0.113.9"));
        configure(false);
        publish(CELLULAR);
        assertEquals(List.of(), rules());
        configure(true);
        publish(CELLULAR);
        assertEquals("wwan0", way("203.0.113.9"));
    }

    @Test
    void refusesTheLanAndNotTheGatewayWhereOnlyAUsedUpQuotaIsLeft() {
        run("ip link set wan0 down");
        changed();
        publish(USED_UP);

        AssertionError refused = assertThrows(AssertionError.class, () -> way("203.0.113.9" + FROM_LAN));
        assertTrue(
                refused.getMessage().contains("unreachable")
                        || refused.getMessage().contains("No route"),
                refused::getMessage);
        assertEquals("wwan0", way("203.0.113.9"), "names and time for emergency connections");
    }

    @Test
    void leavesOtherPolicyRoutingAndTunnelsAlone() {
        run("ip link add tun0 type veth peer name far-tun0");
        run("ip link set far-tun0 up");
        run("ip link set tun0 up");
        run("ip route add default dev tun0 table 77");
        run("ip rule add fwmark 0x100/0x3f00 lookup 77 priority 2001");
        publish(CELLULAR);
        assertEquals("tun0", way("203.0.113.9 mark 0x100"), "mwan3 comes first");

        run("ip route add default dev tun0 metric 1");
        changed();
        publish(CELLULAR);
        assertEquals("tun0", way("203.0.113.9"), "the owner sends all into a tunnel");
    }

    @Test
    void putsItsRulesBackAndDoesNothingTwice() {
        publish(CELLULAR);
        List<String> once = rules();
        run("ip rule del priority 32765");
        run("ip rule del priority 32764");
        publish(CELLULAR);
        assertTrue(rules().size() < once.size(), "nobody said that the network changed");

        changed();
        publish(CELLULAR);
        changed();
        publish(CELLULAR);

        assertEquals(once, rules());
        routing.apply(NetworkState.read(netlink));
        assertEquals(once, rules(), "the other part leaves them alone");
        PolicyRouting.remove(netlink);
        assertEquals(List.of(), rules());
    }

    @Test
    void letsFlowsOfTheOldUplinkBeginAnewAndNoOthers() throws IOException {
        run("nft add table inet nat");
        run("nft add chain inet nat source { type nat hook postrouting priority srcnat; }");
        run("nft add rule inet nat source ip saddr 192.168.1.1 oifname wan0 snat ip to 192.0.2.2");
        run("nft add rule inet nat source ip saddr 192.168.1.1 oifname wwan0 snat ip to 198.51.100.3");
        send("192.168.1.1", 5000);
        send("192.0.2.2", 5001);
        assertEquals(Set.of("192.0.2.2"), repliesTo());

        publish(CELLULAR);
        assertEquals(1, udpFlows().size(), "the one that was not translated");
        send("192.168.1.1", 5000);
        assertTrue(repliesTo().contains("198.51.100.3"), repliesTo()::toString);

        publish(FIXED, CELLULAR);
        send("192.168.1.1", 5000);
        assertEquals(Set.of("192.0.2.2"), repliesTo(), "nothing stays on cellular");
    }

    private void changed() {
        routing.apply(NetworkState.read(netlink));
        traffic.networkChanged();
    }

    private void publish(InitialPath... paths) {
        traffic.publishPaths(List.of(paths));
        while (!later.isEmpty()) {
            later.remove(0).run();
        }
    }

    private List<String> rules() {
        return netlink.rules().stream()
                .filter(OtherTraffic::isOurs)
                .map(Object::toString)
                .sorted()
                .toList();
    }

    private static String way(String packet) {
        String family = packet.contains("::") ? "-6 " : "";
        List<String> words = List.of(run("ip " + family + "route get " + packet).split("\\s+"));
        return words.get(words.indexOf("dev") + 1);
    }

    private static void send(String from, int port) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(from, port));
            channel.send(ByteBuffer.wrap(new byte[] {1}), new InetSocketAddress("203.0.113.9", 443));
        }
    }

    private List<TrackedFlow> udpFlows() {
        return conntrack.flows(AddressFamily.IPV4).stream()
                .filter(flow -> flow.protocol() == 17)
                .toList();
    }

    private Set<String> repliesTo() {
        return udpFlows().stream()
                .map(flow -> flow.repliesTo().getHostAddress())
                .collect(Collectors.toSet());
    }
}
