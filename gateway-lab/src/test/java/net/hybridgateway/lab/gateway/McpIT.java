package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.web.WebServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The product's conversion point against clients that are told what to send, byte by byte. */
class McpIT {
    private static final int WEB_PORT = 8080;
    private static final int CLOSED_PORT = 9;
    private static final String PRIVATE_SERVER = "10.9.9.9";
    private static final String ACCEPTED = "01012263";
    private static final String INFO = "01010000";
    /** TLV 21 with the one kind that is converted: 30, Multipath TCP. */
    private static final String SUPPORTED = "150200001e000000";

    private static final double REQUEST_PATIENCE_SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static House house;
    private static WebServer web;
    /** As it comes, with private servers allowed, with cookies, with room for one client. */
    private static ConversionPoint strict;

    private static ConversionPoint open;
    private static ConversionPoint withCookies;
    private static ConversionPoint narrow;

    private OpenFiles files;

    @BeforeAll
    static void build() {
        house = Lan.build(HousePlan.plain().withConversionPoints(4));
        web = house.web().call(() -> WebServer.listen(WEB_PORT));
        house.web().ip("addr add " + PRIVATE_SERVER + " dev lo");
        house.router().ip("route add " + PRIVATE_SERVER + " via " + House.webIpv4());
        strict = ConversionPoint.start(house, 0);
        open = ConversionPoint.start(house, 1, "--allow-private");
        withCookies = ConversionPoint.start(house, 2, "--require-cookie");
        narrow = ConversionPoint.start(house, 3, "--max-per-client", "1");
    }

    @AfterAll
    static void remove() throws IOException {
        if (house != null) {
            strict.close();
            open.close();
            withCookies.close();
            narrow.close();
            web.close();
            house.close();
        }
    }

    @BeforeEach
    void countDescriptors() {
        files = OpenFiles.of(strict.process());
    }

    @AfterEach
    void noDescriptorIsLeft() {
        files.assertNoneLeftOver();
        for (LabProcess process : new LabProcess[] {strict.process(), open.process()}) {
            assertTrue(!process.output().contains("Exception"), process.output());
        }
    }

