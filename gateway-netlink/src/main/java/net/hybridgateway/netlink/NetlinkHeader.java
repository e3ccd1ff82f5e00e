package net.hybridgateway.netlink;

import java.nio.ByteBuffer;

/**
 * The 16 bytes in front of every netlink message ({@code struct nlmsghdr}).
 *
 * @param length   bytes of header and payload, without the padding behind
 * @param type     what the message is: below 16 control, otherwise as the protocol says (0..65535)
 * @param flags    see {@link MessageFlags} (0..65535)
 * @param sequence joins an answer to its request; 0 in notifications
 * @param portId   the socket's address that the kernel gave it; 0 is the kernel
 */
public record NetlinkHeader(int length, int type, int flags, int sequence, int portId) {
    /** Bytes of a header. */
    public static final int BYTES = NetlinkNumbers.NLMSG_HDRLEN;

    public NetlinkHeader {
        if (length < BYTES) {
            throw new IllegalArgumentException("length " + length + " is less than a header's " + BYTES);
        }
        requireShort(type, "type");
        requireShort(flags, "flags");
    }

    /** True for the messages of netlink itself (error, done and so on). */
    public boolean isControl() {
        return type < 16;
    }

    /** Reads a header, leaving {@code buffer} behind it. The buffer is in native byte order. */
    static NetlinkHeader decode(ByteBuffer buffer) {
        if (buffer.remaining() < BYTES) {
            throw new MalformedMessageException("netlink header", BYTES, buffer.remaining());
        }
        int length = buffer.getInt();
        if (length < BYTES) {
            throw new MalformedMessageException("length in the netlink header", BYTES, length);
        }
        return new NetlinkHeader(
                length,
                Short.toUnsignedInt(buffer.getShort()),
                Short.toUnsignedInt(buffer.getShort()),
                buffer.getInt(),
                buffer.getInt());
    }

    void encode(ByteBuffer buffer) {
        buffer.putInt(length)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(portId);
    }

    private static void requireShort(int value, String name) {
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException(name + " " + value + " is not within 0..65535");
        }
    }

    @Override
    public String toString() {
        return "length=" + length + " type=" + type + " flags=" + MessageFlags.toString(flags) + " sequence="
                + Integer.toUnsignedString(sequence) + " port=" + Integer.toUnsignedString(portId);
    }
}
