package net.hybridgateway.netlink.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SockAddrTest {
    /** Bytes as strace prints them on a little-endian machine. */
    static Stream<Arguments> addresses() throws UnknownHostException {
        return Stream.of(
                Arguments.of(
                        new SockAddr.Inet4((Inet4Address) InetAddress.getByName("192.0.2.1"), 80),
                        "0200" + "0050" + "c0000201" + "0000000000000000"),
                Arguments.of(
                        new SockAddr.Inet6(InetAddress.getByName("2001:db8::1"), 7000),
                        "0a00" + "1b58" + "00000000" + "20010db8000000000000000000000001" + "00000000"),
                Arguments.of(
                        new SockAddr.Inet6(InetAddress.getByName("192.0.2.1"), 65535),
                        "0a00" + "ffff" + "00000000" + "00000000000000000000ffffc0000201" + "00000000"),
                Arguments.of(
                        new SockAddr.Inet6(
                                Inet6Address.getByAddress(
                                        null, InetAddress.getByName("fe80::1").getAddress(), 3),
                                1),
                        "0a00" + "0001" + "00000000" + "fe800000000000000000000000000001" + "03000000"),
                Arguments.of(new SockAddr.Netlink(0x01020304, 5), "1000" + "0000" + "04030201" + "05000000"));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void encodesAndDecodes(SockAddr address, String hex) {
        ByteBuffer buffer = ByteBuffer.allocate(SockAddr.STORAGE_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        int length = address.encode(buffer);
        assertEquals(hex, HexFormat.of().formatHex(buffer.array(), 0, length));
        assertEquals(address, SockAddr.decode(buffer.position(0), length));
        assertEquals(0, buffer.position());
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void refusesATruncatedAddress(SockAddr address, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        // The padding of sockaddr_in is never read.
        int last = address instanceof SockAddr.Inet4 ? 7 : bytes.length - 1;
        for (int length = 0; length <= last; length++) {
            ByteBuffer shorter = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int truncated = length;
            assertThrows(IllegalArgumentException.class, () -> SockAddr.decode(shorter, truncated));
        }
    }

    @Test
    void refusesAnUnknownFamily() {
        ByteBuffer unix = ByteBuffer.wrap(new byte[] {1, 0, 'x'}).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(
                "socket address of unknown family 1",
                assertThrows(IllegalArgumentException.class, () -> SockAddr.decode(unix, 3))
                        .getMessage());
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SockAddr.dualStack(InetSocketAddress.createUnresolved("mcp.example.net", 1)));
        assertThrows(IllegalArgumentException.class, () -> new SockAddr.Inet6(InetAddress.getLoopbackAddress(), 65536));
        assertThrows(IllegalArgumentException.class, () -> new SockAddr.Netlink(0, 0).inet());
    }
}
