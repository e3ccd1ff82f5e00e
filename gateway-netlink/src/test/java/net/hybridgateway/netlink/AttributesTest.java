package net.hybridgateway.netlink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttributesTest {
    @Test
    void readsWhatWasWritten() throws Exception {
        InetAddress ipv6 = InetAddress.getByName("2001:db8::1");
        AttributeReader reader = reader(new AttributeWriter()
                .u8(1, 255)
                .u16(2, 65535)
                .u32(3, 0xffff_ffffL)
                .s32(4, -5)
                .u64(5, Long.MIN_VALUE)
                .be16(6, 7000)
                .be32(7, 0x80000001L)
                .be64(8, 0x0102030405060708L)
                .string(9, "wan0")
                .bytes(10, new byte[] {1, 2, 3})
                .address(11, ipv6)
                .flag(12));

        assertEquals(255, next(reader, 1).u8());
        assertEquals(65535, next(reader, 2).u16());
        assertEquals(0xffff_ffffL, next(reader, 3).u32());
        assertEquals(-5, next(reader, 4).s32());
        assertEquals(Long.MIN_VALUE, next(reader, 5).u64());
        assertEquals(7000, next(reader, 6).be16());
        assertEquals(0x80000001L, next(reader, 7).be32());
        assertEquals(0x0102030405060708L, next(reader, 8).be64());
        assertEquals("wan0", next(reader, 9).string());
        assertArrayEquals(new byte[] {1, 2, 3}, next(reader, 10).bytes());
        assertEquals(ipv6, next(reader, 11).address(AddressFamily.IPV6));
        assertEquals(0, next(reader, 12).length());
        assertFalse(reader.next());
    }

    @Test
    void nestsToAnyDepthAndMarksIt() {
        ByteBuffer bytes = new AttributeWriter()
                .nested(1, outer -> outer.u8(2, 7).nested(3, inner -> inner.string(4, "deep")))
                .u8(5, 9)
                .toBuffer();

        assertEquals(1 | NetlinkNumbers.NLA_F_NESTED, Short.toUnsignedInt(bytes.getShort(2)));
        AttributeReader reader = new AttributeReader(bytes, "test");
        AttributeReader outer = next(reader, 1).nested();
        assertEquals(7, next(outer, 2).u8());
        assertEquals("deep", next(next(outer, 3).nested(), 4).string());
        assertFalse(outer.next());
        assertEquals(9, next(reader, 5).u8());
    }

    @Test
    void growsBeyondItsFirstBuffer() {
        AttributeWriter writer = new AttributeWriter();
        for (int i = 0; i < 1000; i++) {
            writer.u32(i, i);
        }
        AttributeReader reader = reader(writer);
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, next(reader, i).u32());
        }
    }

    @Test
    void writesAttributesBehindAPaddedFixedPart() {
        ByteBuffer bytes = new AttributeWriter(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}))
                .u8(1, 1)
                .toBuffer();

        assertEquals(16, bytes.remaining());
        assertEquals(0, bytes.get(7));
        assertEquals(5, bytes.getShort(8));
    }

    @Test
    void masksTheFlagsOfTheType() {
        AttributeReader reader = reader(new AttributeWriter().u8(3 | NetlinkNumbers.NLA_F_NET_BYTEORDER, 1));

        assertEquals(1, next(reader, 3).u8());
    }

    @Test
    void acceptsLongerValuesOfNewerKernels() {
        AttributeReader reader = reader(new AttributeWriter().bytes(1, new byte[] {5, 0, 0, 0, 9, 9, 9, 9}));

        assertEquals(5, next(reader, 1).u8());
        assertEquals(8, reader.structure(4).remaining());
    }

    @Test
    void acceptsAStringWithoutNul() {
        assertEquals(
                "lo",
                next(reader(new AttributeWriter().bytes(1, new byte[] {'l', 'o'})), 1)
                        .string());
    }

    @Test
    void keepsTheFamilyOfMappedAddressesUnlessAskedOtherwise() {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
        AttributeReader reader = next(reader(new AttributeWriter().bytes(1, mapped)), 1);

        assertTrue(reader.address(AddressFamily.IPV6) instanceof Inet6Address);
        assertTrue(reader.unmappedAddress(AddressFamily.IPV6) instanceof Inet4Address);
    }

    static Stream<Arguments> getters() {
        return Stream.of(
                Arguments.of("u8", 1, (Consumer<AttributeReader>) AttributeReader::u8),
                Arguments.of("u16", 2, (Consumer<AttributeReader>) AttributeReader::u16),
                Arguments.of("u32", 4, (Consumer<AttributeReader>) AttributeReader::u32),
                Arguments.of("s32", 4, (Consumer<AttributeReader>) AttributeReader::s32),
                Arguments.of("u64", 8, (Consumer<AttributeReader>) AttributeReader::u64),
                Arguments.of("be16", 2, (Consumer<AttributeReader>) AttributeReader::be16),
                Arguments.of("be32", 4, (Consumer<AttributeReader>) AttributeReader::be32),
                Arguments.of("be64", 8, (Consumer<AttributeReader>) AttributeReader::be64),
                Arguments.of("ipv4", 4, (Consumer<AttributeReader>) reader -> reader.address(AddressFamily.IPV4)),
                Arguments.of("ipv6", 16, (Consumer<AttributeReader>) reader -> reader.address(AddressFamily.IPV6)),
                Arguments.of("structure", 12, (Consumer<AttributeReader>) reader -> reader.structure(12)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("getters")
    void namesAttributeAndLengthsOfAShortValue(String name, int needed, Consumer<AttributeReader> getter) {
        AttributeReader reader = next(reader(new AttributeWriter().bytes(7, new byte[needed - 1])), 7);

        NetlinkException refused = assertThrows(MalformedMessageException.class, () -> getter.accept(reader));

        assertEquals(
                "decode: attribute 7 of test has " + (needed - 1) + " bytes, at least " + needed + " are needed",
                refused.getMessage());
    }

    @Test
    void refusesALengthShorterThanAHeader() {
        AttributeReader reader = new AttributeReader(attribute(3, 1), "test");

        assertThrows(MalformedMessageException.class, reader::next);
    }

    @Test
    void refusesALengthBehindTheEnd() {
        AttributeReader reader = new AttributeReader(attribute(9, 1), "test");

        assertThrows(MalformedMessageException.class, reader::next);
    }

    @Test
    void endsAtPaddingTooShortForAnAttribute() {
        assertFalse(new AttributeReader(ByteBuffer.allocate(3), "test").next());
    }

    @Test
    void refusesValuesOutOfRange() {
        AttributeWriter writer = new AttributeWriter();

        assertThrows(IllegalArgumentException.class, () -> writer.u8(1, 256));
        assertThrows(IllegalArgumentException.class, () -> writer.u16(1, -1));
        assertThrows(IllegalArgumentException.class, () -> writer.u32(1, 0x1_0000_0000L));
        assertThrows(IllegalArgumentException.class, () -> writer.be16(1, 65536));
        assertThrows(IllegalArgumentException.class, () -> writer.string(1, "a\0b"));
        assertThrows(IllegalArgumentException.class, () -> writer.bytes(1, new byte[65536]));
        assertEquals(0, writer.toBuffer().remaining());
    }

    private static ByteBuffer attribute(int length, int type) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putShort(0, (short) length)
                .putShort(2, (short) type);
    }

    private static AttributeReader reader(AttributeWriter writer) {
        return new AttributeReader(writer.toBuffer(), "test");
    }

    private static AttributeReader next(AttributeReader reader, int type) {
        assertTrue(reader.next());
        assertEquals(type, reader.type());
        return reader;
    }
}
