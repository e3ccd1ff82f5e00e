package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.Families;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.MptcpCounters;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.net.Topology;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Servers that speak Multipath TCP themselves, which need no conversion point once that is known. They say what their own
 * socket is, and from which address the connection came that it belongs to.
 */
class BypassIT {
    private static final int PORT = ConversionPoint.PORT;
    private static final String POINT = House.conversionPointIpv4(0);
    private static final String CONVERTED = "multipath from " + POINT;
    private static final String STRAIGHT = "multipath from " + Access.FIXED.ipv4();
    private static final String ANOTHER_WEB_IPV4 = "203.0.113.81";
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Connections that the server took since it was started. */
    private static final AtomicInteger served = new AtomicInteger();

    private static House house;
    private static ConversionPoint point;

    @BeforeAll
    static void build() {
        house = Lan.build(HousePlan.plain());
        point = ConversionPoint.start(house);
    }

    @AfterAll
    static void remove() {
        if (house != null) {
            point.close();
            house.close();
        }
    }

    @AfterEach
    void mend() {
        house.fixed().mend();
        house.web().sysctl("net.mptcp.allow_join_initial_addr_port=1");
    }

    @ParameterizedTest
    @EnumSource(names = {"CARRIER", "SILENT"})
    void theSecondConnectionGoesStraightToTheServerAndSurvivesABreak(Cut cut) throws IOException {
        long joins = MptcpCounters.read(house.web(), "MPJoinAckRx");
        long removals = MptcpCounters.read(house.web(), "RmAddr");
        try (ScriptedPoint server = server(house, ScriptedPoint.Listener.MULTIPATH);
                Gateway gateway = start(house, "bypass", "on-demand")) {
            assertEquals(CONVERTED, askOnce(house, House.webIpv4()), server.troubles()::toString);
            try (Talk talk = new Talk(house, House.webIpv4())) {
                assertEquals(STRAIGHT, talk.ask(), server.troubles()::toString);
                JsonObject connection = connection(gateway);
                assertTrue(connection.getBoolean("bypass"), connection::toString);
                assertTrue(connection.getBoolean("mptcp"), connection::toString);
                assertFalse(connection.has("conversionPoint"), connection::toString);
                assertTrue(connection.getArray("notes").toString().contains("speaks Multipath TCP itself"));
                awaitUplinks(gateway, List.of("fixed"));

                house.fixed().cut(cut);
                assertEquals(STRAIGHT, talk.ask(), server.troubles()::toString);
                awaitUplinks(gateway, List.of("cellular"));
                assertTrue(
                        connection(gateway).getArray("paths").getObject(0).getBoolean("backup"),
                        "it joined with the backup bit");
                house.fixed().mend();
                awaitUplinks(gateway, List.of("cellular", "fixed"));
                assertEquals(STRAIGHT, talk.ask(), server.troubles()::toString);
            }
            // One of them straight to it. Nobody else came, such as to ask whether it is there.
            assertEquals(2, served.get());
            // One over cellular, and one over the fixed line again.
            assertEquals(2, MptcpCounters.read(house.web(), "MPJoinAckRx") - joins);
            assertTrue(MptcpCounters.read(house.web(), "RmAddr") > removals, "the server was not told of the break");
            assertEquals(2, GatewayStatus.of(gateway).totalConnections());
        }
    }

    @Test
    void anUplinkThatSharesTheLoadIsJoinedAtTheServer() throws IOException {
        try (ScriptedPoint server = server(house, ScriptedPoint.Listener.MULTIPATH);
                Gateway gateway = start(house, "bypass", "always")) {
            assertEquals(CONVERTED, askOnce(house, House.webIpv4()), server.troubles()::toString);
            try (Talk talk = new Talk(house, House.webIpv4())) {
                assertEquals(STRAIGHT, talk.ask(), server.troubles()::toString);
                awaitUplinks(gateway, List.of("fixed", "cellular"));
            }
        }
    }

