package net.hybridgateway.app.convert;

import static net.hybridgateway.app.convert.Wire.SERVER_FIELD;
import static net.hybridgateway.app.convert.Wire.cookie;
import static net.hybridgateway.app.convert.Wire.decode;
import static net.hybridgateway.app.convert.Wire.fault;
import static net.hybridgateway.app.convert.Wire.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.hybridgateway.app.convert.ConvertException.ClientReaction;
import net.hybridgateway.app.convert.ConvertException.Fault;
import org.junit.jupiter.api.Test;

/** Golden bytes in both directions. The first two are also in libconvert's tests; the others follow RFC 8803 §6. */
class ConvertWireTest {
    private static void assertWire(String hex, ConvertTlv... tlvs) {
        ConvertMessage message = ConvertMessage.of(tlvs);
        assertEquals(ByteString.ofHex(hex), ByteString.copyOf(message.encode()), "encoded");
        assertEquals(message, decode(hex), "decoded");
    }

    private static void assertMalformed(Fault fault, int offset, String hex) {
        ConvertException e = fault(hex);
        assertEquals(fault, e.fault());
        assertTrue(e.getMessage().contains("at byte " + offset + ":"), e.getMessage());
        assertEquals(ClientReaction.RESET, e.clientReaction());
        assertEquals(
                new ConverterReaction.SendError(ErrorTlv.malformedMessage(ByteString.ofHex(hex))),
                e.converterReaction());
    }

    @Test
    void connectToIpv4Section625() {
        assertWire(
                "01 06 22 63" // version, words, magic
                        + "0A 05 00 50" // Connect, words, port 80
                        + SERVER_FIELD, // ::ffff:192.0.2.1
                new ConnectTlv(server(), List.of()));
    }

    @Test
    void connectToIpv6Section625() {
        assertWire(
                "01 06 22 63" // version, words, magic
                        + "0A 05 01 BB" // Connect, words, port 443
                        + "20010DB8 00000000 00000000 00000001",
                new ConnectTlv(Wire.endpoint("2001:db8::1", 443), List.of()));
    }

    @Test
    void successIsTheHeaderAloneSection61() {
        assertWire("01 01 22 63");
    }

    @Test
    void connectWithMptcpProbeSection75() {
        assertWire(
                "01 07 22 63"
                        + "0A 06 00 50"
                        + SERVER_FIELD
                        + "1E 02" // MPTCP without content
                        + "00 00", // padding
                new ConnectTlv(server(), List.of(TcpOption.MPTCP_PROBE)));
    }

    @Test
    void connectWithFastOpenCookieSection76() {
        assertWire(
                "01 09 22 63"
                        + "0A 08 00 50"
                        + SERVER_FIELD
                        + "22 0A 0102030405060708" // TFO cookie
                        + "04 02", // SACK permitted
                new ConnectTlv(
                        server(),
                        List.of(
                                new TcpOption(TcpOption.FAST_OPEN, ByteString.ofHex("0102030405060708")),
                                new TcpOption(TcpOption.SACK_PERMITTED, ByteString.EMPTY))));
    }

    @Test
    void infoSection623() {
        assertWire("01 02 22 63" + "01 01 00 00", new InfoTlv());
    }

    @Test
    void supportedExtensionsWithMptcpSection624() {
        assertWire(
                "01 03 22 63"
                        + "15 02 00 00" // Supported TCP Extensions, words, Unassigned
                        + "1E 00 00 00", // kind 30, padding
                SupportedTcpExtensionsTlv.of(List.of(30)));
    }

    @Test
    void connectWithCookieSection627() {
        assertWire(
                "01 09 22 63"
                        + "0A 05 00 50"
                        + SERVER_FIELD
                        + "16 03 00 00" // Cookie, words, Zero
                        + "0011223344556677",
                new ConnectTlv(server(), List.of()),
                new CookieTlv(cookie("0011223344556677")));
    }

    @Test
    void extendedTcpHeaderWithMpCapableSection626() {
        ExtendedTcpHeaderTlv tlv = new ExtendedTcpHeaderTlv(ByteString.ofHex("1E 0C 01 81 A0A1A2A3A4A5A6A7"));
        assertWire(
                "01 05 22 63"
                        + "14 04 00 00" // Extended TCP Header, words, Unassigned
                        + "1E 0C 01 81" // MPTCP, length, subtype 0 and version 1, flags A and H
                        + "A0A1A2A3A4A5A6A7", // the server's key
                tlv);
        assertTrue(tlv.serverSpeaksMptcp());
    }

    @Test
    void error3WithCookieSection628() {
        assertWire("01 03 22 63" + "1E 02 03 00" + "DEADBEEF", ErrorTlv.missingCookie(cookie("DEADBEEF")));
    }

    @Test
    void error0WithVersions1And2Section628() {
        assertWire("01 03 22 63" + "1E 02 00 01" + "02 00 00 00", ErrorTlv.unsupportedVersion(1, 2));
    }

    @Test
    void error33WithFastOpenSection628() {
        assertWire("01 02 22 63" + "1E 01 21 22", ErrorTlv.unsupportedTcpOptions(List.of(34)));
    }

    @Test
    void error64WithSixtySecondsSection628() {
        assertWire("01 02 22 63" + "1E 01 40 3C", ErrorTlv.resourceExceeded(60));
    }

    @Test
    void error97WithIcmpCode1Section628() {
        assertWire("01 02 22 63" + "1E 01 61 01", ErrorTlv.destinationUnreachable(1));
    }

    @Test
    void keepsUnknownTlvSection622() {
        assertWire("01 03 22 63" + "C0 02 0102" + "03040506", new UnknownTlv(192, ByteString.ofHex("010203040506")));
    }

