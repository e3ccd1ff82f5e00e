package net.hybridgateway.netlink.nftables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.namespace.NetworkNamespace;
import net.hybridgateway.netlink.socket.SocketQuery;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * LAN host, gateway and server in three namespaces, of which the test's own is the gateway:
 *
 * <pre>
 * host (192.0.2.2, 2001:db8:1::2) -- lan0 gateway wan0 -- (198.51.100.2, 2001:db8:2::2) server
 * </pre>
 */
@ExtendWith(NetnsExtension.class)
class TransparentProxyIT {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int PROXY_PORT = 7001;
    private static final int MARK = 0x20000;

    private final NetworkNamespace host = NetworkNamespace.create();
    private final NetworkNamespace server = NetworkNamespace.create();

    @BeforeEach
    void connectHostAndServer() throws Exception {
        plug(host, "lan0", "192.0.2.", "2001:db8:1::");
        plug(server, "wan0", "198.51.100.", "2001:db8:2::");
        NetnsCommands.sysctl("net.ipv4.ip_forward", 1);
        NetnsCommands.sysctl("net.ipv6.conf.all.forwarding", 1);
        for (String ip : List.of("ip -4", "ip -6")) {
            NetnsCommands.run(ip + " rule add fwmark " + MARK + " lookup 100");
            NetnsCommands.run(ip + " route add local default dev lo table 100");
        }
    }

    @AfterEach
    void closeNamespaces() {
        host.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"198.51.100.2", "2001:db8:2::2"})
    void aConnectionReachesTheListenerAndWithoutItTheServer(String address) throws Exception {
        InetSocketAddress destination = new InetSocketAddress(SampleTable.address(address), 80);
        try (NfTables tables = NfTables.open();
                StreamSocket farListener = listen(server, new InetSocketAddress(SampleTable.address("::"), 80))) {
            tables.replace(table(List.of()));
            try (StreamSocket proxy = proxy();
                    StreamSocket client = connect(destination)) {
                assertTrue(proxy.awaitReadable(PATIENCE_NANOS), "the listener got nothing");
                try (StreamSocket intercepted = proxy.accept().orElseThrow()) {
                    assertEquals(destination, SocketQuery.originalDestination(intercepted.fd()));
                    assertEquals(client.localAddress(), intercepted.remoteAddress());
                    assertTrue(client.awaitWritable(PATIENCE_NANOS));
                    assertEquals(destination, client.remoteAddress());
                }
                assertTrue(farListener.accept().isEmpty());
            }

            // With nobody listening the packets are forwarded: the LAN survives the daemon.
            expectForwarded(farListener, destination);
        }
    }

    @ParameterizedTest
    @CsvSource({"198.51.100.2", "2001:db8:2::2"})
    void anExcludedDestinationIsForwarded(String address) throws Exception {
        InetSocketAddress destination = new InetSocketAddress(SampleTable.address(address), 80);
        try (NfTables tables = NfTables.open();
                StreamSocket farListener = listen(server, new InetSocketAddress(SampleTable.address("::"), 80));
                StreamSocket proxy = proxy()) {
            tables.replace(
                    table(List.of(SampleTable.range("198.51.100.0", 24), SampleTable.range("2001:db8:2::", 48))));
            expectForwarded(farListener, destination);
            assertTrue(proxy.accept().isEmpty());
        }
    }

    private void expectForwarded(StreamSocket farListener, InetSocketAddress destination) throws Exception {
        try (StreamSocket client = connect(destination)) {
            assertTrue(farListener.awaitReadable(PATIENCE_NANOS), "the server got nothing");
            try (StreamSocket accepted = farListener.accept().orElseThrow()) {
                assertEquals(client.localAddress(), accepted.remoteAddress());
                assertTrue(client.awaitWritable(PATIENCE_NANOS));
                assertEquals(Optional.empty(), SocketQuery.error(client.fd()));
            }
        }
    }

    private StreamSocket connect(InetSocketAddress destination) throws Exception {
        StreamSocket client = host.run(() -> StreamSocket.open(StreamProtocol.TCP));
        client.connect(destination);
        return client;
    }

    /** One dual-stack listener for both families, as the gateway has. */
    private static StreamSocket proxy() {
        return StreamSocket.open(StreamProtocol.MPTCP)
                .transparent()
                .bind(new InetSocketAddress(SampleTable.address("::"), PROXY_PORT))
                .listen(8);
    }

    private static StreamSocket listen(NetworkNamespace namespace, InetSocketAddress local) throws Exception {
        return namespace.run(
                () -> StreamSocket.open(StreamProtocol.TCP).bind(local).listen(8));
    }

    private static NftTable table(List<AddressRange> excluded) {
        return new NftTable(
                "hybrid_gateway",
                List.of(
                        NftSet.ofDevices("lan", List.of("lan0")),
                        NftSet.ofRanges("excluded4", AddressFamily.IPV4, of(AddressFamily.IPV4, excluded)),
                        NftSet.ofRanges("excluded6", AddressFamily.IPV6, of(AddressFamily.IPV6, excluded))),
                List.of(NftChain.prerouting(
                        "prerouting",
                        List.of(
                                NftRule.builder().inputDeviceNotIn("lan").leave(),
                                NftRule.builder()
                                        .destinationIn(AddressFamily.IPV4, "excluded4")
                                        .leave(),
                                NftRule.builder()
                                        .destinationIn(AddressFamily.IPV6, "excluded6")
                                        .leave(),
                                proxyRule("127.0.0.1"),
                                proxyRule("::1")))));
    }

    private static List<AddressRange> of(AddressFamily family, List<AddressRange> ranges) {
        return ranges.stream().filter(range -> range.family() == family).toList();
    }

    private static NftRule proxyRule(String listener) {
        InetSocketAddress address = new InetSocketAddress(SampleTable.address(listener), PROXY_PORT);
        return NftRule.builder()
                .family(AddressFamily.of(address.getAddress()))
                .protocol(NftRule.IPPROTO_TCP)
                .proxyTo(address)
                .setMark(MARK)
                .accept();
    }

    /** Joins the gateway, which has the address 1 of each network, with the far end, which has 2. */
    private static void plug(NetworkNamespace far, String device, String net4, String net6) throws Exception {
        NetnsCommands.run("ip link add " + device + " type veth peer name eth0 netns " + far.path());
        configure(device, net4 + "1", net6 + "1");
        far.run(() -> {
            configure("eth0", net4 + "2", net6 + "2");
            NetnsCommands.run("ip -4 route add default via " + net4 + "1");
            return NetnsCommands.run("ip -6 route add default via " + net6 + "1");
        });
    }

    private static void configure(String device, String address4, String address6) {
        NetnsCommands.run("ip addr add " + address4 + "/24 dev " + device);
        NetnsCommands.run("ip addr add " + address6 + "/64 dev " + device + " nodad");
        // Else the link-local address, which neighbour discovery needs, would be tentative for a second.
        NetnsCommands.sysctl("net.ipv6.conf." + device + ".accept_dad", 0);
        NetnsCommands.run("ip link set " + device + " up");
    }
}
