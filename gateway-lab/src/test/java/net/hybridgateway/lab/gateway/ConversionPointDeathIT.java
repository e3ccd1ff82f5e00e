package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.web.WebServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What becomes of new connections when conversion points die, hang, refuse or are replaced by something else, and when they
 * return. The web server tells whom it takes for its client, and so which way a page came.
 */
class ConversionPointDeathIT {
    private static final String QUESTION = "GET /small HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n";
    private static final int QUESTION_LINES = 4;
    private static final Duration RETURN = Duration.ofMinutes(2);
    private static final String FIRST = House.conversionPointIpv4(0);
    private static final String SECOND = House.conversionPointIpv4(1);
    private static final int PAGES = 10;

    private static House house;
    private static WebServer web;

    @BeforeAll
    static void build() {
        house = Lan.build(HousePlan.plain().withConversionPoints(2));
        web = house.web().call(() -> WebServer.listen(8080));
    }

    @AfterAll
    static void remove() throws IOException {
        if (house != null) {
            web.close();
            house.close();
        }
    }

    @AfterEach
    void endSilence() {
        for (int i = 0; i < 2; i++) {
            house.conversionPoint(i).nft("add table inet silence; delete table inet silence");
        }
    }

    @Test
    void theSecondTakesOverFromAKilledFirstAndGivesBackWhenThatReturns() throws IOException {
        try (ConversionPoint second = ConversionPoint.start(house, 1, "--allow-private");
                Gateway gateway = start(true)) {
            try (ConversionPoint first = ConversionPoint.start(house)) {
                assertEquals(FIRST, visit());
                first.process().kill();
                assertAllGoTo(SECOND);
            }
            JsonObject down = point(gateway, FIRST);
            assertEquals("down", down.getString("state"));
            assertEquals("No connection to it can be made.", down.getString("reason"));
            assertTrue(down.has("stateSeconds"), down::toString);
            assertEquals("up", point(gateway, SECOND).getString("state"));
            try (ConversionPoint first = ConversionPoint.start(house)) {
                assertReturns(FIRST);
                assertEquals("up", point(gateway, FIRST).getString("state"));
                assertTrue(first.process().isAlive());
            }
            assertTrue(second.process().isAlive());
        }
    }

    @Test
    void theSecondTakesOverFromASilentFirst() throws IOException {
        try (ConversionPoint first = ConversionPoint.start(house);
                ConversionPoint second = ConversionPoint.start(house, 1, "--allow-private");
                Gateway gateway = start(true)) {
            assertEquals(FIRST, visit());
            silence(0);
            assertAllGoTo(SECOND);
            assertTrue(Pause.until(RETURN, () -> isDown(gateway)));
            assertEquals("It does not answer.", point(gateway, FIRST).getString("reason"));
            endSilence();
            assertReturns(FIRST);
            assertTrue(first.process().isAlive() && second.process().isAlive());
        }
    }

