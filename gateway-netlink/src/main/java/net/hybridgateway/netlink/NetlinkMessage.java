package net.hybridgateway.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One netlink message: its header and what follows.
 *
 * @param header  the header; its length counts header and payload
 * @param payload read-only and in native byte order; every call of the accessor gives a view with a position of its own
 */
public record NetlinkMessage(NetlinkHeader header, ByteBuffer payload) {
    public NetlinkMessage {
        payload = payload.asReadOnlyBuffer().slice().order(ByteOrder.nativeOrder());
        if (header.length() != NetlinkHeader.BYTES + payload.remaining()) {
            throw new IllegalArgumentException(
                    "header says " + header.length() + " bytes, payload has " + payload.remaining());
        }
    }

    /** A message around {@code payload}, with the length computed. */
    public static NetlinkMessage of(int type, int flags, int sequence, int portId, ByteBuffer payload) {
        return new NetlinkMessage(
                new NetlinkHeader(NetlinkHeader.BYTES + payload.remaining(), type, flags, sequence, portId), payload);
    }

    /**
     * Splits a datagram into its messages; trailing bytes too few for a header are padding.
     *
     * @throws MalformedMessageException if a length points behind the end of the datagram
     */
    public static List<NetlinkMessage> decodeAll(ByteBuffer datagram) {
        ByteBuffer rest = datagram.slice().order(ByteOrder.nativeOrder());
        List<NetlinkMessage> messages = new ArrayList<>();
        while (rest.remaining() >= NetlinkHeader.BYTES) {
            int start = rest.position();
            NetlinkHeader header = NetlinkHeader.decode(rest);
            int length = header.length() - NetlinkHeader.BYTES;
            if (length > rest.remaining()) {
                throw new MalformedMessageException("message of type " + header.type(), length, rest.remaining());
            }
            messages.add(new NetlinkMessage(header, rest.slice(rest.position(), length)));
            rest.position(Math.min(rest.limit(), start + NetlinkNumbers.align(header.length())));
        }
        return messages;
    }

    /** The messages one behind the other, each padded to 4 bytes: what one {@code send} takes. */
    public static ByteBuffer encodeAll(List<NetlinkMessage> messages) {
        int size = messages.stream()
                .mapToInt(message -> NetlinkNumbers.align(message.header.length()))
                .sum();
        ByteBuffer datagram = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        for (NetlinkMessage message : messages) {
            message.header.encode(datagram);
            datagram.put(message.payload());
            datagram.position(NetlinkNumbers.align(datagram.position()));
        }
        return datagram.flip();
    }

    public int type() {
        return header.type();
    }

    @Override
    public ByteBuffer payload() {
        return payload.duplicate().order(ByteOrder.nativeOrder());
    }

    /**
     * The fixed structure at the start of the payload; a longer payload is fine.
     *
     * @param what names the structure in the error
     * @throws MalformedMessageException if the payload is shorter than {@code bytes}
     */
    public ByteBuffer fixedPart(int bytes, String what) {
        if (payload.remaining() < bytes) {
            throw new MalformedMessageException(what, bytes, payload.remaining());
        }
        return payload.slice(0, bytes).order(ByteOrder.nativeOrder());
    }

    /**
     * The attributes behind the fixed structure of {@code offset} bytes.
     *
     * @param what names the message in errors
     */
    public AttributeReader attributes(int offset, String what) {
        int aligned = NetlinkNumbers.align(offset);
        if (payload.remaining() < offset) {
            throw new MalformedMessageException(what, offset, payload.remaining());
        }
        int start = Math.min(aligned, payload.remaining());
        return new AttributeReader(payload.slice(start, payload.remaining() - start), what);
    }

    /** True if all bits of {@code flag} are set in the header. */
    public boolean hasFlag(int flag) {
        return (header.flags() & flag) == flag;
    }

    @Override
    public String toString() {
        byte[] bytes = new byte[payload.remaining()];
        payload().get(bytes);
        return "{" + header + " payload=" + HexFormat.of().formatHex(bytes) + "}";
    }
}
