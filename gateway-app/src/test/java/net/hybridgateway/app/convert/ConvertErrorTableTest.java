package net.hybridgateway.app.convert;

import static net.hybridgateway.app.convert.Wire.bytes;
import static net.hybridgateway.app.convert.Wire.cookie;
import static net.hybridgateway.app.convert.Wire.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.hybridgateway.app.convert.ConvertClientOutcome.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client makes of every error code: RFC 8803 §6.2.8, table 2. */
class ConvertErrorTableTest {
    private static final ConvertRequest PLAIN = ConvertRequest.connect(server());
    private static final ConvertRequest WITH_COOKIE = PLAIN.withCookie(cookie("01020304"));
    private static final ConvertRequest WITH_PROBE = ConvertRequest.connect(server(), List.of(TcpOption.MPTCP_PROBE));

    private static Refused refused(ConvertRequest request, String errorTlv) {
        String reply =
                String.format("01%02x2263", 1 + ByteString.ofHex(errorTlv).length() / 4) + errorTlv;
        return assertInstanceOf(Refused.class, new ConvertClientHandshake(request).feed(bytes(reply)));
    }

    @ParameterizedTest
    @CsvSource({
        // TLV,                    code,                    reaction,            no user data at server
        "1E 01 00 02,              UNSUPPORTED_VERSION,     CONVERTER_UNUSABLE,  true",
        "1E 02 00 01 02 00 00 00,  UNSUPPORTED_VERSION,     AVOID_CONVERTER,     true",
        "1E 02 01 00 01 06 22 63,  MALFORMED_MESSAGE,       CONVERTER_UNUSABLE,  true",
        "1E 02 02 00 01 06 22 63,  UNSUPPORTED_MESSAGE,     CONVERTER_UNUSABLE,  true",
        "1E 02 03 00 DE AD BE EF,  MISSING_COOKIE,          RETRY_WITH_COOKIE,   true",
        "1E 01 03 00,              MISSING_COOKIE,          CONVERTER_UNUSABLE,  true",
        "1E 01 04 00,              OTHER_MESSAGE_ERROR,     CONVERTER_UNUSABLE,  true",
        "1E 01 1F 00,              OTHER_MESSAGE_ERROR,     CONVERTER_UNUSABLE,  true",
        "1E 01 20 00,              NOT_AUTHORIZED,          CONVERTER_UNUSABLE,  true",
        "1E 01 21 22,              UNSUPPORTED_TCP_OPTION,  CONVERTER_UNUSABLE,  true",
        "1E 01 22 00,              OTHER_CLIENT_ERROR,      CONVERTER_UNUSABLE,  true",
        "1E 01 3F 00,              OTHER_CLIENT_ERROR,      CONVERTER_UNUSABLE,  true",
        "1E 01 40 3C,              RESOURCE_EXCEEDED,       AVOID_CONVERTER,     true",
        "1E 01 41 00,              NETWORK_FAILURE,         AVOID_CONVERTER,     true",
        "1E 01 42 00,              OTHER_CONVERTER_ERROR,   AVOID_CONVERTER,     true",
        "1E 01 5F 00,              OTHER_CONVERTER_ERROR,   AVOID_CONVERTER,     true",
        "1E 01 60 00,              CONNECTION_RESET,        RESET_LAN,           false",
        "1E 01 61 01,              DESTINATION_UNREACHABLE, RESET_LAN,           false",
        "1E 01 62 00,              OTHER_DESTINATION_ERROR, RESET_LAN,           false",
        "1E 01 7F 00,              OTHER_DESTINATION_ERROR, RESET_LAN,           false",
        "1E 01 80 00,              UNCLASSIFIED,            AVOID_CONVERTER,     false",
        "1E 01 FF 00,              UNCLASSIFIED,            AVOID_CONVERTER,     false"
    })
    void reactsToEachCode(String tlv, ConvertErrorCode code, ConvertReaction.Kind reaction, boolean noUserData) {
        Refused refused = refused(PLAIN, tlv);
        assertEquals(code, refused.code());
        assertEquals(reaction, refused.reaction().kind());
        assertEquals(noUserData, refused.guaranteesNoUserDataAtServer());
        boolean converterToBlame =
                reaction == ConvertReaction.Kind.AVOID_CONVERTER || reaction == ConvertReaction.Kind.CONVERTER_UNUSABLE;
        assertEquals(converterToBlame, refused.reaction().countsAgainstConverter());
        assertEquals(converterToBlame, refused.reaction().servesDirectly());
        assertEquals(
                reaction == ConvertReaction.Kind.RETRY_WITH_COOKIE,
                refused.retry().isPresent());
    }

