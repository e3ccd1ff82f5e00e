package net.hybridgateway.netlink.conntrack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Flows of a host that translates the addresses of what it sends itself. */
@ExtendWith(NetnsExtension.class)
class ConntrackIT {
    private static final int UDP = 17;
    private static final String UPLINK = "192.0.2.10";
    private static final String UPLINK_IPV6 = "2001:db8::10";

    private Conntrack conntrack;

    @BeforeEach
    void oneUplinkThatTranslates() {
        NetnsCommands.run("ip link add wan0 type veth peer name far");
        NetnsCommands.run("sysctl -qw net.ipv6.conf.wan0.accept_dad=0");
        NetnsCommands.run("ip link set far up");
        NetnsCommands.run("ip link set wan0 up");
        NetnsCommands.run("ip addr add 192.168.1.1/24 dev lo");
        NetnsCommands.run("ip addr add fd00:1::1/128 dev lo nodad");
        NetnsCommands.run("ip addr add " + UPLINK + "/24 dev wan0");
        NetnsCommands.run("ip addr add " + UPLINK_IPV6 + "/64 nodad dev wan0");
        for (String neighbour : List.of("192.0.2.1", "2001:db8::1")) {
            NetnsCommands.run("ip neigh add " + neighbour + " lladdr 02:00:00:00:00:01 nud permanent dev wan0");
        }
        NetnsCommands.run("ip route add default via 192.0.2.1");
        NetnsCommands.run("ip -6 route add default via 2001:db8::1");
        NetnsCommands.run("nft add table inet nat");
        NetnsCommands.run("nft add chain inet nat source { type nat hook postrouting priority srcnat; }");
        NetnsCommands.run("nft add rule inet nat source ip saddr 192.168.1.0/24 snat ip to " + UPLINK);
        NetnsCommands.run("nft add rule inet nat source ip6 saddr fd00:1::/64 snat ip6 to " + UPLINK_IPV6);
        conntrack = Conntrack.open();
    }

    @AfterEach
    void close() {
        conntrack.close();
    }

    @Test
    void tellsOfATranslatedFlowWhereItsAnswersGo() throws IOException {
        send("192.168.1.1", 5000, "203.0.113.9");
        send("fd00:1::1", 5000, "2001:db8:9::9");

        TrackedFlow flow = only(AddressFamily.IPV4);
        assertEquals(UDP, flow.protocol());
        assertEquals(ip("192.168.1.1"), flow.from());
        assertEquals(ip("203.0.113.9"), flow.to());
        assertEquals(ip(UPLINK), flow.repliesTo());
        assertTrue(flow.isSourceTranslated());
        assertEquals(ip(UPLINK_IPV6), only(AddressFamily.IPV6).repliesTo());
    }

    @Test
    void knowsFlowsThatAreNotTranslated() throws IOException {
        send(UPLINK, 5000, "203.0.113.9");

        assertFalse(only(AddressFamily.IPV4).isSourceTranslated());
    }

    @Test
    void deletesWhatFitsAndNothingElse() throws IOException {
        send("192.168.1.1", 5000, "203.0.113.9");
        send("192.168.1.1", 5001, "203.0.113.9");
        send(UPLINK, 5002, "203.0.113.9");
        send("fd00:1::1", 5000, "2001:db8:9::9");

        assertEquals(2, conntrack.delete(AddressFamily.IPV4, TrackedFlow::isSourceTranslated));
        assertEquals(0, conntrack.delete(AddressFamily.IPV4, TrackedFlow::isSourceTranslated));
        assertEquals(
                1, conntrack.delete(AddressFamily.IPV6, flow -> flow.repliesTo().equals(ip(UPLINK_IPV6))));

        assertEquals(ip(UPLINK), only(AddressFamily.IPV4).from());
        assertEquals(List.of(), udp(AddressFamily.IPV6));
    }

    @Test
    void doesNotMindThatAFlowIsGoneAlreadyAndANewOneMayBegin() throws IOException {
        send("192.168.1.1", 5000, "203.0.113.9");
        TrackedFlow first = only(AddressFamily.IPV4);
        conntrack.delete(first);
        conntrack.delete(first);
        assertEquals(List.of(), udp(AddressFamily.IPV4));

        send("192.168.1.1", 5000, "203.0.113.9");
        assertEquals(ip(UPLINK), only(AddressFamily.IPV4).repliesTo(), "a new one");
    }

    private TrackedFlow only(AddressFamily family) {
        List<TrackedFlow> flows = udp(family);
        assertEquals(1, flows.size(), flows::toString);
        return flows.get(0);
    }

    private List<TrackedFlow> udp(AddressFamily family) {
        return conntrack.flows(family).stream()
                .filter(flow -> flow.protocol() == UDP)
                .toList();
    }

    private static void send(String from, int port, String to) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(from, port));
            channel.send(ByteBuffer.wrap(new byte[] {1}), new InetSocketAddress(to, 9));
        }
    }

    private static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
