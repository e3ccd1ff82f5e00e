package net.hybridgateway.mgmt.settings;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.hybridgateway.mgmt.config.ConfigOption;
import net.hybridgateway.mgmt.config.ConfigSchema;
import net.hybridgateway.mgmt.config.Secret;
import net.hybridgateway.mgmt.config.SectionType;
import net.hybridgateway.mgmt.config.UciDocument;

/** Settings as JSON. Secrets are not in it. */
final class SettingsJson {
    private SettingsJson() {}

    static JsonObject of(Settings.View view) {
        JsonObject json = new JsonObject();
        json.put("revision", view.revision());
        json.put("schema", ConfigSchema.VERSION);
        json.put("pending", pending(view.pending()));
        json.put(
                "sections",
                new JsonArray(view.document().sections().stream()
                        .map(SettingsJson::section)
                        .toList()));
        return json;
    }

    static JsonObject of(Settings.Changed changed) {
        JsonObject json = new JsonObject();
        json.put("revision", changed.revision());
        json.put("pending", pending(changed.pending()));
        json.put("restart", new JsonArray(changed.restart()));
        return json;
    }

    private static JsonObject pending(Optional<Settings.Pending> pending) {
        return pending.map(trial -> {
                    JsonObject json = new JsonObject();
                    json.put("revision", trial.revision());
                    json.put("revertsInSeconds", trial.revertsIn().toSeconds());
                    return json;
                })
                .orElse(null);
    }

    private static JsonObject section(UciDocument.Section section) {
        JsonObject options = new JsonObject();
        for (UciDocument.Entry entry : section.options()) {
            options.put(entry.name(), value(section.type(), entry));
        }
        JsonObject json = new JsonObject();
        json.put("type", section.type());
        json.put("name", section.name());
        json.put("options", options);
        return json;
    }

    private static Object value(String type, UciDocument.Entry entry) {
        List<String> values = shown(type, entry);
        return isList(type, entry) ? new JsonArray(values) : values.get(0);
    }

    /** The values of an option, as far as they may be seen. */
    static List<String> shown(String type, UciDocument.Entry entry) {
        boolean secret = ConfigSchema.option(type, entry.name())
                .map(ConfigOption::secret)
                .orElse(false);
        return secret ? List.of(Secret.SHOWN) : entry.values();
    }

    /** What may have several values is a list, however it is written. */
    private static boolean isList(String type, UciDocument.Entry entry) {
        return entry.list()
                || ConfigSchema.option(type, entry.name())
                        .map(ConfigOption::list)
                        .orElse(false);
    }

    static JsonObject schema() {
        JsonObject json = new JsonObject();
        json.put("schema", ConfigSchema.VERSION);
        json.put(
                "sections",
                new JsonArray(
                        ConfigSchema.SECTIONS.stream().map(SettingsJson::type).toList()));
        return json;
    }

    private static JsonObject type(SectionType type) {
        JsonObject json = new JsonObject();
        json.put("type", type.name());
        json.put(
                "options",
                new JsonArray(type.options().stream().map(SettingsJson::option).toList()));
        return json;
    }

    private static JsonObject option(ConfigOption<?> option) {
        JsonObject json = new JsonObject();
        json.put("name", option.name());
        json.put("type", option.type().form().name().toLowerCase(Locale.ROOT));
        if (!option.type().words().isEmpty()) {
            json.put("choices", new JsonArray(option.type().words()));
        }
        json.put("allowed", option.type().allowed());
        json.put("list", option.list());
        json.put("required", option.presence() == ConfigOption.Presence.REQUIRED);
        if (option.presence() == ConfigOption.Presence.DEFAULTED) {
            json.put("default", option.fallback());
        } else if (option.presence() == ConfigOption.Presence.DERIVED) {
            json.put("usually", option.fallback());
        }
        if (option.secret()) {
            json.put("secret", true);
        }
        return json;
    }
}
