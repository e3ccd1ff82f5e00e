package net.hybridgateway.mgmt.mqtt;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Settings as an operator wants them: what is named shall be so, what is not named stays as it is.
 *
 * <pre>
 * {"revision":"2026-11-29.1","confirmWithin":120,"sections":[
 *   {"type":"uplink","name":"cellular","options":{"use":"standby","quota":null}},
 *   {"type":"rule","name":"old","remove":true}]}
 * </pre>
 *
 * @param revision names this version of the wishes
 * @param confirmWithinSeconds after so long without a connection over the new settings, the old ones come back
 */
record DesiredDocument(String revision, int confirmWithinSeconds, List<Section> sections) {
    static final int MOST_BYTES = 48 * 1024;
    static final int MOST_SECTIONS = 100;

    /** Every option of most houses. */
    static final int MOST_CHANGES = 500;

    private static final int DEFAULT_CONFIRM = 120;
    private static final int LEAST_CONFIRM = 30;
    private static final int MOST_CONFIRM = 900;
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9._:+-]{1,64}");
    private static final Set<String> MEMBERS = Set.of("schema", "revision", "confirmWithin", "sections");
    private static final Set<String> SECTION_MEMBERS = Set.of("type", "name", "remove", "options");

    /**
     * A section.
     *
     * @param remove whether it shall not be there
     * @param options values: text, lists of text, or null for options that shall not be set
     */
    record Section(String type, String name, boolean remove, Map<String, Object> options) {}

    DesiredDocument {
        sections = List.copyOf(sections);
    }

    /** What a refused message calls itself, so that the answer can name it; empty if it does not say. */
    static Optional<String> revisionOf(JsonObject json) {
        Object revision = json.get("revision");
        String text = revision instanceof Number ? revision.toString() : revision instanceof String name ? name : "";
        return REVISION.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    static DesiredDocument read(JsonObject json) throws JsonText.Refusal {
        only(json, MEMBERS, "the document");
        String revision = revisionOf(json)
                .orElseThrow(() -> new JsonText.Refusal(
                        "it needs a member \"revision\": a number, or 1 to 64 letters, digits, or . _ : + -"));
        int confirm = json.getInt("confirmWithin", json.has("confirmWithin") ? -1 : DEFAULT_CONFIRM);
        if (confirm < LEAST_CONFIRM || confirm > MOST_CONFIRM) {
            throw new JsonText.Refusal(
                    "\"confirmWithin\" is a number of seconds from " + LEAST_CONFIRM + " to " + MOST_CONFIRM);
        }
        if (!(json.get("sections") instanceof JsonArray array) || array.size() > MOST_SECTIONS) {
            throw new JsonText.Refusal("it needs a member \"sections\": a list of at most " + MOST_SECTIONS);
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (!(array.get(i) instanceof JsonObject section)) {
                throw new JsonText.Refusal("section " + (i + 1) + " is not an object");
            }
            sections.add(section(section, "section " + (i + 1)));
        }
        return new DesiredDocument(revision, confirm, sections);
    }

    private static Section section(JsonObject json, String where) throws JsonText.Refusal {
        only(json, SECTION_MEMBERS, where);
        if (!(json.get("type") instanceof String type) || !(json.get("name") instanceof String name)) {
            throw new JsonText.Refusal(where + " needs \"type\" and \"name\", both of them strings");
        }
        boolean remove = Boolean.TRUE.equals(json.get("remove"));
        if (json.has("remove") && !(json.get("remove") instanceof Boolean)) {
            throw new JsonText.Refusal("\"remove\" of " + where + " is true or false");
        }
        Map<String, Object> options = new TreeMap<>();
        if (json.has("options")) {
            if (!(json.get("options") instanceof JsonObject members) || remove) {
                throw new JsonText.Refusal(
                        "\"options\" of " + where + (remove ? " makes no sense with \"remove\"" : " is an object"));
            }
            for (Map.Entry<String, Object> option : members.entrySet()) {
                options.put(option.getKey(), value(option, where));
            }
        }
        return new Section(type, name, remove, options);
    }

    private static Object value(Map.Entry<String, Object> option, String where) throws JsonText.Refusal {
        Object value = option.getValue();
        boolean good = value == null
                || value instanceof String
                || (value instanceof JsonArray list && list.stream().allMatch(String.class::isInstance));
        if (!good) {
            throw new JsonText.Refusal("option \"" + option.getKey() + "\" of " + where
                    + " is a string, a list of strings, or null to unset it");
        }
        return value;
    }

    private static void only(JsonObject json, Set<String> members, String where) throws JsonText.Refusal {
        for (String member : json.keySet()) {
            if (!members.contains(member)) {
                throw new JsonText.Refusal("unknown member \"" + member.substring(0, Math.min(40, member.length()))
                        + "\" in " + where + ": known are " + new TreeSet<>(members));
            }
        }
    }

    /**
     * What has to change.
     *
     * @param settings the result of the command {@code settings}
     * @return for the command {@code settings-change}; empty if everything is as it shall be
     */
    JsonArray changes(JsonObject settings) throws JsonText.Refusal {
        JsonArray changes = new JsonArray();
        for (Section wanted : sections) {
            Optional<JsonObject> present = present(settings, wanted);
            if (wanted.remove()) {
                if (present.isPresent()) {
                    changes.add(change(wanted, "remove", true));
                }
                continue;
            }
            if (present.isEmpty()) {
                changes.add(change(wanted, "add", true));
            }
            JsonObject options = present.map(section -> section.getObject("options", new JsonObject()))
                    .orElse(new JsonObject());
            wanted.options().forEach((name, value) -> {
                if (!same(value, options.get(name))) {
                    JsonObject change = change(wanted, "option", name);
                    change.put("value", value);
                    changes.add(change);
                }
            });
        }
        if (changes.size() > MOST_CHANGES) {
            throw new JsonText.Refusal(
                    "it makes " + changes.size() + " changes, at most " + MOST_CHANGES + " can be made at a time");
        }
        return changes;
    }

    private static Optional<JsonObject> present(JsonObject settings, Section wanted) {
        return settings.getArray("sections", new JsonArray()).stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(section -> wanted.type().equals(section.get("type"))
                        && wanted.name().equals(section.get("name")))
                .findFirst();
    }

    private static JsonObject change(Section section, String member, Object value) {
        JsonObject change = new JsonObject();
        change.put("type", section.type());
        change.put("name", section.name());
        change.put(member, value);
        return change;
    }

    /** A list of one is an option in other words. */
    private static boolean same(Object wanted, Object present) {
        return list(wanted).equals(list(present));
    }

    private static List<Object> list(Object value) {
        return value == null ? List.of() : value instanceof JsonArray array ? List.copyOf(array) : List.of(value);
    }
}
