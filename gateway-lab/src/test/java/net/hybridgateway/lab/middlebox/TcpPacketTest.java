package net.hybridgateway.lab.middlebox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checksums of the samples were computed by hand, from the definition. */
class TcpPacketTest {
    private static final HexFormat HEX = HexFormat.of();

    // 192.0.2.10 to 198.51.100.7, port 40000 to 7000, SYN, MSS 1460.
    private static final String IPV4_HEADER = "4500002c0000400040064e87c000020ac6336407";
    private static final String TCP_HEADER = "9c401b58000000010000000060022000%s0000020405b4";
    private static final String IPV4_SYN = IPV4_HEADER + TCP_HEADER.formatted("d447");
    private static final String IPV4_SYN_WITH_DATA =
            "450000330000400040064e80c000020ac6336407" + TCP_HEADER.formatted("cfdb") + "01020363000000";

    private static final String IPV6_ADDRESSES =
            "20010db8000f00000000000000000010" + "20010db8000700000000000000000007";
    private static final String IPV6_SYN_WITH_DATA =
            "60000000001c063f" + IPV6_ADDRESSES + TCP_HEADER.formatted("0000") + "01020304";

    @Test
    void aSynWithDataIsTold() {
        assertTrue(packet(IPV4_SYN_WITH_DATA).isSynWithData());
        assertTrue(packet(IPV6_SYN_WITH_DATA).isSynWithData());
        assertFalse(packet(IPV4_SYN).isSynWithData());
        assertFalse(packet(IPV4_SYN_WITH_DATA.replace("60022000", "60122000")).isSynWithData(), "a SYN/ACK");
        assertFalse(packet(IPV4_SYN_WITH_DATA.replace("60022000", "60102000")).isSynWithData(), "an ACK");
    }

    @Test
    void dataGoAndTheRestStays() {
        assertEquals(
                IPV4_SYN, HEX.formatHex(packet(IPV4_SYN_WITH_DATA).withoutData().bytes()));
        assertEquals(0, packet(IPV6_SYN_WITH_DATA).withoutData().payloadLength());
    }

    @Test
    void whatIsMadeIsIntact() {
        assertTrue(packet(IPV4_SYN_WITH_DATA).withoutData().isIntact());
        assertTrue(packet(IPV6_SYN_WITH_DATA).withoutData().isIntact());
    }

    /** A checksum that was left to a network card that is not there says nothing about the packet. */
    @Test
    void theOldChecksumDoesNotCount() {
        TcpPacket unfinished = packet(IPV4_HEADER.replace("002c", "0033").replace("4e87", "0000")
                + TCP_HEADER.formatted("beef")
                + "01020363000000");
        assertFalse(unfinished.isIntact());
        assertEquals(IPV4_SYN, HEX.formatHex(unfinished.withoutData().bytes()));
    }

    @Test
    void aSpoiltByteIsNoticed() {
        assertTrue(packet(IPV4_SYN).isIntact());
        byte[] sound = HEX.parseHex(IPV4_SYN);
        for (int at : new int[] {4, 12, 19, 20, 25, 39, 43}) {
            byte[] spoilt = sound.clone();
            spoilt[at] ^= 0x10;
            assertFalse(TcpPacket.parse(ByteBuffer.wrap(spoilt)).orElseThrow().isIntact(), "byte " + at);
        }
    }

    @Test
    void theDestinationIsRead() throws UnknownHostException {
        assertEquals(InetAddress.getByName("198.51.100.7"), packet(IPV4_SYN).destination());
        assertEquals(
                InetAddress.getByName("2001:db8:7::7"),
                packet(IPV6_SYN_WITH_DATA).destination());
    }

    @Test
    void whatFollowsThePacketIsLeftOut() {
        TcpPacket padded = packet(IPV4_SYN + "0000");
        assertArrayEquals(HEX.parseHex(IPV4_SYN), padded.bytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "45",
                "4500002c0000400040114e87c000020ac63364079c401b5800000001000000006002200000000000020405b4", // UDP
                "4500002c0000200040064e87c000020ac63364079c401b5800000001000000006002200000000000020405b4", // fragment
                "4500002c0000400040064e87c000020ac63364079c401b580000000100000000f002200000000000020405b4", // long
                // header
                "4500002c0000400040064e87c000020ac63364079c401b5800000001000000004002200000000000020405b4", // short
                // header
                "4500012c0000400040064e87c000020ac63364079c401b5800000001000000006002200000000000020405b4", // cut off
                "4400002c0000400040064e87c000020ac63364079c401b5800000001000000006002200000000000020405b4", // IP header
                "60000000001c003f20010db8000f0000000000000000001020010db8000700000000000000000007", // extension header
                "7000002c0000400040064e87c000020ac63364079c401b5800000001000000006002200000000000020405b4" // version
            })
    void whatIsNoTcpPacketIsNotRead(String hex) {
        assertEquals(Optional.empty(), TcpPacket.parse(ByteBuffer.wrap(HEX.parseHex(hex))));
    }

    private static TcpPacket packet(String hex) {
        return TcpPacket.parse(ByteBuffer.wrap(HEX.parseHex(hex))).orElseThrow();
    }
}
