package net.hybridgateway.mgmt.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Who is logged in. Only the hash of a cookie is kept, so that neither the memory nor the time that a search takes tells one.
 *
 * <p>Belongs to the thread "web".
 */
final class Sessions {
    /** One more ends the one that was not used for longest. */
    static final int MOST = 32;

    private static final int SECRET_BYTES = 32;

    private final IntFunction<byte[]> random;
    private final Map<String, Session> byHash = new HashMap<>();
    private Duration timeout;

    /** A new session with the cookie that opens it. */
    record Opened(String cookie, Session session) {}

    /**
     * @param timeout how long one lives without being used
     * @param random gives so many bytes that nobody can guess
     */
    Sessions(Duration timeout, IntFunction<byte[]> random) {
        this.timeout = timeout;
        this.random = random;
    }

    void timeout(Duration changed) {
        timeout = changed;
    }

    Opened open(long nowNanos) {
        endOverdue(nowNanos);
        if (byHash.size() >= MOST) {
            byHash.values().stream()
                    .min(Comparator.comparingLong(session -> session.lastUsedNanos() - nowNanos))
                    .ifPresent(this::end);
        }
        String cookie = secret();
        Session session = new Session(secret(), nowNanos);
        byHash.put(hash(cookie), session);
        return new Opened(cookie, session);
    }

    /** The session of this cookie, if there is one; being asked for is being used. */
    Optional<Session> find(String cookie, long nowNanos) {
        endOverdue(nowNanos);
        Optional<Session> session = Optional.ofNullable(byHash.get(hash(cookie)));
        session.ifPresent(found -> found.use(nowNanos));
        return session;
    }

    /** Whether it goes on; to be asked is not to be used. */
    boolean lives(Session session, long nowNanos) {
        endOverdue(nowNanos);
        return !session.ended();
    }

    void end(Session session) {
        session.end();
        byHash.values().remove(session);
    }

    void endAllBut(Session kept) {
        List.copyOf(byHash.values()).stream().filter(it -> it != kept).forEach(this::end);
    }

    private void endOverdue(long nowNanos) {
        List.copyOf(byHash.values()).stream()
                .filter(it -> nowNanos - it.lastUsedNanos() >= timeout.toNanos())
                .forEach(this::end);
    }

    private String secret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random.apply(SECRET_BYTES));
    }

    private static String hash(String cookie) {
        MessageDigest digest = Digests.sha256();
        return Base64.getEncoder().encodeToString(digest.digest(cookie.getBytes(StandardCharsets.UTF_8)));
    }
}