    @ParameterizedTest(name = "mptcp_servers {0}, server {1}: {2}")
    @CsvSource({"keep, MULTIPATH, multipath", "operator, MULTIPATH, plain", "bypass, PLAIN, plain"})
    void theConversionPointIsKeptWhereTheServerSpeaksPlainTcpOrNothingElseIsWanted(
            String servers, ScriptedPoint.Listener kind, String seen) throws IOException {
        try (ScriptedPoint server = server(house, kind);
                Gateway gateway = start(house, servers, "on-demand")) {
            for (int i = 0; i < 3; i++) {
                assertEquals(seen + " from " + POINT, askOnce(house, House.webIpv4()), server.troubles()::toString);
            }
            assertEquals(3, GatewayStatus.of(gateway).totalConnections());
        }
    }

    @Test
    void aServerThatFallsBackToPlainTcpIsReachedThroughTheConversionPointFromThenOn() throws IOException {
        try (Gateway gateway = start(house, "bypass", "on-demand")) {
            try (ScriptedPoint server = server(house, ScriptedPoint.Listener.MULTIPATH)) {
                assertEquals(CONVERTED, askOnce(house, House.webIpv4()), server.troubles()::toString);
                assertEquals(STRAIGHT, askOnce(house, House.webIpv4()), server.troubles()::toString);
            }
            try (ScriptedPoint server = server(house, ScriptedPoint.Listener.PLAIN)) {
                assertEquals("plain from " + POINT, askOnce(house, House.webIpv4()));
                assertEquals(
                        List.of(),
                        server.troubles().stream()
                                .filter(it -> it.contains("silence"))
                                .toList());
            }
            try (ScriptedPoint server = server(house, ScriptedPoint.Listener.MULTIPATH)) {
                assertEquals(CONVERTED, askOnce(house, House.webIpv4()), server.troubles()::toString);
                assertEquals(CONVERTED, askOnce(house, House.webIpv4()), server.troubles()::toString);
            }
            assertEquals(5, GatewayStatus.of(gateway).totalConnections());
        }
    }

    @Test
    void aServerThatDeniesItsAddressIsJoinedNowhereAndLaterConnectionsAreConverted() throws IOException {
        house.web().sysctl("net.mptcp.allow_join_initial_addr_port=0");
        long joins = MptcpCounters.read(house.web(), "MPJoinSynRx");
        try (ScriptedPoint server = server(house, ScriptedPoint.Listener.MULTIPATH);
                Gateway gateway = start(house, "bypass", "always")) {
            assertEquals(CONVERTED, askOnce(house, House.webIpv4()), server.troubles()::toString);
            try (Talk talk = new Talk(house, House.webIpv4())) {
                assertEquals(STRAIGHT, talk.ask(), server.troubles()::toString);
                assertTrue(
                        Pause.until(SOON, () -> connection(gateway)
                                .getArray("notes")
                                .toString()
                                .contains("announced")),
                        () -> connection(gateway).toString());
                assertEquals(CONVERTED, askOnce(house, House.webIpv4()), server.troubles()::toString);
                assertEquals(STRAIGHT, talk.ask(), server.troubles()::toString);
            }
            assertEquals(joins, MptcpCounters.read(house.web(), "MPJoinSynRx"));
        }
    }

    @Test
    void aServerThatDeniesItsAddressIsJoinedAtTheOneThatItAnnounces() throws IOException {
        try (House house = Lan.build(HousePlan.plain());
                ConversionPoint point = ConversionPoint.start(house)) {
            house.router().ip("route add " + ANOTHER_WEB_IPV4 + " via " + House.webIpv4());
            house.web().ip("addr add " + ANOTHER_WEB_IPV4 + "/32 dev eth0");
            house.web().run("ip", "mptcp", "endpoint", "add", ANOTHER_WEB_IPV4, "dev", "eth0", "signal");
            house.web().sysctl("net.mptcp.allow_join_initial_addr_port=0");
            try (ScriptedPoint server = server(house, ScriptedPoint.Listener.MULTIPATH);
                    Gateway gateway = start(house, "bypass", "always")) {
                assertEquals(CONVERTED, askOnce(house, House.webIpv4()), server.troubles()::toString);
                try (Talk talk = new Talk(house, House.webIpv4())) {
                    assertEquals(STRAIGHT, talk.ask(), server.troubles()::toString);
                    awaitUplinks(gateway, List.of("fixed", "cellular"));
                    house.fixed().cut(Cut.CARRIER);
                    assertEquals(STRAIGHT, talk.ask(), server.troubles()::toString);
                    awaitUplinks(gateway, List.of("cellular"));
                }
            }
            assertTrue(point.process().isAlive());
        }
    }

