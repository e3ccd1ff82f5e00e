package net.hybridgateway.mgmt.web;

/**
 * Somebody who knows the password. Belongs to the thread "web".
 *
 * <p>Each has a token of its own, which its pages send with whatever changes something.
 */
final class Session {
    private final String token;
    private long lastUsedNanos;
    private boolean ended;

    Session(String token, long nowNanos) {
        this.token = token;
        this.lastUsedNanos = nowNanos;
    }

    String token() {
        return token;
    }

    long lastUsedNanos() {
        return lastUsedNanos;
    }

    void use(long nowNanos) {
        lastUsedNanos = nowNanos;
    }

    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }
}
