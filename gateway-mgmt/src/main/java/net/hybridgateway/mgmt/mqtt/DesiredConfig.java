package net.hybridgateway.mgmt.mqtt;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * Desired settings: tried, confirmed, or taken back.
 *
 * <pre>
 *   idle ──document──▶ reading ──nothing to change──▶ idle, "applied"
 *                        │ └──────refused────────────▶ idle, "refused"
 *                        ▼
 *                      changing ──refused────────────▶ idle, "refused"
 *                        │ taken, for a while
 *                        ▼
 *                      trial: the session connects anew, and what it says then is acknowledged
 *                        │ └─time is up──▶ idle, "rolled-back": the settings have reverted by themselves
 *                        ▼
 *                      confirming ──▶ idle, "applied"
 * </pre>
 *
 * <p>A document whose revision was dealt with is not looked at again: it is retained, so it comes with each connection, and
 * would undo what the household has changed since.
 */
final class DesiredConfig {
    /** After the settings should have reverted, until they are looked at; and between two looks. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** Of a trial that began before the daemon was restarted, or before this session was made. */
    private static final Duration TRIAL_FROM_BEFORE = Duration.ofMinutes(15);

    /** What it needs of the session. */
    interface Session {
        /** Asks the table of commands. */
        void ask(JsonObject request, BiConsumer<JsonObject, Moment> answer);

        /** Publishes what is reported, retained; gives its number, empty if there is no connection. */
        OptionalLong report(String payload, Moment now);

        /** Closes the connection and makes a new one. */
        void connectAnew(String why, Moment now);

        void remember(String text);

        void say(String line);
    }

    private enum Phase {
        IDLE,
        READING,
        CHANGING,
        TRIAL,
        CONFIRMING,
        LOOKING
    }

    private final Session session;
    private final boolean allowed;
    private Phase phase = Phase.IDLE;
    private String revision = "";
    private String outcome = "";
    private long settingsRevision = -1;
    private long deadlineNanos;
    private boolean connectedAnew;
    private OptionalLong trialReport = OptionalLong.empty();
    private Optional<String> unreported = Optional.empty();
    private OptionalLong underWay = OptionalLong.empty();
    private Optional<Octets> held = Optional.empty();

    /**
     * Goes on where the last one ended.
     *
     * @param allowed whether the household lets others change settings
     * @param remembered as it was given to {@link Session#remember}; empty the first time
     */
    DesiredConfig(Session session, boolean allowed, Optional<String> remembered, Moment now) {
        this.session = session;
        this.allowed = allowed;
        remembered.ifPresent(text -> recall(text, now));
    }

    private void recall(String text, Moment now) {
        try {
            JsonObject json = JsonParser.object().from(text);
            revision = json.getString("revision", "");
            outcome = json.getString("state", "");
            settingsRevision = json.getLong("settingsRevision", -1);
            if (outcome.equals("trial")) {
                phase = Phase.TRIAL;
                deadlineNanos = now.after(TRIAL_FROM_BEFORE);
            }
        } catch (JsonParserException e) {
            // Written half: as if nothing was ever desired. The document is retained and will be looked at again.
        }
    }

    /** A document came, retained or not. */
    void arrived(Arrival message, Moment now) {
        if (message.payload().size() == 0) {
            return; // the operator cleared the topic
        }
        if (phase != Phase.IDLE) {
            held = Optional.of(message.payload());
            return;
        }
        Optional<String> name = Optional.empty();
        try {
            JsonObject json = JsonText.object(message.payload(), DesiredDocument.MOST_BYTES);
            name = DesiredDocument.revisionOf(json);
            if (name.isPresent() && name.get().equals(revision)) {
                return;
            }
            DesiredDocument document = DesiredDocument.read(json);
            if (!allowed) {
                throw new JsonText.Refusal(
                        "settings may not be changed from afar: 'settings-change' is not in 'allow'");
            }
            begin(document);
        } catch (JsonText.Refusal e) {
            revision = name.orElse("");
            refuse(e.getMessage(), new JsonArray(), now);
        }
    }

    private void begin(DesiredDocument document) {
        phase = Phase.READING;
        revision = document.revision();
        session.ask(request("settings"), (answer, now) -> {
            JsonObject settings = answer.getObject("result", new JsonObject());
            if (!answer.getBoolean("ok", false)) {
                refuse(answer.getString("error", "the settings cannot be read"), new JsonArray(), now);
                return;
            }
            try {
                change(document, settings, now);
            } catch (JsonText.Refusal e) {
                refuse(e.getMessage(), new JsonArray(), now);
            }
        });
    }

    private void change(DesiredDocument document, JsonObject settings, Moment now) throws JsonText.Refusal {
        JsonArray changes = document.changes(settings);
        settingsRevision = settings.getLong("revision", -1);
        if (changes.isEmpty()) {
            finish("applied", now);
            return;
        }
        phase = Phase.CHANGING;
        JsonObject request = request("settings-change");
        request.put("revision", settingsRevision);
        request.put("confirmWithin", document.confirmWithinSeconds());
        request.put("changes", changes);
        session.ask(request, (answer, then) -> changed(document, answer, then));
    }