    @ParameterizedTest(name = "{0}: error {1}")
    @CsvSource({
        "127.0.0.1, 1",
        "127.8.8.8, 1",
        "::1, 1",
        "0.0.0.0, 1",
        "::, 1",
        "224.0.0.1, 1",
        "ff02::1, 1",
        "255.255.255.255, 1",
        "198.51.100.7, 32",
        "2001:db8:7::7, 32",
        "0.1.2.3, 32",
        "240.0.0.1, 32",
        "10.1.2.3, 32",
        "172.16.0.1, 32",
        "192.168.1.100, 32",
        "169.254.1.1, 32",
        "100.64.0.10, 32",
        "fd12:3456:789a:1::100, 32",
        "fe80::1, 32"
    })
    void refusesServersThatNobodyMayReachThroughIt(String server, int code) throws IOException {
        assertRefused(code, 0, ConvertPeer.connectTo(server, WEB_PORT));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 1", "::1, 1", "198.51.100.17, 32", "2001:db8:8::7, 32"})
    void refusesItselfEvenWherePrivateServersAreAllowed(String server, int code) throws IOException {
        assertRefused(code, 1, ConvertPeer.connectTo(server, WEB_PORT));
    }

    @Test
    void servesPrivateServersWhereTheyAreAllowed() throws IOException {
        String request = ConvertPeer.connectTo(PRIVATE_SERVER, WEB_PORT);
        assertRefused(32, 0, request);
        assertEquals(ACCEPTED, answer(1, request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.80", "2001:db8:80::80"})
    void carriesBytesBothWays(String server) throws IOException {
        try (ConvertPeer client = connect(0)) {
            client.send(ConvertPeer.connectTo(server, WEB_PORT));
            client.say("GET /small HTTP/1.1\r\nConnection: close\r\n\r\n");
            assertEquals(ACCEPTED, client.readMessage());
            assertEquals("HTTP/1.1 200 OK\r", client.readLine());
        }
    }

    @Test
    void tellsWhatItConverts() throws IOException {
        try (ConvertPeer client = connect(0)) {
            client.send(ConvertPeer.message(INFO));
            assertEquals(ConvertPeer.message(SUPPORTED), client.readMessage());
            assertEquals("end", client.readEnd());
        }
    }

    @Test
    void refusesOptionsThatItDoesNotKnow() throws IOException {
        // An Extended Connect of six words with the experimental option 253, empty.
        String connect = ConvertPeer.connectTo(House.webIpv4(), WEB_PORT, "fd020000")
                .replaceFirst("^01072263" + "0a05", "01072263" + "0a06");
        assertEquals(ConvertPeer.error(33, "fd"), answer(0, connect));
    }

    @Test
    void saysWhichOptionsTheServerSpeaks() throws IOException {
        String connect = ConvertPeer.connectTo(House.webIpv4(), WEB_PORT, "1e020000")
                .replaceFirst("^01072263" + "0a05", "01072263" + "0a06");
        // The lab's web server is plain TCP: an Extended TCP Header TLV without options.
        assertEquals(ConvertPeer.message("14010000"), answer(0, connect));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a TLV of length 0, 010222630a000000, 1",
        "a TLV beyond the message, 010222630a050050, 1",
        "the same TLV twice, 010322630101000001010000, 1",
        "a Connect TLV that is too short, 010222630a010050, 1",
        "a TLV that only conversion points send, 0102226315010000, 2",
        "an unknown TLV, 01022263c8010000, 2",
        "a TLV of type 0, 0102226300010000, 2",
        "another version, 0202226301010000, 0"
    })
    void answersMalformedMessagesAndThenEndsInOrder(String what, String message, int code) throws IOException {
        try (ConvertPeer client = connect(0)) {
            // What a client has sent behind its request must not turn the orderly end into a reset.
            client.send(message).say("x".repeat(100_000));
            String answer = client.readMessage();
            assertEquals(code, errorCode(answer), what + ": " + answer);
            assertEquals("end", client.readEnd(), what);
        }
    }

    @ParameterizedTest
    @CsvSource({"474554202f20485454502f312e310d0a, end", "0100226301010000, reset"})
    void saysNothingToWhoSpeaksSomethingElse(String bytes, String outcome) throws IOException {
        try (ConvertPeer client = connect(0)) {
            client.send(bytes);
            String end = client.readEnd();
            assertTrue(end.equals(outcome) || end.equals("reset"), end);
        }
    }

    @Test
    void passesTheServersRefusalOn() throws IOException {
        assertEquals(ConvertPeer.error(96, "00"), answer(0, ConvertPeer.connectTo(House.webIpv4(), CLOSED_PORT)));
        assertEquals(ConvertPeer.error(96, "00"), answer(0, ConvertPeer.connectTo(House.webIpv6(), CLOSED_PORT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "2001:db8:dead::1"})
    void saysThatAServerIsUnreachable(String server) throws IOException {
        assertRefused(97, 0, ConvertPeer.connectTo(server, WEB_PORT));
    }

    @Test
    void demandsACookieAndServesWhoBringsIt() throws IOException {
        String refusal = answer(2, ConvertPeer.connectTo(House.webIpv4(), WEB_PORT));
        assertEquals(3, errorCode(refusal), refusal);
        // Error 3's value: a byte of zero, then the cookie, up to the end of the TLV.
        String cookie = refusal.substring(2 * (4 + 4));
        String cookieTlv = "16" + String.format("%02x", 1 + cookie.length() / 8) + "0000" + cookie;
        try (ConvertPeer client = connect(2)) {
            client.send(ConvertPeer.connectTo(House.webIpv4(), WEB_PORT, cookieTlv));
            assertEquals(ACCEPTED, client.readMessage());
        }
        String forged = cookieTlv.substring(0, 8) + "00".repeat(cookie.length() / 2);
        assertEquals(ConvertPeer.error(32, "00"), answer(2, ConvertPeer.connectTo(House.webIpv4(), WEB_PORT, forged)));
    }

    @Test
    void keepsAClientToItsLimit() throws IOException {
        String request = ConvertPeer.connectTo(House.webIpv4(), WEB_PORT);
        try (ConvertPeer first = connect(3)) {
            assertEquals(ACCEPTED, first.send(request).readMessage());
            String refusal = answer(3, request);
            assertEquals(64, errorCode(refusal), refusal);
        }
    }

    @Test
    void givesASilentClientUpAfterTenSeconds() throws IOException {
        long start = System.nanoTime();
        try (ConvertPeer silent = connect(0);
                ConvertPeer slow = connect(0)) {
            slow.send("010622630a05");
            assertEquals("reset", silent.readEnd(PATIENCE));
            assertEquals("reset", slow.readEnd(PATIENCE));
            double seconds = (System.nanoTime() - start) / 1e9;
            assertTrue(seconds > 0.9 * REQUEST_PATIENCE_SECONDS, () -> "after " + seconds + " s");
        }
    }

    private static ConvertPeer connect(int point) throws IOException {
        return ConvertPeer.connect(house.gateway(), House.conversionPointIpv4(point), ConversionPoint.PORT);
    }

    private static String answer(int point, String request) throws IOException {
        try (ConvertPeer client = connect(point)) {
            return client.send(request).readMessage();
        }
    }

    private static void assertRefused(int code, int point, String request) throws IOException {
        try (ConvertPeer client = connect(point)) {
            String answer = client.send(request).readMessage();
            assertEquals(code, errorCode(answer), answer);
            assertEquals("end", client.readEnd());
        }
    }

    /** The code of the Error TLV behind the header; an answer that is something else is none. */
    private static int errorCode(String answer) {
        boolean isError = answer.length() >= 16 && answer.startsWith("1e", 8);
        return isError ? Integer.parseInt(answer.substring(12, 14), 16) : -1;
    }
}
