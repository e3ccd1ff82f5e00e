package net.hybridgateway.app.convert;

import static net.hybridgateway.app.convert.Wire.SERVER_FIELD;
import static net.hybridgateway.app.convert.Wire.bytes;
import static net.hybridgateway.app.convert.Wire.cookie;
import static net.hybridgateway.app.convert.Wire.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.hybridgateway.app.convert.ConvertClientOutcome.Accepted;
import net.hybridgateway.app.convert.ConvertClientOutcome.NeedMore;
import net.hybridgateway.app.convert.ConvertClientOutcome.NotConvert;
import net.hybridgateway.app.convert.ConvertClientOutcome.Refused;
import net.hybridgateway.app.convert.ConvertException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertClientHandshakeTest {
    private static final String EXTENDED = "01 05 22 63 14 04 00 00 1E 0C 01 81 A0A1A2A3A4A5A6A7";
    private static final String USER_DATA = "48 54 54 50 2F 31 2E 31";

    private static ConvertClientHandshake connecting() {
        return new ConvertClientHandshake(ConvertRequest.connect(server()));
    }

    private static void assertNotConvert(Fault fault, ConvertClientOutcome outcome) {
        assertEquals(fault, assertInstanceOf(NotConvert.class, outcome).reason().fault());
    }

    @Test
    void asksWithConnectThenCookie() {
        ConvertRequest request =
                ConvertRequest.connect(server(), List.of(TcpOption.MPTCP_PROBE)).withCookie(cookie("DEADBEEF"));
        assertEquals(
                ByteString.ofHex("01 09 22 63 0A 06 00 50" + SERVER_FIELD + "1E 02 00 00 16 02 00 00 DEADBEEF"),
                ByteString.copyOf(new ConvertClientHandshake(request).requestBytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01 01 22 63", EXTENDED, "01 03 22 63 C0 02 01 02 03040506"})
    void acceptsReplySplitAnywhereAndLeavesServerData(String reply) {
        byte[] stream = ByteString.ofHex(reply + USER_DATA).toByteArray();
        int messageBytes = stream.length - 8;
        for (int split = 0; split <= stream.length; split++) {
            ConvertClientHandshake handshake = connecting();
            ByteBuffer first = ByteBuffer.wrap(stream, 0, split);
            ByteBuffer second = ByteBuffer.wrap(stream, split, stream.length - split);
            ConvertClientOutcome early = handshake.feed(first);
            assertEquals(split < messageBytes, early instanceof NeedMore, "split " + split);
            Accepted accepted = assertInstanceOf(Accepted.class, handshake.feed(second));
            assertEquals(messageBytes, accepted.messageBytes());
            assertEquals(Math.max(split, messageBytes), second.position());
        }
    }

    @Test
    void tellsHowManyBytesMayBeRead() {
        ConvertClientHandshake handshake = connecting();
        assertEquals(new NeedMore(4), handshake.feed(bytes("")));
        assertEquals(new NeedMore(1), handshake.feed(bytes("01 05 22")));
        assertEquals(new NeedMore(16), handshake.feed(bytes("63")));
    }

    @Test
    void handsOnWhatTheServerNegotiatedSection51() {
        Accepted accepted = assertInstanceOf(Accepted.class, connecting().feed(bytes(EXTENDED)));
        assertTrue(accepted.extendedTcpHeader().orElseThrow().serverSpeaksMptcp());
        assertTrue(accepted.supportedExtensions().isEmpty());
    }

    @Test
    void acceptsHeaderAloneAfterExtendedConnectSection626() {
        ConvertClientHandshake handshake =
                new ConvertClientHandshake(ConvertRequest.connect(server(), List.of(TcpOption.MPTCP_PROBE)));
        Accepted accepted = assertInstanceOf(Accepted.class, handshake.feed(bytes("01 01 22 63")));
        assertEquals(Optional.empty(), accepted.extendedTcpHeader());
    }

    @Test
    void errorDecidesWhateverStandsBesideIt() {
        Refused refused = assertInstanceOf(
                Refused.class, connecting().feed(bytes("01 04 22 63 14 01 00 00 1E 01 60 00 C0 01 00 00")));
        assertEquals(ConvertErrorCode.CONNECTION_RESET, refused.code());
    }

    @ParameterizedTest
    @CsvSource({
        "48 54 54 50,                               WRONG_MAGIC",
        "02 01 22 63,                               UNSUPPORTED_VERSION",
        "01 00 22 63,                               ZERO_TOTAL_LENGTH",
        "01 02 22 63 0A 00 00 00,                   ZERO_TLV_LENGTH",
        "01 02 22 63 1E 05 01 00,                   TLV_BEYOND_MESSAGE",
        "01 03 22 63 14 01 00 00 14 01 00 00,       DUPLICATE_TLV",
        "01 02 22 63 00 01 00 00,                   RESERVED_TLV_TYPE",
        "01 02 22 63 01 01 00 00,                   UNEXPECTED_TLV",
        "01 03 22 63 16 02 00 00 DEADBEEF,          UNEXPECTED_TLV"
    })
    void refusesToTakeThisAsAReply(String reply, Fault fault) {
        assertNotConvert(fault, connecting().feed(bytes(reply + USER_DATA)));
    }

    @Test
    void echoOfItsOwnRequestIsNoReply() {
        ConvertClientHandshake handshake = connecting();
        assertNotConvert(Fault.UNEXPECTED_TLV, handshake.feed(ByteBuffer.wrap(handshake.requestBytes())));
    }

    @Test
    void endOfStreamBeforeTheReplyIsNotConvert() {
        assertNotConvert(Fault.TRUNCATED, connecting().endOfStream());
        ConvertClientHandshake handshake = connecting();
        handshake.feed(bytes("01 02 22 63 1E 01 60"));
        assertNotConvert(Fault.TRUNCATED, handshake.endOfStream());
    }

    @Test
    void outcomeIsFinal() {
        ConvertClientHandshake handshake = connecting();
        ConvertClientOutcome accepted = handshake.feed(bytes("01 01 22 63"));
        ByteBuffer more = bytes(USER_DATA);
        assertSame(accepted, handshake.feed(more));
        assertEquals(8, more.remaining());
        assertSame(accepted, handshake.endOfStream());
    }

    @Test
    void infoLearnsWhatTheConverterConvertsSection624() {
        ConvertClientHandshake handshake = new ConvertClientHandshake(ConvertRequest.info());
        assertEquals(ByteString.ofHex("01 02 22 63 01 01 00 00"), ByteString.copyOf(handshake.requestBytes()));
        Accepted accepted =
                assertInstanceOf(Accepted.class, handshake.feed(bytes("01 03 22 63 15 02 00 00 1E 22 00 00")));
        assertEquals(Optional.of(SupportedTcpExtensionsTlv.of(List.of(30, 34))), accepted.supportedExtensions());
    }

    @ParameterizedTest
    @ValueSource(strings = {"01 01 22 63", "01 02 22 63 15 01 00 00", "01 03 22 63 15 02 00 00 22 08 00 00"})
    void infoWithoutMptcpIsOfNoUseSection75(String reply) {
        ConvertClientHandshake handshake = new ConvertClientHandshake(ConvertRequest.info());
        assertNotConvert(Fault.MPTCP_NOT_ANNOUNCED, handshake.feed(bytes(reply)));
    }

    @Test
    void learnsCookieAndAsksAgainSection627() {
        Refused refused = assertInstanceOf(Refused.class, connecting().feed(bytes("01 03 22 63 1E 02 03 00 DEADBEEF")));
        ConvertRequest again = refused.retry().orElseThrow();
        assertEquals(Optional.of(cookie("DEADBEEF")), again.cookie());
        assertEquals(
                ByteString.ofHex("01 08 22 63 0A 05 00 50" + SERVER_FIELD + "16 02 00 00 DEADBEEF"),
                ByteString.copyOf(again.encode()));
        assertFalse(refused.reaction().countsAgainstConverter());
    }

    @Test
    void leavesOutTheOptionThatIsNotSupportedSection628() {
        List<TcpOption> options = List.of(TcpOption.MPTCP_PROBE, new TcpOption(TcpOption.FAST_OPEN, ByteString.EMPTY));
        ConvertClientHandshake handshake = new ConvertClientHandshake(ConvertRequest.connect(server(), options));
        Refused refused = assertInstanceOf(Refused.class, handshake.feed(bytes("01 02 22 63 1E 01 21 22")));
        assertEquals(
                List.of(TcpOption.MPTCP_PROBE), refused.retry().orElseThrow().options());
    }

    @Test
    void converterCannotMakeAClientRunInCircles() {
        ConvertRequest request = ConvertRequest.connect(server()).withCookie(cookie("01"));
        int attempts = 1;
        while (true) {
            String reply = request.cookie().isPresent()
                    ? "01 02 22 63 1E 01 20 00"
                    : String.format("01 03 22 63 1E 02 03 00 %08x", attempts);
            Refused refused = assertInstanceOf(Refused.class, new ConvertClientHandshake(request).feed(bytes(reply)));
            Optional<ConvertRequest> next = refused.retry();
            if (next.isEmpty()) {
                assertEquals(
                        ConvertReaction.Kind.CONVERTER_UNUSABLE,
                        refused.reaction().kind());
                break;
            }
            request = next.get();
            attempts++;
        }
        assertEquals(ConvertRequest.MAX_ATTEMPTS, attempts);
    }

    @Test
    void survivesRandomReplies() {
        Random random = new Random(8803);
        byte[] reply = new byte[64];
        for (int round = 0; round < 50_000; round++) {
            random.nextBytes(reply);
            ByteBuffer in = ByteBuffer.wrap(reply);
            in.put(0, ByteString.ofHex("01 04 22 63").toByteArray());
            if (random.nextBoolean()) {
                in.put(4, (byte) 30).put(5, (byte) random.nextInt(5));
            }
            ConvertClientOutcome outcome = connecting().feed(in);
            assertFalse(outcome instanceof NeedMore);
            assertEquals(16, in.position());
        }
    }
}
