package net.hybridgateway.mgmt.web;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password that cannot be read back: PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2). To make or verify one takes about half a
 * second on purpose: not for an event loop.
 */
final class PasswordHash {
    static final int SALT_BYTES = 16;

    /** What OWASP's password storage cheat sheet asks for; a slow gateway takes fewer, or nobody would wait for it. */
    static final int MOST_ITERATIONS = 600_000;

    static final int LEAST_ITERATIONS = 100_000;

    private static final long WANTED_NANOS = 500_000_000L;
    private static final int MEASURED_ITERATIONS = 20_000;
    private static final int HASH_BITS = 256;
    private static final Pattern FORMAT =
            Pattern.compile("pbkdf2-sha256:([0-9]{1,7}):([A-Za-z0-9+/]{22}==):([A-Za-z0-9+/]{43}=)\\s*");

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /** With as many iterations as this machine does in half a second, within the bounds. */
    static PasswordHash of(String password, byte[] salt, LongSupplier nanoTime) {
        derive(password, salt, MEASURED_ITERATIONS); // lets the compiler see what is measured next
        long begun = nanoTime.getAsLong();
        derive(password, salt, MEASURED_ITERATIONS);
        long took = Math.max(1, nanoTime.getAsLong() - begun);
        long fitting = WANTED_NANOS * MEASURED_ITERATIONS / took;
        return of(password, salt, (int) Math.max(LEAST_ITERATIONS, Math.min(MOST_ITERATIONS, fitting)));
    }

    static PasswordHash of(String password, byte[] salt, int iterations) {
        return new PasswordHash(iterations, salt.clone(), derive(password, salt, iterations));
    }

    /** Reads what {@link #toText} wrote; empty if it is something else. */
    static Optional<PasswordHash> parse(String text) {
        Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int iterations = Integer.parseInt(matcher.group(1));
        Base64.Decoder base64 = Base64.getDecoder();
        return iterations < 1 || iterations > 10 * MOST_ITERATIONS
                ? Optional.empty()
                : Optional.of(
                        new PasswordHash(iterations, base64.decode(matcher.group(2)), base64.decode(matcher.group(3))));
    }

    String toText() {
        Base64.Encoder base64 = Base64.getEncoder();
        return "pbkdf2-sha256:" + iterations + ":" + base64.encodeToString(salt) + ":" + base64.encodeToString(hash);
    }

    /** What an attempt costs. */
    int iterations() {
        return iterations;
    }

    boolean matches(String password) {
        return MessageDigest.isEqual(hash, derive(password, salt, iterations));
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PBKDF2WithHmacSHA256 is missing from this Java", e);
        }
    }

    /** Without the hash: this may end up in a log. */
    @Override
    public String toString() {
        return "PasswordHash[iterations=" + iterations + "]";
    }
}