    static List<Arguments> dependsOnWhatWasAsked() {
        Set<Integer> mptcp = Set.of(30);
        return List.of(
                Arguments.of(PLAIN, "1E 01 01 00", new ConvertReaction.ConverterUnusable(true)),
                Arguments.of(PLAIN, "1E 01 02 00", new ConvertReaction.ConverterUnusable(false)),
                Arguments.of(PLAIN, "1E 01 20 00", new ConvertReaction.ConverterUnusable(true)),
                // A stale cookie is dropped; the very cookie that was sent is not tried again.
                Arguments.of(WITH_COOKIE, "1E 01 20 00", new ConvertReaction.RetryWithoutCookie()),
                Arguments.of(WITH_COOKIE, "1E 02 03 00 01020304", new ConvertReaction.ConverterUnusable(false)),
                Arguments.of(
                        WITH_COOKIE, "1E 02 03 00 05060708", new ConvertReaction.RetryWithCookie(cookie("05060708"))),
                // Options: those named, or all if none of ours is named; without options of ours nothing is left to
                // try.
                Arguments.of(WITH_PROBE, "1E 01 21 1E", new ConvertReaction.RetryWithoutOptions(new TreeSet<>(mptcp))),
                Arguments.of(WITH_PROBE, "1E 01 21 00", new ConvertReaction.RetryWithoutOptions(new TreeSet<>(mptcp))),
                Arguments.of(PLAIN, "1E 01 21 1E", new ConvertReaction.ConverterUnusable(false)));
    }

    @ParameterizedTest
    @MethodSource
    void dependsOnWhatWasAsked(ConvertRequest request, String tlv, ConvertReaction reaction) {
        assertEquals(reaction, refused(request, tlv).reaction());
    }

    @ParameterizedTest
    @CsvSource({
        "1E 01 40 00,             30", // "a default delay of at least 30 seconds"
        "1E 01 40 01,             1",
        "1E 01 41 FF,             255",
        "1E 02 40 3C 00 00 00 00, 60", // one byte and padding
        "1E 02 40 00 00 00 01 2C, 300", // aligned as in figure 23
        "1E 02 40 00 00 00 00 00, 30",
        "1E 02 40 00 FF FF FF FF, 3600" // bounded
    })
    void waitsAsLongAsTheConverterSays(String tlv, long seconds) {
        assertEquals(
                new ConvertReaction.AvoidConverter(Duration.ofSeconds(seconds)),
                refused(PLAIN, tlv).reaction());
    }

    @Test
    void cookieThatNoConnectCouldCarryIsOfNoUse() {
        ByteString tooLong = ByteString.copyOf(new byte[1 + ConvertCookie.MAX_BYTES + 4]);
        ErrorTlv error = new ErrorTlv(3, tooLong);
        assertEquals(Optional.empty(), error.cookie());
        assertEquals(new ConvertReaction.ConverterUnusable(false), ConvertReaction.to(error, PLAIN));
    }

    @Test
    void cookieThatDoesNotFitBesideTheOptionsIsOfNoUse() {
        ErrorTlv error = ErrorTlv.missingCookie(new ConvertCookie(ByteString.copyOf(new byte[992])));
        assertEquals(
                ConvertReaction.Kind.RETRY_WITH_COOKIE,
                ConvertReaction.to(error, PLAIN).kind());
        assertEquals(new ConvertReaction.ConverterUnusable(false), ConvertReaction.to(error, WITH_PROBE));
    }

    @Test
    void everyNumberHasACodeAndKeepsItself() {
        for (int number = 0; number <= 255; number++) {
            ErrorTlv error = new ErrorTlv(number, ByteString.ofOctets(0));
            assertEquals(ConvertErrorCode.of(number), error.code());
            ConvertMessage read = Wire.decode(
                    ByteString.copyOf(ConvertMessage.of(error).encode()).toHex());
            assertEquals(number, read.find(ErrorTlv.class).orElseThrow().number());
        }
    }

    @Test
    void everyReplyBuilderIsReadAsItsCode() {
        ByteString message = ByteString.ofHex("01 06 22 63");
        List<ErrorTlv> errors = List.of(
                ErrorTlv.unsupportedVersion(1),
                ErrorTlv.malformedMessage(message),
                ErrorTlv.unsupportedMessage(message),
                ErrorTlv.missingCookie(cookie("DEADBEEF")),
                ErrorTlv.notAuthorized(),
                ErrorTlv.unsupportedTcpOptions(List.of(29)),
                ErrorTlv.resourceExceeded(0),
                ErrorTlv.networkFailure(255),
                ErrorTlv.connectionReset(),
                ErrorTlv.destinationUnreachable(13));
        assertEquals(
                List.of(0, 1, 2, 3, 32, 33, 64, 65, 96, 97),
                errors.stream().map(ErrorTlv::number).toList());
        assertEquals(13, errors.get(9).icmpCode());
        for (ErrorTlv error : errors) {
            byte[] reply = new ConvertServerOutcome.Refuse(error).replyBytes();
            assertEquals(
                    error,
                    assertInstanceOf(Refused.class, new ConvertClientHandshake(PLAIN).feed(ByteBuffer.wrap(reply)))
                            .error());
        }
    }
}
