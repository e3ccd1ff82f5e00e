package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.web.WebServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leaves the house when a LAN host connects, seen on the fixed line. */
class CaptureIT {
    private static final int WEB_PORT = 8080;
    /** The fixed header of RFC 8803 §6.1 with six words in all, then a Connect TLV of five words to port 8080. */
    private static final String CONNECT = "01062263" + "0a05" + "1f90";

    private static House house;
    private static WebServer web;
    private static ConversionPoint conversionPoint;

    @TempDir
    private Path folder;

    @BeforeAll
    static void build() {
        assumeTrue(Requirements.find("tcpdump").isPresent(), "tcpdump is missing");
        house = Lan.build(HousePlan.plain());
        web = house.web().call(() -> WebServer.listen(WEB_PORT));
        conversionPoint = ConversionPoint.start(house);
    }

    @AfterAll
    static void remove() throws IOException {
        if (house != null) {
            conversionPoint.close();
            web.close();
            house.close();
        }
    }

    @ParameterizedTest(name = "to {0} through {1}")
    @CsvSource({
        "203.0.113.80, 198.51.100.7, 4",
        "2001:db8:80::80, 198.51.100.7, 4",
        "203.0.113.80, 2001:db8:7::7, 6",
        "2001:db8:80::80, 2001:db8:7::7, 6",
    })
    void oneSynCarriesMpCapableAndTheConnectTlv(String server, String point, int ipVersion) throws IOException {
        List<TcpSegment> toPoint = connectionTo(server, captured(server, configuration(point, "0rtt")));
        List<TcpSegment> syns = syns(toPoint);
        assertEquals(1, syns.size(), "SYNs");
        TcpSegment syn = syns.get(0);
        assertEquals(ipVersion, syn.ipVersion());
        assertEquals(List.of(TcpSegment.MP_CAPABLE), syn.mptcpSubtypes());
        assertTrue(syn.payload().startsWith(CONNECT + target(server)), syn.payload());
        assertEquals(2 * 24, syn.payload().length(), "nothing but the Convert message");
    }

    @ParameterizedTest(name = "to {0} through {1}")
    @CsvSource({
        "203.0.113.80, 198.51.100.7, 4",
        "2001:db8:80::80, 198.51.100.7, 4",
        "203.0.113.80, 2001:db8:7::7, 6",
        "2001:db8:80::80, 2001:db8:7::7, 6",
    })
    void withOneRttTheSynCarriesMpCapableAndNoData(String server, String point, int ipVersion) throws IOException {
        List<TcpSegment> toPoint = connectionTo(server, captured(server, configuration(point, "1rtt")));
        List<TcpSegment> syns = syns(toPoint);
        assertEquals(1, syns.size(), "SYNs");
        assertEquals(ipVersion, syns.get(0).ipVersion());
        assertEquals(List.of(TcpSegment.MP_CAPABLE), syns.get(0).mptcpSubtypes());
        assertEquals("", syns.get(0).payload());
        TcpSegment firstData = toPoint.stream()
                .filter(segment -> !segment.payload().isEmpty())
                .findFirst()
                .orElseThrow();
        assertFalse(firstData.syn());
        assertTrue(firstData.payload().startsWith(CONNECT + target(server)), firstData.payload());
    }

    /** All segments from the gateway to the conversion point while a LAN host fetches a file of one line. */
    private List<TcpSegment> captured(String server, String configuration) throws IOException {
        try (Gateway gateway = Gateway.start(house, configuration);
                Capture capture = Capture.start(house.router(), Access.FIXED.routerDevice(), folder)) {
            String answer = Lan.ask(
                    house.lanHost(0),
                    server,
                    WEB_PORT,
                    "GET /small HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n");
            assertTrue(answer.endsWith("\r\n\r\nsmall\n"), answer);
            assertEquals(1, GatewayStatus.of(gateway).totalConnections());
            List<TcpSegment> segments = capture.segments();
            assertEquals(0, segments.stream().filter(CaptureIT::isDirect).count(), "nothing went to the server itself");
            return segments.stream()
                    .filter(segment -> segment.destinationPort() == ConversionPoint.PORT)
                    .toList();
        }
    }

    /** Of one connection, the one that asks for the server; the gateway's own questions ask for none. */
    private static List<TcpSegment> connectionTo(String server, List<TcpSegment> toPoint) throws IOException {
        String connect = CONNECT + target(server);
        List<Integer> ports = toPoint.stream()
                .filter(segment -> segment.payload().startsWith(connect))
                .map(TcpSegment::sourcePort)
                .distinct()
                .toList();
        assertEquals(1, ports.size(), () -> "connections that ask for the server: " + toPoint);
        return toPoint.stream()
                .filter(segment -> segment.sourcePort() == ports.get(0))
                .toList();
    }

    private static boolean isDirect(TcpSegment segment) {
        return segment.destinationPort() == WEB_PORT;
    }

    private static List<TcpSegment> syns(List<TcpSegment> segments) {
        return segments.stream().filter(TcpSegment::isFirstOfItsConnection).toList();
    }

    private static String configuration(String point, String handshake) {
        return Gateway.configuration("on-demand").replace(House.conversionPointIpv4(0), point)
                + "    option handshake '" + handshake + "'\n";
    }

    /** The address field of the Connect TLV: IPv4 as ::ffff:a.b.c.d. */
    private static String target(String server) throws IOException {
        String hex = HexFormat.of().formatHex(InetAddress.getByName(server).getAddress());
        return hex.length() == 8 ? "00000000000000000000ffff" + hex : hex;
    }
}
