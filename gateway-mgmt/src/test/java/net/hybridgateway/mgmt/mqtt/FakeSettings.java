package net.hybridgateway.mgmt.mqtt;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The settings commands, for one section, with the time of a simulation. */
final class FakeSettings {
    private final Supplier<Duration> clock;
    private int revision = 12;
    private JsonObject options = options("on-demand");
    private Optional<JsonObject> before = Optional.empty();
    private Duration revertsAt = Duration.ZERO;

    /** What happens when settings are taken or come back. */
    Runnable applied = () -> {};

    Runnable reverted = () -> {};

    FakeSettings(Supplier<Duration> clock) {
        this.clock = clock;
    }

    private static JsonObject options(String use) {
        JsonObject options = new JsonObject();
        options.put("device", "wwan0");
        options.put("use", use);
        return options;
    }

    String use() {
        revertIfDue();
        return options.getString("use");
    }

    String answer(String request) {
        revertIfDue();
        JsonObject json = SessionSimulation.json(request);
        return switch (json.getString("command")) {
            case "settings" -> ok(settings());
            case "settings-change" -> change(json);
            case "settings-confirm" -> confirm(json);
            default -> error("unknown command", new JsonArray());
        };
    }

    /** Time has passed. */
    void revertIfDue() {
        if (before.isPresent() && clock.get().compareTo(revertsAt) >= 0) {
            options = before.get();
            before = Optional.empty();
            revision++;
            reverted.run();
        }
    }

    private JsonObject settings() {
        JsonObject section = new JsonObject();
        section.put("type", "uplink");
        section.put("name", "cellular");
        section.put("options", new JsonObject(options));
        JsonArray sections = new JsonArray();
        sections.add(section);
        JsonObject result = new JsonObject();
        result.put("revision", revision);
        result.put("pending", before.isPresent() ? new JsonObject() : null);
        result.put("sections", sections);
        return result;
    }

    private String change(JsonObject request) {
        if (request.getInt("revision") != revision) {
            return error("the settings are at revision " + revision, new JsonArray());
        }
        JsonObject changed = new JsonObject(options);
        for (Object element : request.getArray("changes")) {
            JsonObject change = (JsonObject) element;
            if (!"on-demand standby always".contains(String.valueOf(change.getString("value")))) {
                JsonObject field = new JsonObject();
                field.put("type", "uplink");
                field.put("name", "cellular");
                field.put("option", change.getString("option"));
                field.put("message", "allowed is on-demand, standby or always");
                JsonArray fields = new JsonArray();
                fields.add(field);
                return error("bad settings", fields);
            }
            changed.put(change.getString("option"), change.getString("value"));
        }
        before = Optional.of(options);
        options = changed;
        revision++;
        revertsAt = clock.get().plusSeconds(request.getInt("confirmWithin"));
        applied.run();
        return ok(settings());
    }

    private String confirm(JsonObject request) {
        if (before.isEmpty() || request.getInt("revision") != revision) {
            return error("nothing to confirm", new JsonArray());
        }
        before = Optional.empty();
        return ok(new JsonObject());
    }

    private static String ok(JsonObject result) {
        JsonObject json = new JsonObject();
        json.put("ok", true);
        json.put("result", result);
        return JsonWriter.string(json);
    }

    private static String error(String text, JsonArray fields) {
        JsonObject json = new JsonObject();
        json.put("ok", false);
        json.put("error", text);
        json.put("fields", fields);
        return JsonWriter.string(json);
    }
}
