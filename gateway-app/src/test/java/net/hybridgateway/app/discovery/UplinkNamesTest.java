package net.hybridgateway.app.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import net.hybridgateway.app.convert.ByteString;
import net.hybridgateway.app.testing.Uplinks;
import net.hybridgateway.mgmt.config.AddressPrefix;
import net.hybridgateway.mgmt.config.AllowList;
import net.hybridgateway.mgmt.config.DiscoveryConfig;
import net.hybridgateway.mgmt.config.PointFormat;
import net.hybridgateway.mgmt.config.UplinkConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions to a name server that answers as it was told, byte by byte. */
@Timeout(60)
class UplinkNamesTest {
    private static final String ADDRESS = "c00c 0001 0001 0000012c 0004 c6336407";
    private static final NameQuestion HOST = NameQuestion.host("mcp.example.net", Optional.of("fixed"));
    private static final NameQuestion SERVICE = NameQuestion.service("a", "fixed");

    /** What is answered to a question of this type: flags and counts, and the records; nothing, if there is none. */
    private final Map<Integer, List<String>> script = new ConcurrentHashMap<>();

    private final List<Integer> askedFrom = new CopyOnWriteArrayList<>();
    private DatagramSocket server;
    private UplinkNames names;
    private Lease lease;

    @BeforeEach
    void listen() throws IOException {
        InetAddress loopback = AddressPrefix.address("127.0.0.1").orElseThrow();
        server = new DatagramSocket(new InetSocketAddress(loopback, 0));
        Thread thread = new Thread(this::serve, "name server");
        thread.setDaemon(true);
        thread.start();
        UplinkConfig uplink = Uplinks.fixed("fixed", "wan0", 10);
        PointList list = new PointList(
                List.of(),
                List.of(uplink),
                Optional.of(new DiscoveryConfig(
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        PointFormat.PCP_LIST,
                        true,
                        7000,
                        AllowList.EVERYTHING,
                        Optional.empty())));
        names = new UplinkNames(
                () -> list,
                (name, destination) -> Optional.of(loopback),
                new DnsClient(server.getLocalPort(), System::nanoTime));
        lease = new Lease(
                new LeaseKey("wan0", LeaseFamily.DHCPV4), 1000, List.of(), List.of(loopback), List.of("example.net"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void serve() {
        byte[] buffer = new byte[2048];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                server.receive(packet);
                askedFrom.add(packet.getPort());
                ByteString question = ByteString.copyOf(buffer).slice(0, packet.getLength());
                int end = 12;
                while (question.at(end) != 0) {
                    end += 1 + question.at(end);
                }
                for (String answer : script.getOrDefault(question.shortAt(end + 1), List.of())) {
                    String[] parts = answer.split("\\|", -1);
                    byte[] bytes = ByteString.ofHex(question.slice(0, 2).toHex()
                                    + parts[0]
                                    + question.slice(12, end + 5).toHex()
                                    + parts[1])
                            .toByteArray();
                    bytes[1] ^= (byte) (parts.length > 2 ? 1 : 0);
                    server.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void answer(DnsQuestion.Type type, String... answers) {
        script.put(type.number(), List.of(answers));
    }

    private NameAnswer ask(NameQuestion question) {
        return names.ask(question, List.of(lease));
    }

    @Test
    void givesTheAddressesOfBothFamiliesForTheShortestTime() {
        answer(DnsQuestion.Type.A, "8180 0001 0001 0000 0000|" + ADDRESS);
        answer(
                DnsQuestion.Type.AAAA,
                "8180 0001 0001 0000 0000|c00c 001c 0001 00000063 0010 20010db8000700000000000000000007");

        assertEquals(
                new NameAnswer.Hosts(
                        List.of(
                                AddressPrefix.address("198.51.100.7").orElseThrow(),
                                AddressPrefix.address("2001:db8:7::7").orElseThrow()),
                        99),
                ask(HOST));
    }

    @Test
    void passesOverAGuessAtAnAnswer() {
        answer(
                DnsQuestion.Type.A,
                "8180 0001 0001 0000 0000|c00c 0001 0001 0000012c 0004 cb007142|guess",
                "8180 0001 0001 0000 0000|" + ADDRESS);
        answer(DnsQuestion.Type.AAAA, "8180 0001 0000 0000 0000|");

        assertEquals(
                List.of(AddressPrefix.address("198.51.100.7").orElseThrow()),
                assertInstanceOf(NameAnswer.Hosts.class, ask(HOST)).addresses());
    }

    @Test
    void halfAnAnswerIsOne() {
        answer(DnsQuestion.Type.A, "8180 0001 0001 0000 0000|" + ADDRESS);
        answer(DnsQuestion.Type.AAAA, "8185 0001 0000 0000 0000|");

        assertEquals(
                new NameAnswer.Hosts(
                        List.of(AddressPrefix.address("198.51.100.7").orElseThrow()), 300),
                ask(HOST));
    }

    @Test
    void asksFromAnotherPortEachTime() {
        answer(DnsQuestion.Type.SRV, "8183 0001 0000 0000 0000|");
        for (int i = 0; i < 8; i++) {
            assertEquals(new NameAnswer.Nothing(), ask(SERVICE));
        }
        assertTrue(askedFrom.stream().distinct().count() > 1, askedFrom::toString);
    }

    @Test
    void givesTheServicesInTheirOrder() {
        answer(
                DnsQuestion.Type.SRV,
                "8180 0001 0002 0000 0000|c00c 0021 0001 00000e10 0009 0014 0001 1b58 016200"
                        + "c00c 0021 0001 00000e10 0009 000a 0001 1b59 016100");

        assertEquals(
                new NameAnswer.Services(
                        List.of(new SrvTarget(10, 1, 7001, "a"), new SrvTarget(20, 1, 7000, "b")), 3600),
                ask(SERVICE));
    }

    @Test
    void saysWhyThereIsNoAnswer() {
        List<String> reasons = new ArrayList<>();
        answer(DnsQuestion.Type.AAAA, "8180 0001 0000 0000 0000|");
        for (String answer : List.of(
                "8182 0001 0000 0000 0000|", "8380 0001 0001 0000 0000|" + ADDRESS, "8180 0001 0001 0000 0000|c0ff")) {
            answer(DnsQuestion.Type.A, answer);
            reasons.add(assertInstanceOf(NameAnswer.Failed.class, ask(HOST)).reason());
        }
        assertEquals(
                List.of(
                        "name server 127.0.0.1 does not tell mcp.example.net: error 2",
                        "name server 127.0.0.1 does not tell mcp.example.net: an answer that is too long for a datagram",
                        "name server 127.0.0.1 does not tell mcp.example.net: byte 33 of the name server's answer:"
                                + " a pointer that does not lead back"),
                reasons);
    }

    @Test
    void aSilentServerCostsSomeSecondsAndIsNoWordThatThereIsNothing() {
        assertEquals(new NameAnswer.Failed("name server 127.0.0.1 does not tell a: no answer"), ask(SERVICE));
        assertEquals(2, askedFrom.size());
    }
}