    @Test
    void nothingIsBypassedWhereTheCellularNetworkLeadsToTheConversionPointOnly() throws IOException {
        try (House house = Lan.build(
                        HousePlan.plain().withTopology(Topology.dedicatedCellular(Topology.Reach.CONVERSION_POINTS)));
                ConversionPoint point = ConversionPoint.start(house);
                ScriptedPoint server = server(house, ScriptedPoint.Listener.MULTIPATH);
                Gateway gateway = Gateway.start(
                        house,
                        configuration("bypass", "on-demand")
                                .replace(
                                        "option kind 'cellular'",
                                        "option kind 'cellular'\n    option reach 'conversion-point'"))) {
            assertConvertedAndKeptInABreak(house, gateway, server);
            assertTrue(point.process().isAlive());
        }
    }

    @Test
    void anIpv4ServerIsNotBypassedWhereCellularHasIpv6OnlyAndAnIpv6ServerIs() throws IOException {
        String configuration = configuration("bypass", "on-demand")
                .replace(
                        "option address '" + POINT + "'",
                        "list address '" + POINT + "'\n    list address '" + House.conversionPointIpv6(0) + "'");
        try (House house =
                        Lan.build(HousePlan.plain().withTopology(Topology.ofFamilies(Families.BOTH, Families.IPV6)));
                ConversionPoint point = ConversionPoint.start(house);
                ScriptedPoint server = server(house, ScriptedPoint.Listener.MULTIPATH);
                Gateway gateway = Gateway.start(house, configuration)) {
            askOnce(house, House.webIpv6());
            // As Java writes Access.FIXED.ipv6().
            assertEquals("multipath from 2001:db8:f:0:0:0:0:10", askOnce(house, House.webIpv6()));
            assertConvertedAndKeptInABreak(house, gateway, server);
            assertTrue(point.process().isAlive());
        }
    }

    private static void assertConvertedAndKeptInABreak(House house, Gateway gateway, ScriptedPoint server)
            throws IOException {
        assertEquals(CONVERTED, askOnce(house, House.webIpv4()), server.troubles()::toString);
        try (Talk talk = new Talk(house, House.webIpv4())) {
            assertEquals(CONVERTED, talk.ask(), server.troubles()::toString);
            house.fixed().cut(Cut.CARRIER);
            assertEquals(CONVERTED, talk.ask(), server.troubles()::toString);
            awaitUplinks(gateway, List.of("cellular"));
        }
    }

    private static Gateway start(House house, String servers, String cellularUse) {
        return Gateway.start(house, configuration(servers, cellularUse));
    }

    private static String configuration(String servers, String cellularUse) {
        return Gateway.configuration(cellularUse)
                .replace("option enabled '1'", "option mptcp_servers '" + servers + "'");
    }

    private static ScriptedPoint server(House house, ScriptedPoint.Listener kind) {
        served.set(0);
        return ScriptedPoint.start(house.web(), kind, client -> {
            served.incrementAndGet();
            while (client.readLine().startsWith("what")) {
                client.say((client.isMultipath() ? "multipath" : "plain") + " from " + client.peer() + "\n");
            }
        });
    }

    /** The only one, once those are gone that the host has ended. */
    private static JsonObject connection(Gateway gateway) {
        List<JsonObject> connections = new ArrayList<>();
        Pause.until(SOON, () -> {
            connections.clear();
            connections.addAll(GatewayStatus.connections(gateway));
            return connections.size() == 1;
        });
        assertEquals(1, connections.size(), connections::toString);
        return connections.get(0);
    }

    private static void awaitUplinks(Gateway gateway, List<String> uplinks) {
        assertTrue(
                Pause.until(
                        SOON, () -> GatewayStatus.uplinksOf(connection(gateway)).equals(uplinks)),
                () -> "not over " + uplinks + ": " + connection(gateway));
    }

    private static String askOnce(House house, String address) throws IOException {
        try (Talk talk = new Talk(house, address)) {
            return talk.ask();
        }
    }

    /** A connection of the LAN host over which it asks the server what it sees. */
    private static final class Talk implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader answers;

        Talk(House house, String address) throws IOException {
            socket = Lan.connect(house.lanHost(0), address, PORT);
            answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        }

        String ask() throws IOException {
            socket.getOutputStream().write(Lan.bytes("what are you\n"));
            return answers.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
