package net.hybridgateway.app.convert;

/**
 * One type-length-value element of a Convert message (RFC 8803 §6.2.1). Every element checks itself when it is made,
 * so that an element that exists can be encoded.
 */
public sealed interface ConvertTlv
        permits InfoTlv, ConnectTlv, ExtendedTcpHeaderTlv, SupportedTcpExtensionsTlv, CookieTlv, ErrorTlv, UnknownTlv {
    /** The type's number on the wire, 1 to 255. */
    int typeNumber();

    /** What follows the type and length bytes, without the zeroes that fill the last word. */
    ByteString body();

    /** The length on the wire in 32-bit words: type, length, body and padding. */
    default int lengthWords() {
        return (2 + body().length() + 3) / 4;
    }
}
