package net.hybridgateway.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import net.hybridgateway.netlink.testing.GoldenBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NetlinkMessageTest {
    @Test
    void splitsADatagramIntoMessages() {
        List<NetlinkMessage> messages = List.of(
                NetlinkMessage.of(16, 2, 7, 1, ByteBuffer.wrap(new byte[] {1, 2, 3})),
                NetlinkMessage.of(17, 2, 7, 1, ByteBuffer.allocate(0)),
                NetlinkMessage.of(3, 2, 7, 1, ByteBuffer.allocate(4)));

        assertEquals(messages, NetlinkMessage.decodeAll(NetlinkMessage.encodeAll(messages)));
    }

    static List<String> captures() {
        return GoldenBytes.names("");
    }

    @ParameterizedTest
    @MethodSource("captures")
    void makesTheSameBytesOfWhatItRead(String name) {
        ByteBuffer datagram = GoldenBytes.datagram(name);

        assertEquals(datagram, NetlinkMessage.encodeAll(NetlinkMessage.decodeAll(datagram)));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void refusesEveryTruncatedMessageOrLeavesItOut(String name) {
        ByteBuffer datagram = GoldenBytes.datagram(name);
        int whole = NetlinkMessage.decodeAll(datagram).size();
        for (int length = 0; length < datagram.remaining() - 3; length++) {
            ByteBuffer cut = datagram.slice(0, length);
            try {
                assertTrue(NetlinkMessage.decodeAll(cut).size() < whole);
            } catch (MalformedMessageException e) {
                assertTrue(e.getMessage().contains("bytes"), e.getMessage());
            }
        }
    }

    @Test
    void refusesALengthShorterThanTheHeader() {
        ByteBuffer datagram = NetlinkMessage.encodeAll(List.of(NetlinkMessage.of(16, 0, 1, 0, ByteBuffer.allocate(4))));
        datagram.putInt(0, 15);

        assertThrows(MalformedMessageException.class, () -> NetlinkMessage.decodeAll(datagram));
    }

    @Test
    void refusesANegativeLength() {
        ByteBuffer datagram = NetlinkMessage.encodeAll(List.of(NetlinkMessage.of(16, 0, 1, 0, ByteBuffer.allocate(4))));
        datagram.putInt(0, -1);

        assertThrows(MalformedMessageException.class, () -> NetlinkMessage.decodeAll(datagram));
    }

    @Test
    void refusesAPayloadShorterThanItsFixedPart() {
        NetlinkMessage message = NetlinkMessage.of(16, 0, 1, 0, ByteBuffer.allocate(3));

        assertEquals(
                "decode: link has 3 bytes, at least 16 are needed",
                assertThrows(MalformedMessageException.class, () -> message.fixedPart(16, "link"))
                        .getMessage());
        assertThrows(MalformedMessageException.class, () -> message.attributes(16, "link"));
    }

    @Test
    void keepsItsPayloadFromReaders() {
        NetlinkMessage message = NetlinkMessage.of(16, 0, 1, 0, ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
        message.payload().get();

        assertEquals(4, message.payload().remaining());
        assertTrue(message.payload().isReadOnly());
    }

    @Test
    void printsHeaderAndPayload() {
        assertEquals(
                "{length=18 type=16 flags=request|acknowledge sequence=7 port=0 payload=0aff}",
                NetlinkMessage.of(16, 5, 7, 0, ByteBuffer.wrap(new byte[] {10, -1}))
                        .toString());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, request",
        "0x605, request|acknowledge|0x600",
        "0x12, multipart|interrupted",
        "0x28, echo|filtered",
        "0x8040, 0x8040"
    })
    void printsFlags(String flags, String text) {
        assertEquals(text, MessageFlags.toString(Integer.decode(flags)));
    }
}
