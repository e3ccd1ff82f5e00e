package net.hybridgateway.netlink;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes a fixed structure and netlink attributes; the mirror of {@link AttributeReader}.
 *
 * <pre>{@code
 * new AttributeWriter(ByteBuffer.allocate(12)...)
 *         .u32(RTA_TABLE, 1000)
 *         .address(RTA_GATEWAY, gateway)
 *         .nested(RTA_METRICS, metrics -> metrics.u32(RTAX_MTU, 1400));
 * }</pre>
 *
 * Values out of range throw {@link IllegalArgumentException}, as the caller made them.
 */
public final class AttributeWriter {
    private static final int INITIAL_BYTES = 128;
    /** The length of an attribute is a u16. */
    private static final int MAXIMUM_VALUE_BYTES = 0xffff - NetlinkNumbers.NLA_HDRLEN;

    private ByteBuffer buffer = ByteBuffer.allocate(INITIAL_BYTES).order(ByteOrder.nativeOrder());

    /** Attributes alone. */
    public AttributeWriter() {}

    /** Attributes behind {@code fixedPart}, of which the bytes between position and limit are taken. */
    public AttributeWriter(ByteBuffer fixedPart) {
        reserve(fixedPart.remaining());
        buffer.put(fixedPart.duplicate());
        pad();
    }

    public AttributeWriter u8(int type, int value) {
        requireRange(value, 0xff, type);
        start(type, 1).put((byte) value);
        return pad();
    }

    public AttributeWriter u16(int type, int value) {
        requireRange(value, 0xffff, type);
        start(type, 2).putShort((short) value);
        return pad();
    }

    /** Writes 0 to 2^32 - 1. */
    public AttributeWriter u32(int type, long value) {
        requireRange(value, 0xffff_ffffL, type);
        return s32(type, (int) value);
    }

    public AttributeWriter s32(int type, int value) {
        start(type, 4).putInt(value);
        return pad();
    }

    public AttributeWriter u64(int type, long value) {
        start(type, 8).putLong(value);
        return pad();
    }

    /** Writes 0 to 65535 in network order. */
    public AttributeWriter be16(int type, int value) {
        requireRange(value, 0xffff, type);
        return bytes(type, new byte[] {(byte) (value >> 8), (byte) value});
    }

    /** Writes 0 to 2^32 - 1 in network order. */
    public AttributeWriter be32(int type, long value) {
        requireRange(value, 0xffff_ffffL, type);
        return bytes(type, new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
    }

    /** Writes 64 bits in network order. */
    public AttributeWriter be64(int type, long value) {
        return bytes(type, ByteBuffer.allocate(8).putLong(value).array());
    }

    /** Writes text with the NUL that the kernel wants behind it. */
    public AttributeWriter string(int type, String value) {
        if (value.indexOf(0) >= 0) {
            throw new IllegalArgumentException("text for attribute " + type + " contains NUL");
        }
        return bytes(type, (value + '\0').getBytes(StandardCharsets.UTF_8));
    }

    public AttributeWriter bytes(int type, byte[] value) {
        start(type, value.length).put(value);
        return pad();
    }

    /** Writes the 4 or 16 bytes of {@code address}. */
    public AttributeWriter address(int type, InetAddress address) {
        return bytes(type, address.getAddress());
    }

    /** Writes an IPv4 address as one of IPv6, {@code ::ffff:a.b.c.d} (RFC 4291 §2.5.5.2). */
    public AttributeWriter mappedAddress(int type, Inet4Address address) {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(address.getAddress(), 0, mapped, 12, 4);
        return bytes(type, mapped);
    }

    /** Writes an attribute without value: its presence is the information. */
    public AttributeWriter flag(int type) {
        return bytes(type, new byte[0]);
    }

    /** Writes an attribute, marked {@code NLA_F_NESTED}, whose value is what {@code content} writes. */
    public AttributeWriter nested(int type, Consumer<AttributeWriter> content) {
        int start = buffer.position();
        start(type | NetlinkNumbers.NLA_F_NESTED, 0);
        content.accept(this);
        int length = buffer.position() - start;
        if (length > 0xffff) {
            throw new IllegalArgumentException("nested attribute " + type + " has " + length + " bytes");
        }
        buffer.putShort(start, (short) length);
        return this;
    }

    /** What was written so far, in native byte order. */
    public ByteBuffer toBuffer() {
        ByteBuffer copy = ByteBuffer.allocate(buffer.position()).order(ByteOrder.nativeOrder());
        copy.put(0, buffer, 0, buffer.position());
        return copy;
    }

    private ByteBuffer start(int type, int length) {
        if (length > MAXIMUM_VALUE_BYTES) {
            throw new IllegalArgumentException("attribute " + type + " has " + length + " bytes");
        }
        reserve(NetlinkNumbers.align(NetlinkNumbers.NLA_HDRLEN + length));
        return buffer.putShort((short) (NetlinkNumbers.NLA_HDRLEN + length)).putShort((short) type);
    }

    private AttributeWriter pad() {
        int end = NetlinkNumbers.align(buffer.position());
        reserve(end - buffer.position());
        while (buffer.position() < end) {
            buffer.put((byte) 0);
        }
        return this;
    }

    private void reserve(int bytes) {
        if (buffer.remaining() < bytes) {
            int capacity = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
            buffer =
                    ByteBuffer.allocate(capacity).order(ByteOrder.nativeOrder()).put(buffer.flip());
        }
    }

    private static void requireRange(long value, long maximum, int type) {
        if (value < 0 || value > maximum) {
            throw new IllegalArgumentException(
                    "value " + value + " of attribute " + type + " is not within 0.." + maximum);
        }
    }
}
