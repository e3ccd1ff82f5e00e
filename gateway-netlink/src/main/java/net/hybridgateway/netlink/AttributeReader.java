package net.hybridgateway.netlink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over netlink attributes ({@code struct nlattr}: u16 length, u16 type, value, padding to 4 bytes).
 *
 * <pre>{@code
 * while (attributes.next()) {
 *     switch (attributes.type()) {
 *         case IFLA_IFNAME -> name = attributes.string();
 *         case IFLA_MTU -> mtu = attributes.u32();
 *         default -> {} // newer kernels know more
 *     }
 * }
 * }</pre>
 *
 * Getters are strict on short values and lax on long ones: a newer kernel may append to a structure. Each throws
 * {@link MalformedMessageException} naming the attribute and both lengths. Numbers are in native byte order, as the
 * kernel has them; those called {@code be} are in network order.
 */
public final class AttributeReader {
    private final ByteBuffer buffer;
    private final String what;
    private int nextPosition;
    private int type = -1;
    private ByteBuffer value = ByteBuffer.allocate(0);

    /**
     * Reads the attributes between position and limit of {@code attributes}.
     *
     * @param what names the message or the attribute around these attributes, in errors
     */
    public AttributeReader(ByteBuffer attributes, String what) {
        this.buffer = attributes.slice().order(ByteOrder.nativeOrder());
        this.what = what;
    }

    /**
     * Moves to the next attribute.
     *
     * @return false at the end; up to 3 bytes of padding count as the end
     */
    public boolean next() {
        int left = buffer.limit() - nextPosition;
        if (left < NetlinkNumbers.NLA_HDRLEN) {
            return false;
        }
        int length = Short.toUnsignedInt(buffer.getShort(nextPosition));
        type = Short.toUnsignedInt(buffer.getShort(nextPosition + 2)) & NetlinkNumbers.NLA_TYPE_MASK;
        if (length < NetlinkNumbers.NLA_HDRLEN) {
            throw new MalformedMessageException(
                    "length of attribute " + type + " of " + what, NetlinkNumbers.NLA_HDRLEN, length);
        }
        if (length > left) {
            throw new MalformedMessageException("attribute " + type + " of " + what, length, left);
        }
        int start = nextPosition + NetlinkNumbers.NLA_HDRLEN;
        value = buffer.slice(start, length - NetlinkNumbers.NLA_HDRLEN).order(ByteOrder.nativeOrder());
        nextPosition = Math.min(buffer.limit(), nextPosition + NetlinkNumbers.align(length));
        return true;
    }

    /** The type of the current attribute, without the bits for "nested" and "network byte order". */
    public int type() {
        return type;
    }

    /** Bytes of the current value. */
    public int length() {
        return value.limit();
    }

    public int u8() {
        return Byte.toUnsignedInt(require(1).get(0));
    }

    public int u16() {
        return Short.toUnsignedInt(require(2).getShort(0));
    }

    /** 0 to 2^32 - 1. */
    public long u32() {
        return Integer.toUnsignedLong(s32());
    }

    public int s32() {
        return require(4).getInt(0);
    }

    /** The 64 bits as they are; above 2^63 the result is negative. */
    public long u64() {
        return require(8).getLong(0);
    }

    /** An unsigned 16-bit number in network order, such as a port. */
    public int be16() {
        require(2);
        return u8At(0) << 8 | u8At(1);
    }

    /** An unsigned 32-bit number in network order. */
    public long be32() {
        require(4);
        return (long) u8At(0) << 24 | u8At(1) << 16 | u8At(2) << 8 | u8At(3);
    }

    /** An unsigned 64-bit number in network order; above 2^63 the result is negative. */
    public long be64() {
        return require(8).duplicate().order(ByteOrder.BIG_ENDIAN).getLong(0);
    }

    /** Text up to the first NUL or the end; bytes that are not UTF-8 become U+FFFD. */
    public String string() {
        byte[] bytes = bytes();
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** A copy of the value. */
    public byte[] bytes() {
        byte[] bytes = new byte[value.limit()];
        value.get(0, bytes);
        return bytes;
    }

    /** The value as a structure of at least {@code length} bytes, in native byte order. */
    public ByteBuffer structure(int length) {
        return require(length).duplicate().order(ByteOrder.nativeOrder());
    }

    /** An address of {@code family}; {@code ::ffff:10.0.0.1} stays an IPv6 address. */
    public InetAddress address(AddressFamily family) {
        byte[] bytes = new byte[family.addressBytes()];
        require(bytes.length).get(0, bytes);
        return family.address(bytes);
    }

    /** An address of {@code family}; {@code ::ffff:10.0.0.1} becomes the IPv4 address 10.0.0.1. */
    public InetAddress unmappedAddress(AddressFamily family) {
        try {
            return InetAddress.getByAddress(address(family).getAddress());
        } catch (UnknownHostException e) {
            throw new AssertionError(family + " has addresses of another length", e);
        }
    }

    /** The attributes within the current value. */
    public AttributeReader nested() {
        return new AttributeReader(value, "attribute " + type + " of " + what);
    }

    private ByteBuffer require(int length) {
        if (value.limit() < length) {
            throw new MalformedMessageException("attribute " + type + " of " + what, length, value.limit());
        }
        return value;
    }

    private int u8At(int index) {
        return Byte.toUnsignedInt(value.get(index));
    }
}