    @Test
    void totalLengthZeroIsResetByBothSection61() {
        ConvertException e = fault("01 00 22 63");
        assertEquals(Fault.ZERO_TOTAL_LENGTH, e.fault());
        assertEquals(ClientReaction.RESET, e.clientReaction());
        assertEquals(new ConverterReaction.Reset(), e.converterReaction());
    }

    @Test
    void tlvLengthZeroIsMalformedSection621() {
        assertMalformed(Fault.ZERO_TLV_LENGTH, 5, "01 02 22 63" + "0A 00 00 00");
    }

    @Test
    void tlvBeyondTotalLengthIsMalformedSection9() {
        assertMalformed(Fault.TLV_BEYOND_MESSAGE, 5, "01 02 22 63" + "1E 05 01 00");
    }

    @Test
    void duplicateTlvIsMalformedSection621() {
        assertMalformed(Fault.DUPLICATE_TLV, 8, "01 03 22 63" + "14 01 00 00" + "14 01 00 00");
    }

    @Test
    void duplicateUnknownTlvIsMalformedSection621() {
        assertMalformed(Fault.DUPLICATE_TLV, 8, "01 03 22 63" + "C0 01 00 00" + "C0 01 00 01");
    }

    @Test
    void typeZeroIsUnsupportedSection622() {
        String hex = "01 02 22 63" + "00 01 00 00";
        ConvertException e = fault(hex);
        assertEquals(Fault.RESERVED_TLV_TYPE, e.fault());
        assertEquals(ClientReaction.RESET, e.clientReaction());
        assertEquals(
                new ConverterReaction.SendError(ErrorTlv.unsupportedMessage(ByteString.ofHex(hex))),
                e.converterReaction());
    }

    @Test
    void otherVersionIsAnsweredWithOursSection628() {
        for (String hex : List.of("00 02 22 63", "02 02 22 63")) {
            ConvertException e = fault(hex);
            assertEquals(Fault.UNSUPPORTED_VERSION, e.fault());
            assertEquals(new ConverterReaction.SendError(ErrorTlv.unsupportedVersion(1)), e.converterReaction());
        }
    }

    @Test
    void wrongMagicIsIgnoredByConvertersSection6() {
        ConvertException e = fault("01 02 22 64");
        assertEquals(Fault.WRONG_MAGIC, e.fault());
        assertEquals(new ConverterReaction.Ignore(), e.converterReaction());
        assertEquals(ClientReaction.RESET, e.clientReaction());
    }

    @Test
    void lengthsThatATypeCannotHaveAreMalformedTable1() {
        assertMalformed(Fault.WRONG_TLV_LENGTH, 4, "01 03 22 63" + "01 02 00 00 00000000");
        assertMalformed(Fault.WRONG_TLV_LENGTH, 4, "01 05 22 63" + "0A 04 00 50 00000000 00000000 00000000");
        assertMalformed(Fault.WRONG_TLV_LENGTH, 4, "01 02 22 63" + "16 01 00 00");
    }

    @Test
    void ignoresWhatMustBeZero() {
        assertEquals(decode("01 02 22 63 01 01 00 00"), decode("01 02 22 63 01 01 12 34"));
        assertEquals(decode("01 03 22 63 15 02 00 00 1E000000"), decode("01 03 22 63 15 02 FF FF 1E000000"));
        assertEquals(decode("01 03 22 63 14 02 00 00 01010101"), decode("01 03 22 63 14 02 FF FF 01010101"));
        assertEquals(decode("01 03 22 63 16 02 00 00 01020304"), decode("01 03 22 63 16 02 FF FF 01020304"));
    }

    @Test
    void dropsKindsThatMustNotBeAnnouncedSection7() {
        SupportedTcpExtensionsTlv tlv =
                (SupportedTcpExtensionsTlv) decode("01 04 22 63" + "15 03 00 00" + "01 02 03 05" + "1D 08 1E 00")
                        .tlvs()
                        .get(0);
        assertEquals(SupportedTcpExtensionsTlv.of(List.of(8, 30)), tlv);
        assertFalse(tlv.contains(TcpOption.TCP_AO));
    }

    @Test
    void readsServerOptionsBetweenPaddingSection626() {
        ExtendedTcpHeaderTlv tlv = new ExtendedTcpHeaderTlv(
                ByteString.ofHex("02 04 05B4" + "01 01 04 02" + "01 03 03 07" + "00 FF FF FF"));
        assertEquals(
                List.of(
                        new TcpOption(2, ByteString.ofHex("05B4")),
                        new TcpOption(4, ByteString.EMPTY),
                        new TcpOption(3, ByteString.ofHex("07"))),
                tlv.options());
        assertFalse(tlv.serverSpeaksMptcp());
    }

    @Test
    void onlyMpCapableSaysThatTheServerSpeaksMptcp() {
        assertTrue(new ExtendedTcpHeaderTlv(ByteString.ofHex("1E 04 01 81")).serverSpeaksMptcp());
        assertFalse(new ExtendedTcpHeaderTlv(ByteString.ofHex("1E 04 11 00")).serverSpeaksMptcp(), "MP_JOIN");
        assertFalse(new ExtendedTcpHeaderTlv(ByteString.ofHex("1E 02 00 00")).serverSpeaksMptcp(), "empty");
    }

    @Test
    void badServerOptionEndsTheListOnly() {
        assertEquals(List.of(), new ExtendedTcpHeaderTlv(ByteString.ofHex("1E 0C 01 81")).options());
        assertEquals(List.of(), new ExtendedTcpHeaderTlv(ByteString.ofHex("1E 01 04 02")).options());
        assertEquals(List.of(), new ExtendedTcpHeaderTlv(ByteString.ofHex("01 01 01 1E")).options());
    }
}
