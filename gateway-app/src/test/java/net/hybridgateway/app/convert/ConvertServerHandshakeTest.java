package net.hybridgateway.app.convert;

import static net.hybridgateway.app.convert.Wire.SERVER_FIELD;
import static net.hybridgateway.app.convert.Wire.address;
import static net.hybridgateway.app.convert.Wire.bytes;
import static net.hybridgateway.app.convert.Wire.cookie;
import static net.hybridgateway.app.convert.Wire.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.hybridgateway.app.convert.ConvertServerOutcome.Connect;
import net.hybridgateway.app.convert.ConvertServerOutcome.Ignore;
import net.hybridgateway.app.convert.ConvertServerOutcome.Info;
import net.hybridgateway.app.convert.ConvertServerOutcome.NeedMore;
import net.hybridgateway.app.convert.ConvertServerOutcome.Refuse;
import net.hybridgateway.app.convert.ConvertServerOutcome.Reset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertServerHandshakeTest {
    private static final InetAddress CLIENT = address("198.51.100.7");
    private static final CookieMint MINT = new CookieMint("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final String CONNECT = "01 06 22 63 0A 05 00 50" + SERVER_FIELD;
    private static final String USER_DATA = "47 45 54 20";

    private static ConvertServerHandshake open() {
        return new ConvertServerHandshake(ConverterPolicy.mptcpOnly(), CLIENT);
    }

    private static ConvertServerHandshake guarded() {
        return new ConvertServerHandshake(ConverterPolicy.mptcpOnly().requiringCookies(MINT), CLIENT);
    }

    private static ErrorTlv refusal(ConvertServerOutcome outcome) {
        return assertInstanceOf(Refuse.class, outcome).error();
    }

    /** A Connect TLV with these bytes of options. */
    private static String connectWith(String options) {
        int words = 5 + ByteString.ofHex(options).length() / 4;
        return String.format("01%02x2263 0a%02x0050", words + 1, words) + SERVER_FIELD + options;
    }

    @Test
    void takesConnectSplitAnywhereAndLeavesUserData() {
        byte[] stream = ByteString.ofHex(CONNECT + USER_DATA).toByteArray();
        for (int split = 0; split <= stream.length; split++) {
            ConvertServerHandshake handshake = open();
            assertEquals(split < 24, handshake.feed(ByteBuffer.wrap(stream, 0, split)) instanceof NeedMore);
            ByteBuffer second = ByteBuffer.wrap(stream, split, stream.length - split);
            Connect connect = assertInstanceOf(Connect.class, handshake.feed(second));
            assertEquals(server(), connect.target());
            assertEquals(List.of(), connect.options());
            assertEquals(24, connect.messageBytes());
            assertEquals(Math.max(split, 24), second.position());
        }
    }

    @Test
    void acceptsBaseConnectWithTheHeaderAlone() {
        Connect connect = assertInstanceOf(Connect.class, open().feed(bytes(CONNECT)));
        assertFalse(connect.extended());
        assertEquals(
                ByteString.ofHex("01 01 22 63"),
                ByteString.copyOf(connect.acceptReply(ByteString.ofHex("02 04 05 B4"))));
    }

    @Test
    void returnsServerOptionsAfterExtendedConnectSection626() {
        Connect connect = assertInstanceOf(Connect.class, open().feed(bytes(connectWith("1E 02 00 00"))));
        assertEquals(List.of(TcpOption.MPTCP_PROBE), connect.options());
        assertEquals(
                ByteString.ofHex("01 03 22 63 14 02 00 00 02 04 05 B4"),
                ByteString.copyOf(connect.acceptReply(ByteString.ofHex("02 04 05 B4"))));
    }

    @Test
    void answersInfoSection623() {
        Info info = assertInstanceOf(Info.class, open().feed(bytes("01 02 22 63 01 01 00 00")));
        assertEquals(ByteString.ofHex("01 03 22 63 15 02 00 00 1E 00 00 00"), ByteString.copyOf(info.replyBytes()));
    }

    @Test
    void answersInfoSentBesideConnect() {
        Connect connect = assertInstanceOf(
                Connect.class, open().feed(bytes("01 07 22 63 01 01 00 00 0A 05 00 50" + SERVER_FIELD)));
        assertEquals(
                ByteString.ofHex("01 03 22 63 15 02 00 00 1E 00 00 00"),
                ByteString.copyOf(connect.acceptReply(ByteString.EMPTY)));
    }

    @ParameterizedTest
    @CsvSource({
        "1D 02 00 00,             1D", // TCP-AO, always (§7.7)
        "22 02 00 00,             22", // Fast Open, not announced here (§7.6)
        "1E 04 00 81,             1E", // MPTCP with content (§7.5)
        "1D 02 1E 02,             1D",
        "22 02 08 02 22 02 1D 02, 22081D"
    })
    void refusesUnsupportedOptionsSection625(String options, String kinds) {
        ErrorTlv error = refusal(open().feed(bytes(connectWith(options))));
        assertEquals(ConvertErrorCode.UNSUPPORTED_TCP_OPTION, error.code());
        assertEquals(ByteString.ofHex(kinds).padded(1), error.value());
    }

    @Test
    void refusesTimestampWithContentSection74() {
        SupportedTcpExtensionsTlv extensions = SupportedTcpExtensionsTlv.of(List.of(8, 30, 34));
        ConverterPolicy policy = new ConverterPolicy(extensions, Optional.empty());
        ConvertServerOutcome empty =
                new ConvertServerHandshake(policy, CLIENT).feed(bytes(connectWith("08 02 22 06 DEADBEEF")));
        assertEquals(2, assertInstanceOf(Connect.class, empty).options().size());
        ConvertServerOutcome filled =
                new ConvertServerHandshake(policy, CLIENT).feed(bytes(connectWith("08 0A 00000001 00000002 0000")));
        assertEquals(ErrorTlv.unsupportedTcpOptions(List.of(8)), refusal(filled));
    }

    @Test
    void ignoresBaseOptionsSections71To73() {
        ConvertServerOutcome outcome = open().feed(bytes(connectWith("02 04 05 B4 03 03 07 01 05 02 00 00")));
        Connect connect = assertInstanceOf(Connect.class, outcome);
        assertEquals(List.of(), connect.options());
        assertTrue(connect.extended());
    }

    @Test
    void missingCookieIsAnsweredWithTheClientsCookieSection627() {
        ErrorTlv error = refusal(guarded().feed(bytes(CONNECT)));
        assertEquals(ErrorTlv.missingCookie(MINT.cookieFor(CLIENT)), error);
        assertEquals(17, error.value().length());
    }

    @Test
    void infoNeedsACookieTooSection627() {
        assertEquals(
                ConvertErrorCode.MISSING_COOKIE,
                refusal(guarded().feed(bytes("01 02 22 63 01 01 00 00"))).code());
    }

    @Test
    void wrongCookieIsNotAuthorizedSection627() {
        ConvertRequest request = ConvertRequest.connect(server());
        ConvertCookie ofAnother = MINT.cookieFor(address("198.51.100.8"));
        for (ConvertCookie wrong : List.of(cookie("DEADBEEF"), ofAnother)) {
            byte[] sent = request.withCookie(wrong).encode();
            assertEquals(ErrorTlv.notAuthorized(), refusal(guarded().feed(ByteBuffer.wrap(sent))));
        }
    }

    @Test
    void rightCookieIsAccepted() {
        ConvertCookie right = MINT.cookieFor(CLIENT);
        byte[] sent = ConvertRequest.connect(server()).withCookie(right).encode();
        Connect connect = assertInstanceOf(Connect.class, guarded().feed(ByteBuffer.wrap(sent)));
        assertEquals(Optional.of(right), connect.cookie());
    }

    @Test
    void cookieIsNotLookedAtWhereNoneIsDemanded() {
        byte[] sent =
                ConvertRequest.connect(server()).withCookie(cookie("DEADBEEF")).encode();
        assertInstanceOf(Connect.class, open().feed(ByteBuffer.wrap(sent)));
    }

    /** Computed with {@code printf '\xc6\x33\x64\x07' | openssl dgst -sha256 -hmac 0123456789abcdef}. */
    @Test
    void cookieIsTruncatedHmacOfTheAddress() {
        assertEquals(cookie("cd16d62204bfa1934195ee2208c639be"), MINT.cookieFor(CLIENT));
        assertNotEquals(MINT.cookieFor(CLIENT), MINT.cookieFor(address("2001:db8::1")));
        assertThrows(IllegalArgumentException.class, () -> new CookieMint(new byte[15]));
    }

    @ParameterizedTest
    @CsvSource({
        "00 01 22 63,                                        UNSUPPORTED_VERSION",
        "02 01 22 63,                                        UNSUPPORTED_VERSION",
        "01 02 22 63 0A 00 00 00,                            MALFORMED_MESSAGE",
        "01 02 22 63 0A 05 00 50,                            MALFORMED_MESSAGE",
        "01 03 22 63 01 01 00 00 01 01 00 00,                MALFORMED_MESSAGE",
        "01 06 22 63 0A 05 00 50 00000000 00000000 0000FFFF 7F000001, MALFORMED_MESSAGE",
        "01 03 22 63 16 02 00 00 DEADBEEF,                   MALFORMED_MESSAGE",
        "01 02 22 63 00 01 00 00,                            UNSUPPORTED_MESSAGE",
        "01 02 22 63 14 01 00 00,                            UNSUPPORTED_MESSAGE",
        "01 02 22 63 1E 01 01 00,                            UNSUPPORTED_MESSAGE",
        "01 03 22 63 01 01 00 00 C0 01 00 00,                UNSUPPORTED_MESSAGE"
    })
    void answersBadRequestWithError(String request, ConvertErrorCode code) {
        ErrorTlv error = refusal(open().feed(bytes(request)));
        assertEquals(code, error.code());
        if (code != ConvertErrorCode.UNSUPPORTED_VERSION) {
            assertEquals(ByteString.ofHex("00" + request.replace(" ", "")), error.value(), "echo, figure 23");
        }
    }

    @Test
    void echoOfTheLongestMessageIsCutToFit() {
        ByteBuffer request = ByteBuffer.allocate(ConvertMessage.MAX_BYTES);
        request.put(ByteString.ofHex("01 FF 22 63 C0 FE").toByteArray()).rewind();
        Refuse refuse = assertInstanceOf(Refuse.class, open().feed(request));
        assertEquals(ConvertMessage.MAX_BYTES, refuse.replyBytes().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"47 45 54 20 2F", "01 01 22 63"})
    void ignoresWhatIsNotForAConverterSection6(String request) {
        assertInstanceOf(Ignore.class, open().feed(bytes(request)));
    }

    @Test
    void ignoresStreamThatEndsEarly() {
        ConvertServerHandshake handshake = open();
        handshake.feed(bytes("01 06 22 63 0A"));
        ConvertServerOutcome outcome = handshake.endOfStream();
        assertInstanceOf(Ignore.class, outcome);
        assertSame(outcome, handshake.feed(bytes("05")));
    }

    @Test
    void resetsOnTotalLengthZeroSection61() {
        assertInstanceOf(Reset.class, open().feed(bytes("01 00 22 63")));
    }

    @Test
    void mustAnnounceMptcpSection75() {
        SupportedTcpExtensionsTlv without = SupportedTcpExtensionsTlv.of(List.of(8));
        assertThrows(IllegalArgumentException.class, () -> new ConverterPolicy(without, Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> SupportedTcpExtensionsTlv.of(List.of(29, 30)));
    }

    @Test
    void clientAndConverterComeTogetherOverAStaleCookie() {
        ConvertRequest request = ConvertRequest.connect(server(), List.of(TcpOption.MPTCP_PROBE))
                .withCookie(MINT.cookieFor(address("198.51.100.8")));
        for (ConvertReaction.Kind expected :
                List.of(ConvertReaction.Kind.RETRY_WITHOUT_COOKIE, ConvertReaction.Kind.RETRY_WITH_COOKIE)) {
            ConvertClientHandshake client = new ConvertClientHandshake(request);
            Refuse refuse = assertInstanceOf(Refuse.class, guarded().feed(ByteBuffer.wrap(client.requestBytes())));
            ConvertClientOutcome.Refused refused = assertInstanceOf(
                    ConvertClientOutcome.Refused.class, client.feed(ByteBuffer.wrap(refuse.replyBytes())));
            assertEquals(expected, refused.reaction().kind());
            request = refused.retry().orElseThrow();
        }
        ConvertClientHandshake client = new ConvertClientHandshake(request);
        Connect connect = assertInstanceOf(Connect.class, guarded().feed(ByteBuffer.wrap(client.requestBytes())));
        byte[] reply = connect.acceptReply(ByteString.ofHex("1E 0C 01 81 A0A1A2A3A4A5A6A7"));
        ConvertClientOutcome.Accepted accepted =
                assertInstanceOf(ConvertClientOutcome.Accepted.class, client.feed(ByteBuffer.wrap(reply)));
        assertTrue(accepted.extendedTcpHeader().orElseThrow().serverSpeaksMptcp());
    }

    @Test
    void survivesRandomRequests() {
        Random random = new Random(8803);
        byte[] request = new byte[64];
        for (int round = 0; round < 50_000; round++) {
            random.nextBytes(request);
            ByteBuffer in = ByteBuffer.wrap(request);
            in.put(0, ByteString.ofHex("01 08 22 63 0A 07").toByteArray());
            ConvertServerOutcome outcome = guarded().feed(in);
            assertFalse(outcome instanceof NeedMore);
            assertEquals(32, in.position());
            if (outcome instanceof Refuse refuse) {
                assertTrue(refuse.replyBytes().length <= ConvertMessage.MAX_BYTES);
            }
        }
    }
}
