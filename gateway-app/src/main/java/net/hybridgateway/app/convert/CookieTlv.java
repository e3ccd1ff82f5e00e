package net.hybridgateway.app.convert;

import java.util.Objects;

/**
 * Proves to the converter that this client can receive at its address (RFC 8803 §6.2.7). A TLV without any cookie byte
 * is malformed: it can be neither validated nor produced by a converter.
 */
public record CookieTlv(ConvertCookie cookie) implements ConvertTlv {
    private static final ByteString ZERO_FIELD = ByteString.ofOctets(0, 0);

    public CookieTlv {
        Objects.requireNonNull(cookie);
    }

    @Override
    public int typeNumber() {
        return ConvertTlvType.COOKIE.number();
    }

    @Override
    public ByteString body() {
        return ZERO_FIELD.plus(cookie.bytes());
    }

    static CookieTlv decode(TlvFrame frame) {
        frame.requireWords(2, 1 + ConvertCookie.MAX_BYTES / 4);
        return new CookieTlv(new ConvertCookie(frame.body().from(2)));
    }
}
