package net.hybridgateway.app.convert;

/**
 * The opaque cookie that a converter gave to this client. It is a bearer secret, so its text form hides it.
 *
 * @param bytes 1 to {@value #MAX_BYTES} bytes, filled with zeroes to a multiple of four because the wire has no finer
 *     length
 */
public record ConvertCookie(ByteString bytes) {
    /** What fits beside the header, a base Connect TLV and the Cookie TLV's own first word. */
    public static final int MAX_BYTES = ConvertMessage.MAX_BYTES - 4 - 20 - 4;

    public ConvertCookie {
        if (bytes.isEmpty() || bytes.length() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a cookie has 1 to " + MAX_BYTES + " bytes, this one has " + bytes.length());
        }
        bytes = bytes.padded(0);
    }

    @Override
    public String toString() {
        return "ConvertCookie[" + bytes.length() + " bytes]";
    }
}
