package net.hybridgateway.netlink;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an error or "done" message says beyond its number ({@code enum nlmsgerr_attrs}).
 *
 * <pre>
 * NLMSG_ERROR  s32 negative error number, 0 is success
 *              header of the request, and unless CAPPED its payload
 *              attributes, if EXTENDED: MSG (text), OFFS (u32)
 * NLMSG_DONE   s32 as above
 *              attributes, if EXTENDED
 * </pre>
 */
record ExtendedAck(Optional<String> text, OptionalInt offset) {
    private static final int ERROR_BYTES = 4;
    private static final ExtendedAck NONE = new ExtendedAck(Optional.empty(), OptionalInt.empty());

    /** The positive error number in an error or "done" message, or 0. */
    static int errno(NetlinkMessage message) {
        if (message.type() == NetlinkNumbers.NLMSG_DONE && message.payload().remaining() < ERROR_BYTES) {
            return 0; // Some families end a dump with a bare header.
        }
        int error = message.fixedPart(ERROR_BYTES, "error message").getInt();
        if (error > 0 || error == Integer.MIN_VALUE) {
            throw new NetlinkException("receive", "error message with the number " + error);
        }
        return -error;
    }

    static ExtendedAck decode(NetlinkMessage message) {
        if (!message.hasFlag(MessageFlags.EXTENDED)) {
            return NONE;
        }
        int offset = ERROR_BYTES;
        if (message.type() == NetlinkNumbers.NLMSG_ERROR) {
            ByteBuffer request = message.fixedPart(ERROR_BYTES + NetlinkHeader.BYTES, "error message")
                    .position(ERROR_BYTES);
            int requestLength = NetlinkHeader.decode(request).length();
            offset += message.hasFlag(MessageFlags.CAPPED) ? NetlinkHeader.BYTES : requestLength;
        }
        return decode(message.attributes(offset, "extended acknowledgement"));
    }

    private static ExtendedAck decode(AttributeReader attributes) {
        Optional<String> text = Optional.empty();
        OptionalInt offset = OptionalInt.empty();
        while (attributes.next()) {
            switch (attributes.type()) {
                case NetlinkNumbers.NLMSGERR_ATTR_MSG -> text = Optional.of(attributes.string());
                case NetlinkNumbers.NLMSGERR_ATTR_OFFS -> offset = OptionalInt.of(attributes.s32());
                default -> {
                    // Cookies and policies are of no use in a text.
                }
            }
        }
        return new ExtendedAck(text, offset);
    }

    /** As the tail of an error text; empty if there is nothing to say. */
    @Override
    public String toString() {
        String said = text.map(words -> ", kernel says \"" + words + "\"").orElse("");
        return offset.isPresent() ? said + ", at byte " + offset.getAsInt() + " of the request" : said;
    }
}
