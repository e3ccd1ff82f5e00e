package net.hybridgateway.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What to ask of the kernel: a message before it has a sequence number.
 *
 * @param operation what it does, for error texts: {@code "add route 10.0.0.0/8"}
 * @param type      the message type of the protocol
 * @param flags     beyond {@link MessageFlags#REQUEST}, which is always added
 * @param payload   the fixed structure and the attributes
 */
public record NetlinkRequest(String operation, int type, int flags, ByteBuffer payload) {
    public NetlinkRequest {
        payload = payload.asReadOnlyBuffer().slice().order(ByteOrder.nativeOrder());
        flags |= MessageFlags.REQUEST;
    }

    /** A request whose payload is what {@code writer} holds. */
    public NetlinkRequest(String operation, int type, int flags, AttributeWriter writer) {
        this(operation, type, flags, writer.toBuffer());
    }

    @Override
    public ByteBuffer payload() {
        return payload.duplicate().order(ByteOrder.nativeOrder());
    }

    /** The same request with {@code more} flags added. */
    public NetlinkRequest withFlags(int more) {
        return new NetlinkRequest(operation, type, flags | more, payload);
    }

    boolean wantsAcknowledgement() {
        return (flags & MessageFlags.ACKNOWLEDGE) != 0;
    }

    NetlinkMessage toMessage(int sequence) {
        return NetlinkMessage.of(type, flags, sequence, 0, payload);
    }
}
