package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The gateway against conversion points of every kind, good and bad: what a LAN host sees of them. Never a hang, never a
 * descriptor left, never the host's words said twice.
 */
class PeersIT {
    /** The server here greets who connects and then answers the first line: for protocols in which the server speaks first. */
    private static final int SERVER_PORT = 2525;

    private static final String DIRECT = "direct";
    private static final String THROUGH = "through";
    private static final String RESET = "reset";
    /** The header and the first octet of an Info TLV (RFC 8803 §6.1, §6.2.3): a question about the conversion point itself. */
    private static final String INFO = "0102226301";

    private static final String ACCEPTED = "01012263";
    private static final Duration SETTLE = Duration.ofSeconds(60);
    /** The dial waits for 20 s for a reply. */
    private static final int PATIENCE_MILLIS = 60_000;

    private static House house;
    private static ServerSocket server;
    private static final ExecutorService SERVING = Executors.newCachedThreadPool();
    private static final AtomicInteger LINES_AT_SERVER = new AtomicInteger();

    private Gateway gateway;
    private OpenFiles files;

    @BeforeAll
    static void build() throws IOException {
        house = Lan.build(HousePlan.plain());
        server = house.web().call(() -> ServerSocketChannel.open().socket());
        server.bind(new InetSocketAddress(SERVER_PORT));
        SERVING.execute(PeersIT::acceptAll);
    }

    @AfterAll
    static void remove() throws IOException {
        SERVING.shutdownNow();
        if (house != null) {
            server.close();
            house.close();
        }
    }

    /** A daemon for each test: what one has learnt of a conversion point is not for the next. */
    @BeforeEach
    void start() throws IOException {
        LINES_AT_SERVER.set(0);
        Files.deleteIfExists(cookieFile());
        // Only the fixed line: what is tested here has nothing to do with uplinks.
        String both = Gateway.configuration("on-demand");
        int cellular = both.indexOf("config uplink 'cellular'");
        try (ScriptedPoint good = point(client -> {
            client.readMessage();
            client.send(ConvertPeer.error(2, "01000000")).readEnd();
        })) {
            gateway = Gateway.start(
                    house, both.substring(0, cellular) + both.substring(both.indexOf("config conversion_point")));
            // Else what a host says would be held back until the first reply.
            assertTrue(
                    Pause.until(
                            SETTLE,
                            () -> GatewayStatus.of(gateway).conversionPoint().getBoolean("fastOpen", false)),
                    good.troubles()::toString);
        }
        files = OpenFiles.of(gateway.process());
    }

    @AfterEach
    void nothingIsLeftOver() {
        try (Gateway stopped = gateway) {
            assertTrue(Pause.until(SETTLE, () -> GatewayStatus.of(gateway).activeConnections() == 0), "still active");
            files.assertNoneLeftOver();
            String log = stopped.process().output();
            assertTrue(!log.contains("Exception") && !log.contains("ERROR"), log);
        }
    }

    // ---- conversion points that break the rules ---------------------------------------------------------------------

    /** Ways to go wrong after the request, and after the host's words if it has said some. */
    private enum Misdeed {
        SAYS_NOTHING_AND_RESETS {
            @Override
            void after(ConvertPeer client) {
                client.reset();
            }
        },
        CLOSES {
            @Override
            void after(ConvertPeer client) {
                client.close();
            }
        },
        ENDS_ITS_STREAM {
            @Override
            void after(ConvertPeer client) throws IOException {
                client.end();
                client.readEnd();
            }
        },
        SPEAKS_HTTP {
            @Override
            void after(ConvertPeer client) throws IOException {
                client.say("HTTP/1.1 400 Bad Request\r\n\r\n").readEnd();
            }
        },
        SENDS_TOTAL_LENGTH_0 {
            @Override
            void after(ConvertPeer client) throws IOException {
                client.send("01002263").readEnd();
            }
        },
        SENDS_A_TLV_OF_LENGTH_0 {
            @Override
            void after(ConvertPeer client) throws IOException {
                client.send("010222631e000000").readEnd();
            }
        },
        TRUNCATES_ITS_REPLY {
            @Override
            void after(ConvertPeer client) throws IOException {
                client.send("0103226315").end();
                client.readEnd();
            }
        },
        ECHOES_THE_REQUEST {
            @Override
            void after(ConvertPeer client) throws IOException {
                client.send(ConvertPeer.connectTo(House.webIpv4(), SERVER_PORT)).readEnd();
            }
        };

