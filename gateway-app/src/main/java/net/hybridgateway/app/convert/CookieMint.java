package net.hybridgateway.app.convert;

import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks a converter's cookies: the first {@value #COOKIE_BYTES} bytes of HMAC-SHA256 over the client's
 * address. Bound to the address as RFC 8803 §6.2.7 suggests, so no cookie has to be stored; whoever cannot receive at
 * an address cannot learn its cookie.
 */
public final class CookieMint {
    public static final int COOKIE_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_SECRET_BYTES = 16;

    private final SecretKeySpec secret;

    /**
     * Takes the converter's secret.
     *
     * @param secret at least 16 bytes; cookies made with another secret are invalid
     */
    public CookieMint(byte[] secret) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "a cookie secret has at least " + MIN_SECRET_BYTES + " bytes, this one has " + secret.length);
        }
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** The cookie of this client; always the same for one address. */
    public ConvertCookie cookieFor(InetAddress client) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            byte[] digest = mac.doFinal(client.getAddress());
            return new ConvertCookie(ByteString.copyOf(Arrays.copyOf(digest, COOKIE_BYTES)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has " + ALGORITHM, e);
        }
    }

    /** True if the cookie is this client's; takes as long for a nearly right one as for a wrong one. */
    public boolean isValid(ConvertCookie cookie, InetAddress client) {
        return MessageDigest.isEqual(
                cookie.bytes().toByteArray(), cookieFor(client).bytes().toByteArray());
    }
}
