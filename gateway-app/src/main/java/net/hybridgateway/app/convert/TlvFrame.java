package net.hybridgateway.app.convert;

/**
 * Where one element lies in a complete message. Its borders are already checked.
 *
 * @param message the whole message, for the echo in an error
 * @param offset where the type byte stands in the message
 * @param type 1 to 255
 * @param words the element's length, 1 or more
 */
record TlvFrame(ByteString message, int offset, int type, int words) {
    /** All bytes behind type and length, padding included. */
    ByteString body() {
        return message.slice(offset + 2, offset + 4 * words);
    }

    void requireWords(int least, int most) {
        if (words < least || words > most) {
            throw fault(
                    ConvertException.Fault.WRONG_TLV_LENGTH,
                    0,
                    "TLV type " + type + " has " + words + " words, not "
                            + (least == most ? least : least + " to " + most));
        }
    }

    /** A fault at {@code within} bytes behind the type byte. */
    ConvertException fault(ConvertException.Fault fault, int within, String detail) {
        return ConvertException.received(fault, message, offset + within, detail);
    }

    ConvertTlv decode() {
        return ConvertTlvType.of(type).map(this::decodeKnown).orElseGet(() -> UnknownTlv.decode(this));
    }

    private ConvertTlv decodeKnown(ConvertTlvType known) {
        return switch (known) {
            case INFO -> InfoTlv.decode(this);
            case CONNECT -> ConnectTlv.decode(this);
            case EXTENDED_TCP_HEADER -> ExtendedTcpHeaderTlv.decode(this);
            case SUPPORTED_TCP_EXTENSIONS -> SupportedTcpExtensionsTlv.decode(this);
            case COOKIE -> CookieTlv.decode(this);
            case ERROR -> ErrorTlv.decode(this);
        };
    }
}