        abstract void after(ConvertPeer client) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatHasSpokenIsResetForTheServerMayHaveHeardIt(Misdeed misdeed) throws IOException {
        try (ScriptedPoint point = point(client -> {
            client.readMessage();
            client.readLine();
            misdeed.after(client);
        })) {
            assertEquals(RESET, talk(), point.troubles()::toString);
            assertEquals(0, LINES_AT_SERVER.get(), "said to the server as well");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatHasSaidNothingIsServedDirectly(Misdeed misdeed) throws IOException {
        try (ScriptedPoint point = point(client -> {
            client.readMessage();
            misdeed.after(client);
        })) {
            assertEquals(DIRECT, listen(), point.troubles()::toString);
        }
    }

    @Test
    void aConversionPointThatSaysNothingCostsTwentySeconds() throws Exception {
        try (ScriptedPoint point = point(client -> {
            client.readMessage();
            client.readEnd(Duration.ofMillis(PATIENCE_MILLIS));
        })) {
            var talking = SERVING.submit(() -> talk());
            var listening = SERVING.submit(() -> listen());
            assertEquals(RESET, talking.get(), point.troubles()::toString);
            assertEquals(DIRECT, listening.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConversionPointThatClosesAtOnceCostsNothing(ScriptedPoint.Listener kind) throws IOException {
        try (ScriptedPoint point = ScriptedPoint.start(house.conversionPoint(), kind, ConvertPeer::close)) {
            assertEquals(DIRECT, listen(), point.troubles()::toString);
            String seen = talk();
            assertTrue(seen.equals(DIRECT) || seen.equals(RESET), seen);
        }
    }

    @Test
    void aClosedPortIsGoneAround() throws IOException {
        assertEquals(DIRECT, talk());
        assertEquals(DIRECT, listen());
        assertEquals(2, GatewayStatus.of(gateway).totalConnections());
    }

    // ---- refusals ---------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "error {0} with {1}: {2}, and the conversion point is asked {3}")
    @CsvSource({
        // Other versions only: unusable; ours: in trouble.
        "0, 02, direct, later",
        "0, 01, direct, later",
        // Perhaps this server only.
        "1, 00, direct, again",
        "2, 00, direct, later",
        // A cookie that is none.
        "3, 000000000000, direct, later",
        "32, 00, direct, again",
        "33, 1e, direct, later",
        "64, 78, direct, later",
        "65, 78, direct, later",
        "70, 00, direct, later",
        "96, 00, reset, again",
        "97, 01, reset, again",
        "99, 00, reset, again",
        // Of no class: nobody knows whether the server has heard anything.
        "200, 00, reset, later"
    })
    void refusalsMeanWhatTheyMean(int code, String value, String seen, String next) throws IOException {
        AtomicInteger lines = new AtomicInteger();
        try (ScriptedPoint point = point(client -> {
            client.readMessage();
            client.readLine();
            // A mere question whether it is back has no line.
            lines.incrementAndGet();
            client.send(ConvertPeer.error(code, value)).readEnd();
        })) {
            assertEquals(seen, talk(), point.troubles()::toString);
            assertEquals(seen.equals(DIRECT) ? 1 : 0, LINES_AT_SERVER.get());
            int before = lines.get();
            assertEquals(next.equals("again") ? seen : DIRECT, talk(), point.troubles()::toString);
            assertEquals(next.equals("again"), lines.get() > before, "the next connection");
        }
    }

    @Test
    void aCookieIsBroughtAndKept() throws IOException {
        AtomicInteger connects = new AtomicInteger();
        String cookie = "c00c1e00c00c1e00c00c1e";
        // Three bytes of padding: error, code, zero and the cookie fill words.
        String brought = "1604" + "0000" + cookie + "00";
        try (ScriptedPoint point = point(client -> {
            String request = client.readMessage();
            connects.addAndGet(request.startsWith(INFO) ? 0 : 1);
            if (request.startsWith(INFO)) {
                client.send(ConvertPeer.error(2, "01000000")).readEnd();
            } else if (request.endsWith(brought)) {
                acceptAndAnswer(client);
            } else {
                client.send(ConvertPeer.error(3, "00" + cookie)).readEnd();
            }
        })) {
            assertEquals(THROUGH, talk(), point.troubles()::toString);
            assertEquals(2, connects.get(), "with the cookie at the second attempt");
            assertEquals(THROUGH, talk(), point.troubles()::toString);
            assertEquals(3, connects.get(), "with the cookie at once");
            assertTrue(Pause.until(SETTLE, () -> Files.exists(cookieFile())), "the cookie is kept in a file");
        }
    }

    @Test
    void aCookieThatIsNoLongerGoodIsForgotten() throws IOException {
        AtomicInteger connects = new AtomicInteger();
        AtomicInteger round = new AtomicInteger();
        try (ScriptedPoint point = point(client -> {
            String request = client.readMessage();
            boolean hasCookie = !request.startsWith("01062263");
            connects.addAndGet(request.startsWith(INFO) ? 0 : 1);
            if (request.startsWith(INFO)) {
                client.send(ConvertPeer.error(2, "01000000")).readEnd();
            } else if (round.get() == 0 && !hasCookie) {
                client.send(ConvertPeer.error(3, "00c00c1e")).readEnd();
            } else if (round.get() == 1 && hasCookie) {
                client.send(ConvertPeer.error(32, "00")).readEnd();
            } else {
                acceptAndAnswer(client);
            }
        })) {
            assertEquals(THROUGH, talk(), point.troubles()::toString);
            round.set(1);
            assertEquals(THROUGH, talk(), point.troubles()::toString);
            assertEquals(4, connects.get());
        }
    }

    // ---- successes --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void everyKindOfListenerIsGoodEnough(ScriptedPoint.Listener kind) throws IOException {
        try (ScriptedPoint point = ScriptedPoint.start(house.conversionPoint(), kind, client -> {
            client.readMessage();
            acceptAndAnswer(client);
        })) {
            // Several, for the gateway changes its handshake with what it learns.
            for (int i = 0; i < 4; i++) {
                assertEquals(THROUGH, talk(), point.troubles()::toString);
                assertEquals(THROUGH, listen(), point.troubles()::toString);
            }
        }
    }

    @Test
    void aReplyMayComeByteByByte() throws IOException {
        try (ScriptedPoint point = point(client -> {
            client.readMessage();
            for (String octet : ACCEPTED.split("(?<=\\G..)", -1)) {
                if (!octet.isEmpty()) {
                    client.send(octet);
                    Pause.of(Duration.ofMillis(20));
                }
            }
            greetAndAnswer(client);
        })) {
            assertEquals(THROUGH, talk(), point.troubles()::toString);
            assertEquals(THROUGH, listen(), point.troubles()::toString);
        }
    }

    @Test
    void theServersFirstBytesMayComeWithTheReply() throws IOException {
        String greeting = HexFormat.of().formatHex("welcome through\n".getBytes(StandardCharsets.US_ASCII));
        try (ScriptedPoint point = point(client -> {
            client.readMessage();
            client.send(ACCEPTED + greeting);
            answer(client);
        })) {
            assertEquals(THROUGH, talk(), point.troubles()::toString);
            assertEquals(THROUGH, listen(), point.troubles()::toString);
        }
    }

    @Test
    void tlvsBesideTheSuccessAreReadOver() throws IOException {
        try (ScriptedPoint point = point(client -> {
            client.readMessage();
            client.send(ConvertPeer.message("150200001e000000" + "c8010000" + "14010000"));
            greetAndAnswer(client);
        })) {
            assertEquals(THROUGH, talk(), point.troubles()::toString);
            assertEquals(THROUGH, listen(), point.troubles()::toString);
        }
    }

    // ---- the parts --------------------------------------------------------------------------------------------------

    /** A conversion point of the best kind. */
    private static ScriptedPoint point(ScriptedPoint.Script script) {
        return ScriptedPoint.start(house.conversionPoint(), ScriptedPoint.Listener.MULTIPATH_WITH_FAST_OPEN, script);
    }

    private static void acceptAndAnswer(ConvertPeer client) throws IOException {
        client.send(ACCEPTED);
        greetAndAnswer(client);
    }

    private static void greetAndAnswer(ConvertPeer client) throws IOException {
        client.say("welcome through\n");
        answer(client);
    }

    private static void answer(ConvertPeer client) throws IOException {
        String line = client.readLine();
        if (!line.endsWith("end")) {
            client.say("through\n");
            client.end();
            client.readEnd();
        }
    }

    private static void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                SERVING.execute(() -> serve(socket));
            } catch (IOException e) {
                // Closed: the tests are over.
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.getOutputStream().write(Lan.bytes("welcome direct\n"));
            if (readLine(socket.getInputStream()).equals("hello")) {
                LINES_AT_SERVER.incrementAndGet();
                socket.getOutputStream().write(Lan.bytes("direct\n"));
            }
        } catch (IOException e) {
            // The host hung up after the greeting: it wanted no more.
            return;
        }
    }

    /** A LAN host speaks at once; gives who answered, or "reset". */
    private static String talk() {
        return visit(true);
    }

    /** A LAN host waits for the greeting; gives who greeted, or "reset". */
    private static String listen() {
        return visit(false);
    }

    private static String visit(boolean speaks) {
        try (Socket socket = Lan.connect(house.lanHost(0), House.webIpv4(), SERVER_PORT)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            if (speaks) {
                socket.getOutputStream().write(Lan.bytes("hello\n"));
            }
            String greeting = readLine(socket.getInputStream());
            String who = speaks ? readLine(socket.getInputStream()) : greeting.replace("welcome ", "");
            return who.isEmpty() ? "end" : who;
        } catch (SocketTimeoutException e) {
            return "hang";
        } catch (IOException e) {
            return RESET;
        }
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private static Path cookieFile() {
        return house.run().folder().resolve("gateway/cookie-operator");
    }
}
