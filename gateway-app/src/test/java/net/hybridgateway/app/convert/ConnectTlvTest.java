package net.hybridgateway.app.convert;

import static net.hybridgateway.app.convert.Wire.SERVER_FIELD;
import static net.hybridgateway.app.convert.Wire.address;
import static net.hybridgateway.app.convert.Wire.decode;
import static net.hybridgateway.app.convert.Wire.endpoint;
import static net.hybridgateway.app.convert.Wire.fault;
import static net.hybridgateway.app.convert.Wire.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.app.convert.ConvertException.ClientReaction;
import net.hybridgateway.app.convert.ConvertException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of RFC 8803 §6.2.5 and §7.1 that go beyond the frame. */
class ConnectTlvTest {
    private static ConnectTlv connect(String options) {
        int words = 5 + ByteString.ofHex(options).length() / 4;
        String hex = String.format("01%02x2263 0a%02x0050", words + 1, words) + SERVER_FIELD + options;
        return (ConnectTlv) decode(hex).tlvs().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "224.0.0.1,          E0000001, multicast",
        "239.255.255.255,    EFFFFFFF, multicast",
        "255.255.255.255,    FFFFFFFF, broadcast",
        "127.0.0.1,          7F000001, loopback",
        "127.255.255.254,    7FFFFFFE, loopback",
        "0.0.0.0,            00000000, unspecified"
    })
    void refusesIpv4AddressSection625(String literal, String field, String why) {
        assertRefused(literal, "00000000000000000000FFFF" + field, why);
    }

    @ParameterizedTest
    @CsvSource({
        "ff02::1, FF020000000000000000000000000001, multicast",
        "::1,     00000000000000000000000000000001, loopback",
        "::,      00000000000000000000000000000000, unspecified"
    })
    void refusesIpv6AddressSection625(String literal, String field, String why) {
        assertRefused(literal, field, why);
    }

    private static void assertRefused(String literal, String field, String why) {
        assertEquals(Optional.of(why), ConnectAddress.refusal(address(literal)));

        String hex = "01062263 0A050050" + field;
        ConvertException received = fault(hex);
        assertEquals(Fault.FORBIDDEN_ADDRESS, received.fault());
        assertEquals(
                new ConverterReaction.SendError(ErrorTlv.malformedMessage(ByteString.ofHex(hex))),
                received.converterReaction());

        ConvertException built =
                assertThrows(ConvertException.class, () -> new ConnectTlv(endpoint(literal, 80), List.of()));
        assertEquals(Fault.FORBIDDEN_ADDRESS, built.fault());
        assertEquals(ClientReaction.DO_NOT_CONVERT, built.clientReaction());
        assertTrue(built.getMessage().contains(why), built.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "10.0.0.255", "240.0.0.1", "2001:db8::1", "fd00::1", "fe80::1"})
    void acceptsUnicastAddress(String literal) {
        assertEquals(Optional.empty(), ConnectAddress.refusal(address(literal)));
    }

    @Test
    void carriesEveryPort() {
        for (int port : new int[] {0, 1, 255, 256, 65535}) {
            ConnectTlv tlv = new ConnectTlv(endpoint("192.0.2.1", port), List.of());
            ConnectTlv read = (ConnectTlv)
                    decode(ByteString.copyOf(ConvertMessage.of(tlv).encode()).toHex())
                            .tlvs()
                            .get(0);
            assertEquals(port, read.remote().getPort());
        }
    }

    @Test
    void refusesName() {
        InetSocketAddress name = InetSocketAddress.createUnresolved("example.net", 80);
        assertThrows(IllegalArgumentException.class, () -> new ConnectTlv(name, List.of()));
    }

    @Test
    void neverPlacesPaddingOptionsSection625() {
        assertThrows(IllegalArgumentException.class, () -> new TcpOption(TcpOption.END_OF_LIST, ByteString.EMPTY));
        assertThrows(IllegalArgumentException.class, () -> new TcpOption(TcpOption.NO_OPERATION, ByteString.EMPTY));
    }

    @Test
    void ignoresPaddingOptionsOfOthersSection71() {
        assertEquals(List.of(TcpOption.MPTCP_PROBE), connect("01 1E 02 01").options());
        assertEquals(
                List.of(TcpOption.MPTCP_PROBE),
                connect("00 01 00 1E 02 00 00 00").options());
    }

    @Test
    void onlyPaddingAsksForNothing() {
        assertFalse(connect("00 00 00 00").extended());
        assertTrue(connect("1E 02 00 00").extended());
    }

    @ParameterizedTest
    @CsvSource({"1E 00 00 00, 24", "1E 01 00 00, 24", "1E 05 00 00, 24", "04 02 00 1E, 27", "22 03 01 22, 27"})
    void refusesOptionThatDoesNotFitSection625(String options, int offset) {
        ConvertException e = fault("01072263 0A060050" + SERVER_FIELD + options);
        assertEquals(Fault.MALFORMED_TCP_OPTION, e.fault());
        assertTrue(e.getMessage().contains("at byte " + offset + ":"), e.getMessage());
    }

    @Test
    void refusesMoreThan255WordsSection61() {
        TcpOption longest = new TcpOption(200, ByteString.copyOf(new byte[253]));
        List<TcpOption> options = Collections.nCopies(4, longest);
        ConnectTlv tlv = new ConnectTlv(server(), options);
        ConvertException e = assertThrows(ConvertException.class, () -> ConvertMessage.of(tlv));
        assertEquals(Fault.TOO_LONG, e.fault());
        assertEquals(ClientReaction.DO_NOT_CONVERT, e.clientReaction());
    }

    @Test
    void refusesToBuildDuplicateSection621() {
        ConvertException e =
                assertThrows(ConvertException.class, () -> ConvertMessage.of(new InfoTlv(), new InfoTlv()));
        assertEquals(Fault.DUPLICATE_TLV, e.fault());
    }

    @Test
    void refusesToBuildOtherVersionSection61() {
        ConvertException e = assertThrows(ConvertException.class, () -> new ConvertMessage(2, List.of()));
        assertEquals(Fault.UNSUPPORTED_VERSION, e.fault());
    }

    @Test
    void longestCookieFillsTheMessageSection61() {
        ConvertCookie longest = new ConvertCookie(ByteString.copyOf(new byte[ConvertCookie.MAX_BYTES]));
        ConvertMessage message = ConvertMessage.of(new ConnectTlv(server(), List.of()), new CookieTlv(longest));
        assertEquals(ConvertMessage.MAX_BYTES, message.encode().length);
        assertEquals(message, decode(ByteString.copyOf(message.encode()).toHex()));
        assertThrows(IllegalArgumentException.class, () -> new ConvertCookie(ByteString.copyOf(new byte[993])));
    }

    @Test
    void refusesCookieAndOptionsThatDoNotFitTogetherSection61() {
        ConvertCookie longest = new ConvertCookie(ByteString.copyOf(new byte[ConvertCookie.MAX_BYTES]));
        ConvertRequest request =
                ConvertRequest.connect(server(), List.of(TcpOption.MPTCP_PROBE)).withCookie(longest);
        ConvertException e = assertThrows(ConvertException.class, request::encode);
        assertEquals(Fault.TOO_LONG, e.fault());
        assertEquals(ClientReaction.DO_NOT_CONVERT, e.clientReaction());
    }

    @Test
    void hidesCookieInText() {
        ConvertCookie cookie = Wire.cookie("DEADBEEF");
        assertFalse(new CookieTlv(cookie).toString().contains("dead"), "CookieTlv");
        assertFalse(ErrorTlv.missingCookie(cookie).toString().contains("de ad"), "ErrorTlv");
        byte[] request = ConvertRequest.connect(server()).withCookie(cookie).encode();
        assertFalse(
                ErrorTlv.malformedMessage(ByteString.copyOf(request)).toString().contains("de ad"), "echo");
    }
}