    private void changed(DesiredDocument document, JsonObject answer, Moment now) {
        if (!answer.getBoolean("ok", false)) {
            refuse(answer.getString("error", "refused"), answer.getArray("fields", new JsonArray()), now);
            return;
        }
        settingsRevision = answer.getObject("result", new JsonObject()).getLong("revision", -1);
        phase = Phase.TRIAL;
        connectedAnew = false;
        deadlineNanos =
                now.after(Duration.ofSeconds(document.confirmWithinSeconds()).plus(GRACE));
        remember("trial");
        session.say("desired settings " + revision + " are on trial for " + document.confirmWithinSeconds() + " s");
        session.report(reported("trial", Optional.empty(), new JsonArray(), now), now);
        session.connectAnew("the settings have changed", now);
    }

    /** The session has a new connection: what could not be reported is reported, and a trial may come to its end. */
    void connected(Moment now) {
        unreported.ifPresent(text -> underWay = session.report(text, now));
        if (phase == Phase.TRIAL) {
            connectedAnew = true;
            trialReport = session.report(reported("trial", Optional.empty(), new JsonArray(), now), now);
        }
    }

    /** The broker has acknowledged a message. */
    void delivered(long number) {
        if (underWay.equals(OptionalLong.of(number))) {
            underWay = OptionalLong.empty();
            unreported = Optional.empty();
        }
        if (phase == Phase.TRIAL && connectedAnew && trialReport.equals(OptionalLong.of(number))) {
            phase = Phase.CONFIRMING;
            JsonObject request = request("settings-confirm");
            request.put("revision", settingsRevision);
            session.ask(request, (answer, now) -> {
                if (answer.getBoolean("ok", false)) {
                    finish("applied", now);
                } else {
                    look();
                }
            });
        }
    }

    /** Time passes. */
    void tick(Moment now) {
        if (phase == Phase.TRIAL && now.reached(deadlineNanos)) {
            look();
        }
        if (phase == Phase.IDLE && held.isPresent()) {
            Octets payload = held.get();
            held = Optional.empty();
            arrived(
                    new Arrival("", payload, true, false, Optional.empty(), Optional.empty(), OptionalLong.empty()),
                    now);
        }
    }

    /** When {@link #tick} has something to do. */
    OptionalLong deadlineNanos(Moment now) {
        if (phase == Phase.TRIAL) {
            return OptionalLong.of(deadlineNanos);
        }
        return phase == Phase.IDLE && held.isPresent() ? OptionalLong.of(now.nanos()) : OptionalLong.empty();
    }

    /** What has become of the trial? */
    private void look() {
        phase = Phase.LOOKING;
        session.ask(request("settings"), (answer, now) -> {
            JsonObject settings = answer.getObject("result", new JsonObject());
            boolean pending = settings.get("pending") instanceof JsonObject;
            if (!answer.getBoolean("ok", false) || pending) {
                phase = Phase.TRIAL;
                deadlineNanos = now.after(GRACE);
            } else if (settings.getLong("revision", -1) == settingsRevision) {
                finish("applied", now); // somebody else has confirmed it
            } else {
                settingsRevision = settings.getLong("revision", -1);
                finish("rolled-back", now);
            }
        });
    }

    private void finish(String state, Moment now) {
        Optional<String> error = state.equals("rolled-back")
                ? Optional.of("the broker was not reached over the new settings in time: the old ones are back")
                : Optional.empty();
        end(state, error, new JsonArray(), now);
    }

    private void refuse(String error, JsonArray fields, Moment now) {
        end("refused", Optional.of(error), fields, now);
    }

    private void end(String state, Optional<String> error, JsonArray fields, Moment now) {
        phase = Phase.IDLE;
        remember(state);
        String text = reported(state, error, fields, now);
        unreported = Optional.of(text);
        underWay = session.report(text, now);
        session.say("desired settings " + revision + ": " + state
                + error.map(why -> ", " + why).orElse(""));
    }

    private void remember(String state) {
        outcome = state;
        JsonObject json = new JsonObject();
        json.put("revision", revision);
        json.put("state", outcome);
        json.put("settingsRevision", settingsRevision);
        session.remember(JsonWriter.string(json));
    }

    private String reported(String state, Optional<String> error, JsonArray fields, Moment now) {
        JsonObject json = Messages.begun(now);
        if (!revision.isEmpty()) {
            json.put("revision", revision);
        }
        json.put("state", state);
        if (settingsRevision >= 0) {
            json.put("settingsRevision", settingsRevision);
        }
        error.ifPresent(text -> json.put("error", text));
        if (!fields.isEmpty()) {
            json.put("fields", fields);
        }
        return Messages.text(json);
    }

    private static JsonObject request(String command) {
        JsonObject request = new JsonObject();
        request.put("command", command);
        return request;
    }
}
