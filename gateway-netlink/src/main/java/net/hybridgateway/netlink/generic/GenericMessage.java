package net.hybridgateway.netlink.generic;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.NetlinkRequest;

/**
 * A message of a generic netlink family.
 *
 * <pre>
 * struct genlmsghdr: u8 command | u8 version | u16 reserved, then attributes
 * </pre>
 *
 * @param command what to do, or what happened; the family knows
 * @param version of the family's protocol
 * @param message the whole message
 */
public record GenericMessage(int command, int version, NetlinkMessage message) {
    /** Reads the fixed part. */
    public static GenericMessage decode(NetlinkMessage message) {
        ByteBuffer header = message.fixedPart(GenericNumbers.GENL_HDRLEN, "generic netlink message");
        return new GenericMessage(Byte.toUnsignedInt(header.get(0)), Byte.toUnsignedInt(header.get(1)), message);
    }

    /** The attributes, named {@code what} in errors. */
    public AttributeReader attributes(String what) {
        return message.attributes(GenericNumbers.GENL_HDRLEN, what);
    }

    /** Begins a message: the fixed part, behind which attributes may be written. */
    public static AttributeWriter write(int command, int version) {
        return new AttributeWriter(ByteBuffer.allocate(GenericNumbers.GENL_HDRLEN)
                .order(ByteOrder.nativeOrder())
                .put(0, (byte) command)
                .put(1, (byte) version));
    }

    /** A request to {@code family} of what {@link #write} began. */
    public static NetlinkRequest request(String operation, GenericFamily family, AttributeWriter content) {
        return new NetlinkRequest(operation, family.id(), 0, content);
    }
}
