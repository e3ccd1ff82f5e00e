package net.hybridgateway.mgmt.web;

import com.grack.nanojson.JsonObject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * The one account: choosing its password, logging in and out. Belongs to the thread "web"; what takes long is done elsewhere.
 */
final class Account {
    private static final String COOKIE = "hybrid_gateway";

    /** With this prefix a browser takes it over TLS only, and for this host alone (RFC 6265bis §4.1.3.2). */
    private static final String SECURE_COOKIE = "__Host-hybrid_gateway";

    private final PasswordFile file;
    private final Sessions sessions;
    private final Worker worker;
    private final IntFunction<byte[]> random;
    private final LongSupplier nanoTime;
    private final LoginBackOff backOff = new LoginBackOff();

    Account(PasswordFile file, Duration timeout, Worker worker, IntFunction<byte[]> random, LongSupplier nanoTime) {
        this.file = file;
        this.sessions = new Sessions(timeout, random);
        this.worker = worker;
        this.random = random;
        this.nanoTime = nanoTime;
    }

    void sessionTimeout(Duration timeout) {
        sessions.timeout(timeout);
    }

    /** Whether nobody has chosen a password yet. */
    boolean vacant() {
        return file.vacant();
    }

    /** The session that a request belongs to. */
    Optional<Session> session(Request request) {
        return request.cookie(cookieName(request)).flatMap(cookie -> sessions.find(cookie, nanoTime.getAsLong()));
    }

    boolean lives(Session session) {
        return sessions.lives(session, nanoTime.getAsLong());
    }

    /** What the page has to know of its own session. */
    static JsonObject told(Session session) {
        JsonObject json = new JsonObject();
        json.put("ok", true);
        json.put("token", session.token());
        return json;
    }

    /** The first password, chosen by whoever comes first. */
    void choose(Request request, Consumer<Reply> reply) {
        Optional<String> password = member(request, "password");
        if (!vacant()) {
            reply.accept(Reply.refusal(409, "A password was chosen already."));
        } else if (password.isEmpty()) {
            reply.accept(malformed("password"));
        } else if (PasswordRule.objection(password.get()).isPresent()) {
            reply.accept(
                    Reply.refusal(422, PasswordRule.objection(password.get()).get()));
        } else {
            store(
                    password.get(),
                    true,
                    stored -> {
                        reply.accept(stored ? opened(request) : Reply.refusal(409, "A password was chosen already."));
                    },
                    reply);
        }
    }

    void login(Request request, Consumer<Reply> reply) {
        Optional<String> password = member(request, "password");
        if (vacant()) {
            reply.accept(Reply.refusal(409, "No password was chosen yet."));
        } else if (password.isEmpty()) {
            reply.accept(malformed("password"));
        } else {
            verify(request, password.get(), reply, () -> reply.accept(opened(request)));
        }
    }

    /** Another password; all other sessions end. */
    void change(Request request, Session session, Consumer<Reply> reply) {
        Optional<String> current = member(request, "current");
        Optional<String> password = member(request, "password");
        if (current.isEmpty() || password.isEmpty()) {
            reply.accept(malformed("current\" and \"password"));
        } else if (PasswordRule.objection(password.get()).isPresent()) {
            reply.accept(
                    Reply.refusal(422, PasswordRule.objection(password.get()).get()));
        } else {
            verify(
                    request,
                    current.get(),
                    reply,
                    () -> store(
                            password.get(),
                            false,
                            stored -> {
                                sessions.endAllBut(session);
                                reply.accept(Reply.json(200, told(session)));
                            },
                            reply));
        }
    }

    Reply logout(Request request, Session session) {
        sessions.end(session);
        JsonObject json = new JsonObject();
        json.put("ok", true);
        return Reply.json(200, json).with("Set-Cookie", cookie(request, "") + "; Max-Age=0");
    }

    private void verify(Request request, String password, Consumer<Reply> reply, Runnable right) {
        InetAddress peer = request.peer().getAddress();
        long waitNanos = backOff.waitNanos(peer, nanoTime.getAsLong());
        Optional<PasswordHash> hash = file.hash();
        if (waitNanos > 0) {
            reply.accept(tooSoon(waitNanos));
        } else if (hash.isEmpty()) {
            reply.accept(Reply.refusal(503, file.problem().orElse("there is no password")));
        } else if (password.length() > PasswordRule.MOST * 2) {
            reply.accept(wrong(peer));
        } else {
            backOff.begins(peer, nanoTime.getAsLong());
            boolean taken = worker.ask(
                    () -> hash.get().matches(password),
                    matches -> {
                        if (matches) {
                            backOff.succeeded(peer);
                            right.run();
                        } else {
                            reply.accept(wrong(peer));
                        }
                    },
                    broken -> reply.accept(failed(broken)));
            if (!taken) {
                reply.accept(busy());
            }
        }
    }

    private void store(String password, boolean onlyIfVacant, Consumer<Boolean> then, Consumer<Reply> reply) {
        boolean taken = worker.ask(
                () -> {
                    // One thread does all this: of two who come at once, the second finds that it is taken.
                    if (onlyIfVacant && !file.vacant()) {
                        return false;
                    }
                    file.write(PasswordHash.of(password, random.apply(PasswordHash.SALT_BYTES), nanoTime));
                    return true;
                },
                then,
                broken -> reply.accept(failed(broken)));
        if (!taken) {
            reply.accept(busy());
        }
    }

    private Reply opened(Request request) {
        Sessions.Opened opened = sessions.open(nanoTime.getAsLong());
        return Reply.json(200, told(opened.session())).with("Set-Cookie", cookie(request, opened.cookie()));
    }

    private Reply wrong(InetAddress peer) {
        JsonObject json = new JsonObject();
        json.put("ok", false);
        json.put("error", "The password is wrong.");
        json.put("waitSeconds", seconds(backOff.waitNanos(peer, nanoTime.getAsLong())));
        return Reply.json(401, json);
    }

    private static Reply tooSoon(long waitNanos) {
        JsonObject json = new JsonObject();
        json.put("ok", false);
        json.put("error", "Too many wrong passwords.");
        json.put("waitSeconds", seconds(waitNanos));
        return Reply.json(429, json).with("Retry-After", String.valueOf(seconds(waitNanos)));
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
    }

    private static Reply malformed(String members) {
        return Reply.refusal(400, "the body must be a JSON object with \"" + members + "\"");
    }

    static Reply busy() {
        return Reply.refusal(503, "The gateway is busy: try again in a moment.").with("Retry-After", "2");
    }

    static Reply failed(RuntimeException broken) {
        return Reply.refusal(500, "That did not work: " + broken.getMessage());
    }

    private static Optional<String> member(Request request, String name) {
        return request.json()
                .map(json -> json.get(name))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static String cookieName(Request request) {
        return request.secure() ? SECURE_COOKIE : COOKIE;
    }

    private static String cookie(Request request, String value) {
        return cookieName(request) + "=" + value + "; Path=/; HttpOnly; SameSite=Strict"
                + (request.secure() ? "; Secure" : "");
    }
}
