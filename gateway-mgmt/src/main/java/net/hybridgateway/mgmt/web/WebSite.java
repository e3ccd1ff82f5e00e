package net.hybridgateway.mgmt.web;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What is where, and for whom. Belongs to the thread "web".
 *
 * <pre>
 * GET  /             the page; the one for the password if there is no session
 * GET  /NAME         its files
 * GET  /api/session  {"ok":true,"token":"..."} for who is logged in
 * POST /api/first    {"password":"..."} chooses the first password
 * POST /api/login    {"password":"..."}
 * POST /api/logout   {}
 * POST /api/password {"current":"...","password":"..."}
 * POST /api/command  a request of {@link net.hybridgateway.mgmt.control}
 * GET  /api/live     the state, once a second, as a stream of events
 * GET  /metrics      if switched on
 * </pre>
 */
final class WebSite {
    private static final String METRICS = "{\"command\":\"metrics\",\"format\":\"text\"}";

    private final Assets assets = Assets.ofJar();
    private final Account account;
    private final UnaryOperator<String> commands;
    private final Worker worker;
    private final LiveFeed feed;
    private boolean metrics;

    /** Takes the answer to one request. */
    interface Asker {
        void reply(Reply reply);

        /** The answer is a stream of events from now on. */
        Watcher watch();
    }

    WebSite(Account account, UnaryOperator<String> commands, Worker worker, LiveFeed feed) {
        this.account = account;
        this.commands = commands;
        this.worker = worker;
        this.feed = feed;
    }

    void metrics(boolean on) {
        metrics = on;
    }

    void answer(Request request, Asker asker) {
        Optional<Reply> refusal = OriginRule.refusal(request);
        if (refusal.isPresent()) {
            asker.reply(refusal.get());
        } else if (request.method().equals("POST")) {
            post(request, asker);
        } else if (request.reads()) {
            get(request, asker);
        } else {
            asker.reply(notAllowed("GET, HEAD, POST"));
        }
    }

    private static Reply notAllowed(String allowed) {
        return Reply.refusal(405, "the method is not allowed here").with("Allow", allowed);
    }

    private static Reply notFound() {
        return Reply.refusal(404, "there is nothing at this path");
    }

    // ---- what is read -----------------------------------------------------------------------------------------------

    private void get(Request request, Asker asker) {
        Optional<Session> session = account.session(request);
        String path = request.path();
        if (path.equals("/")) {
            asker.reply(assets.page(page(session)).reply(request).with("Cache-Control", "no-store"));
        } else if (path.equals("/metrics") && metrics && !account.vacant()) {
            tellMetrics(asker);
        } else if (assets.audience(path)
                .filter(it -> it == Assets.Audience.EVERYBODY)
                .isPresent()) {
            asker.reply(assets.file(path).reply(request));
        } else if (session.isEmpty()) {
            asker.reply(notLoggedIn());
        } else if (path.equals("/api/session")) {
            asker.reply(Reply.json(200, Account.told(session.get())));
        } else if (path.equals("/api/live")) {
            watch(request, session.get(), asker);
        } else if (assets.audience(path).isPresent()) {
            asker.reply(assets.file(path).reply(request));
        } else {
            asker.reply(path.startsWith("/api/") ? notAllowed("POST") : notFound());
        }
    }

    private Assets.Page page(Optional<Session> session) {
        if (account.vacant()) {
            return Assets.Page.CHOOSE_PASSWORD;
        }
        return session.isPresent() ? Assets.Page.GATEWAY : Assets.Page.LOGIN;
    }

    private Reply notLoggedIn() {
        return Reply.refusal(401, account.vacant() ? "choose a password first" : "log in first");
    }

    private void watch(Request request, Session session, Asker asker) {
        if (!request.method().equals("GET")) {
            asker.reply(notAllowed("GET"));
        } else if (feed.full()) {
            asker.reply(Reply.refusal(503, "too many windows watch").with("Retry-After", "10"));
        } else {
            feed.add(asker.watch(), session);
        }
    }

    private void tellMetrics(Asker asker) {
        work(asker, () -> {
            String answer = commands.apply(METRICS);
            try {
                JsonObject json = JsonParser.object().from(answer);
                return json.get("result") instanceof String text
                        ? Reply.text(200, "text/plain; version=0.0.4; charset=utf-8", text)
                        : Reply.refusal(503, json.getString("error", "there are no metrics"));
            } catch (JsonParserException e) {
                return Reply.refusal(503, "there are no metrics");
            }
        });
    }

    // ---- what changes something -------------------------------------------------------------------------------------

    private void post(Request request, Asker asker) {
        String path = request.path();
        Consumer<Reply> reply = asker::reply;
        if (path.equals("/api/first")) {
            account.choose(request, reply);
            return;
        }
        if (path.equals("/api/login")) {
            account.login(request, reply);
            return;
        }
        Optional<Session> session = account.session(request);
        if (session.isEmpty()) {
            asker.reply(notLoggedIn());
        } else if (!Digests.same(
                session.get().token(), request.header(Request.TOKEN).orElse(""))) {
            asker.reply(Reply.refusal(403, "the token in X-Hybrid-Gateway is not that of the session"));
        } else {
            postLoggedIn(path, request, session.get(), asker);
        }
    }

    private void postLoggedIn(String path, Request request, Session session, Asker asker) {
        switch (path) {
            case "/api/logout" -> asker.reply(account.logout(request, session));
            case "/api/password" -> account.change(request, session, asker::reply);
            case "/api/command" -> work(asker, () -> Reply.json(200, commands.apply(request.body())));
            default ->
                asker.reply(
                        assets.audience(path).isPresent() || path.equals("/") ? notAllowed("GET, HEAD") : notFound());
        }
    }

    private void work(Asker asker, Supplier<Reply> work) {
        if (!worker.ask(work, asker::reply, broken -> asker.reply(Account.failed(broken)))) {
            asker.reply(Account.busy());
        }
    }
}