    @Test
    void connectionsGoDirectWhileTheOnlyOneIsSilentAndThoseThatRunGoOnAfterIt() throws IOException {
        try (ConversionPoint first = ConversionPoint.start(house);
                Gateway gateway = start(false);
                Socket running = Lan.connect(house.lanHost(0), House.webIpv4(), 8080)) {
            assertEquals(FIRST, visit());
            running.getOutputStream().write(Lan.bytes("GET /small HTTP/1.1\r\nHost: lab\r\n\r\n"));
            assertTrue(running.getInputStream().read() == 'H');
            silence(0);
            String direct = visit();
            assertTrue(!direct.equals(FIRST), "through a silent conversion point");
            for (int i = 0; i < PAGES; i++) {
                assertTrue(!visit().equals(FIRST), "through a silent conversion point");
            }
            // Over which lines, the verdict tells.
            assertTrue(Pause.until(RETURN, () -> isDown(gateway)));
            assertEquals("direct", GatewayStatus.of(gateway).mode());
            endSilence();
            assertReturns(FIRST);
            running.getOutputStream().write(Lan.bytes(QUESTION));
            String rest = new String(running.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(rest.contains(WebServer.PEER + FIRST), rest);
            assertTrue(first.process().isAlive());
        }
    }

    @Test
    void connectionsGoDirectWhileTheOnlyOneHangs() throws IOException {
        try (ConversionPoint first = ConversionPoint.start(house);
                Gateway gateway = start(false)) {
            // From the second connection on it is known that it answers questions.
            assertTrue(Pause.until(RETURN, () -> visit().equals(FIRST) && knows(gateway, "extensions")));
            signal(first, "STOP");
            try {
                // A host that has spoken is reset, for it may have been heard; the others are served.
                assertTrue(Pause.until(RETURN, () -> !visit().equals(FIRST) && !visit().equals("reset")));
                assertAllGoDirect();
                assertTrue(Pause.until(RETURN, () -> isDown(gateway)));
            } finally {
                signal(first, "CONT");
            }
            assertReturns(FIRST);
        }
    }

    @Test
    void aPauseThatWasAskedForIsKeptOverAllUplinks() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedPoint first = scripted(client -> {
                    client.readMessage();
                    asked.incrementAndGet();
                    client.send(ConvertPeer.error(64, "14")).readToEnd();
                });
                Gateway gateway = start(false)) {
            // The gateway's own question may be on its way while the first connection asks.
            assertDirect();
            assertTrue(Pause.until(RETURN, () -> isPaused(gateway)));
            Pause.of(Duration.ofSeconds(1));
            int before = asked.get();
            assertTrue(before <= 2, first.troubles()::toString);
            JsonObject point = point(gateway, FIRST);
            assertAllGoDirect();
            assertEquals(before, asked.get(), first.troubles()::toString);
            assertEquals("It has no resources left and asked for a pause (error 64).", point.getString("reason"));
            assertTrue(
                    Pause.until(RETURN, () -> !visit().isEmpty() && asked.get() > before), "not asked after the pause");
        }
    }

    @Test
    void oneThatServesNobodyIsNotAskedForEachConnection() throws IOException {
        AtomicInteger connects = new AtomicInteger();
        try (ScriptedPoint first = scripted(client -> {
                    String message = client.readMessage();
                    connects.addAndGet(message.startsWith(INFO) ? 0 : 1);
                    client.send(ConvertPeer.error(32, "00")).readToEnd();
                });
                Gateway gateway = start(false)) {
            assertTrue(Pause.until(RETURN, () -> {
                assertTrue(!visit().equals("reset"), first.troubles()::toString);
                return isDown(gateway);
            }));
            assertEquals(
                    "It refuses to serve this house (error 32).",
                    point(gateway, FIRST).getString("reason"));
            int before = connects.get();
            assertAllGoDirect();
            assertEquals(before, connects.get());
        }
    }

    @Test
    void aCaptivePortalIsRecognised() throws IOException {
        try (ScriptedPoint portal = scripted(client -> {
                    client.readMessage();
                    client.say("HTTP/1.1 302 Found\r\n\r\n").readToEnd();
                });
                Gateway gateway = start(false)) {
            // The first host that speaks to it over a line may be reset, for nobody knows who heard it.
            visit();
            visit();
            assertAllGoDirect();
            assertEquals(
                    "What answers in its place speaks another protocol, as a captive portal would.",
                    point(gateway, FIRST).getString("reason"),
                    portal.troubles()::toString);
        }
    }

    @Test
    void onePlainTcpOnlyIsUsedAndSaysSo() throws IOException {
        try (ScriptedPoint first = ScriptedPoint.start(
                        house.conversionPoint(), ScriptedPoint.Listener.PLAIN_WITH_FAST_OPEN, client -> {
                            client.readMessage();
                            client.send("01012263");
                            for (int line = 0; line < QUESTION_LINES; line++) {
                                client.readLine();
                            }
                            client.say("HTTP/1.1 200 OK\r\n" + WebServer.PEER + "plain\r\n\r\n");
                            client.end();
                            client.readEnd();
                        });
                Gateway gateway = start(false)) {
            for (int i = 0; i < PAGES; i++) {
                assertEquals("plain", visit(), first.troubles()::toString);
            }
            assertTrue(Pause.until(RETURN, () -> knows(gateway, "mptcp") && knows(gateway, "syn-data")));
            assertEquals("no", fact(gateway, "mptcp"));
            assertEquals("accepted", fact(gateway, "syn-data"));
        }
    }

    /** The header and an Info TLV (RFC 8803 §6.1, §6.2.3). */
    private static final String INFO = "0102226301";

    private static ScriptedPoint scripted(ScriptedPoint.Script script) {
        return ScriptedPoint.start(house.conversionPoint(), ScriptedPoint.Listener.MULTIPATH_WITH_FAST_OPEN, script);
    }

    private static Gateway start(boolean two) {
        String second = "config conversion_point 'second'\n    option address '" + SECOND + "'\n    option port '"
                + ConversionPoint.PORT + "'\n";
        return Gateway.start(house, Gateway.configuration("on-demand") + (two ? second : ""));
    }

    private static void silence(int index) {
        house.conversionPoint(index).nft("""
                table inet silence {
                  chain receive { type filter hook prerouting priority -300; policy drop; }
                }
                """);
    }

    private static void signal(ConversionPoint point, String signal) {
        house.conversionPoint()
                .run("kill", "-" + signal, Long.toString(point.process().pid()));
    }

    /** Opens a page; gives whom the server took for its client, or "reset". */
    private static String visit() {
        try {
            String answer = Lan.ask(house.lanHost(0), House.webIpv4(), 8080, QUESTION);
            return answer.lines()
                    .filter(line -> line.startsWith(WebServer.PEER))
                    .map(line -> line.substring(WebServer.PEER.length()))
                    .findFirst()
                    .orElse("reset");
        } catch (IOException e) {
            return "reset";
        }
    }

    private static void assertAllGoTo(String point) {
        for (int i = 0; i < PAGES; i++) {
            assertEquals(point, visit());
        }
    }

    private static void assertAllGoDirect() {
        for (int i = 0; i < PAGES; i++) {
            assertDirect();
        }
    }

    private static void assertDirect() {
        String peer = visit();
        assertTrue(!List.of(FIRST, SECOND, "reset").contains(peer), peer);
    }

    private static void assertReturns(String point) {
        assertTrue(Pause.until(RETURN, () -> visit().equals(point)), "not used again");
        assertAllGoTo(point);
    }

    private static JsonObject point(Gateway gateway, String address) {
        return GatewayStatus.of(gateway).conversionPoint(address);
    }

    private static boolean isDown(Gateway gateway) {
        return "down".equals(point(gateway, FIRST).getString("state"));
    }

    private static boolean isPaused(Gateway gateway) {
        return "paused".equals(point(gateway, FIRST).getString("state"));
    }

    private static boolean knows(Gateway gateway, String what) {
        return !fact(gateway, what).isEmpty();
    }

    /** What is known of the first conversion point over the fixed line; empty if nothing is. */
    private static String fact(Gateway gateway, String what) {
        return point(gateway, FIRST).getArray("paths").stream()
                .map(JsonObject.class::cast)
                .filter(path -> "fixed".equals(path.getString("uplink")))
                .flatMap(path -> path.getArray("known").stream())
                .map(JsonObject.class::cast)
                .filter(fact -> what.equals(fact.getString("what")))
                .map(fact -> fact.getString("value"))
                .findFirst()
                .orElse("");
    }
}
