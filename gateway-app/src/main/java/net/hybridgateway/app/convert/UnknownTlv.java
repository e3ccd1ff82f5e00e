package net.hybridgateway.app.convert;

/**
 * An element whose type RFC 8803 does not name, kept as it came. A client skips it; a converter answers error 2.
 *
 * @param typeNumber 1 to 255, none of {@link ConvertTlvType}
 * @param body all bytes behind type and length; filled with zeroes up to the word boundary
 */
public record UnknownTlv(int typeNumber, ByteString body) implements ConvertTlv {
    public UnknownTlv {
        if (typeNumber < 1 || typeNumber > 255 || ConvertTlvType.of(typeNumber).isPresent()) {
            throw new IllegalArgumentException("type " + typeNumber + " is not an unknown TLV type");
        }
        body = body.padded(2);
    }

    static UnknownTlv decode(TlvFrame frame) {
        return new UnknownTlv(frame.type(), frame.body());
    }
}
