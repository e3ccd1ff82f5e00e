package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A LAN host that speaks Multipath TCP itself. The server says what its own socket is when it is asked. */
class MultipathHostIT {
    private static final int PORT = ConversionPoint.PORT;

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

    @Test
    void isTakenInAsAPlainOneByDefault() throws IOException {
        try (ScriptedPoint server = server(ScriptedPoint.Listener.MULTIPATH);
                Gateway gateway = Gateway.start(house, Gateway.configuration("on-demand"));
                ConvertPeer host = ConvertPeer.connect(house.lanHost(0), House.webIpv4(), PORT)) {
            assertEquals("plain", ask(host), server.troubles()::toString);
            assertFalse(host.isMultipath());
            assertEquals(1, GatewayStatus.of(gateway).totalConnections());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.80", "2001:db8:80::80"})
    void isPassedOnToTheServerWhereThatIsConfigured(String address) throws IOException {
        try (ScriptedPoint server = server(ScriptedPoint.Listener.MULTIPATH);
                Gateway gateway = passing();
                ConvertPeer host = ConvertPeer.connect(house.lanHost(0), address, PORT)) {
            assertEquals("multipath", ask(host), server.troubles()::toString);
            assertTrue(host.isMultipath());
            assertEquals(0, GatewayStatus.of(gateway).totalConnections());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.80", "2001:db8:80::80"})
    void whatIsPassedOnGoesOnAsPlainTcpWhereTheServerSpeaksNothingElse(String address) throws IOException {
        // From the SYN/ACK on no packet carries the option: none of them may be taken in.
        try (ScriptedPoint server = server(ScriptedPoint.Listener.PLAIN);
                Gateway gateway = passing();
                ConvertPeer host = ConvertPeer.connect(house.lanHost(0), address, PORT)) {
            assertEquals("plain", ask(host), server.troubles()::toString);
            assertFalse(host.isMultipath());
            assertEquals(0, GatewayStatus.of(gateway).totalConnections());
        }
    }

    @Test
    void whatIsPassedOnOutlivesTheGateway() throws IOException {
        try (ScriptedPoint server = server(ScriptedPoint.Listener.MULTIPATH)) {
            try (Gateway gateway = passing();
                    ConvertPeer host = ConvertPeer.connect(house.lanHost(0), House.webIpv4(), PORT)) {
                assertEquals("multipath", ask(host), server.troubles()::toString);
                gateway.process().close();
                assertEquals("multipath", ask(host), server.troubles()::toString);
                try (Gateway next = passing()) {
                    assertEquals("multipath", ask(host), server.troubles()::toString);
                    assertEquals(0, GatewayStatus.of(next).totalConnections());
                }
            }
        }
    }

    @Test
    void othersAreTakenInAllTheSame() throws IOException {
        try (ScriptedPoint server = server(ScriptedPoint.Listener.MULTIPATH);
                Gateway gateway = passing()) {
            assertEquals(
                    "plain\n",
                    Lan.ask(house.lanHost(0), House.webIpv4(), PORT, "what are you\n"),
                    server.troubles()::toString);
            assertEquals(1, GatewayStatus.of(gateway).totalConnections());
        }
    }

    private static Gateway passing() {
        return Gateway.start(
                house, Gateway.configuration("on-demand").replace("option enabled '1'", "option mptcp_hosts 'pass'"));
    }

    private static String ask(ConvertPeer host) throws IOException {
        return host.say("what are you\n").readLine();
    }

    private static ScriptedPoint server(ScriptedPoint.Listener kind) {
        return ScriptedPoint.start(house.web(), kind, client -> {
            while (client.readLine().startsWith("what")) {
                client.say(client.isMultipath() ? "multipath\n" : "plain\n");
            }
        });
    }
}
