package net.hybridgateway.mgmt.settings;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.hybridgateway.mgmt.control.CommandArguments;
import net.hybridgateway.mgmt.control.CommandException;

/** Reads the argument {@code changes}. */
final class SettingChanges {
    static final String ARGUMENT = "changes";

    /** Every option of a house with a hundred rules. */
    static final int MOST = 1000;

    private static final int MOST_VALUES = 256;
    private static final Set<String> MEMBERS = Set.of("type", "name", "option", "value", "add", "remove");

    private SettingChanges() {}

    static List<SettingChange> of(CommandArguments arguments) throws CommandException {
        List<SettingChange> changes = new ArrayList<>();
        for (JsonObject json : arguments.objects(ARGUMENT, MOST)) {
            changes.add(change(json, "change " + (changes.size() + 1)));
        }
        if (changes.isEmpty()) {
            throw new CommandException("argument '" + ARGUMENT + "' is missing or empty");
        }
        return changes;
    }

    private static SettingChange change(JsonObject json, String which) throws CommandException {
        for (String member : json.keySet()) {
            if (!MEMBERS.contains(member)) {
                throw new CommandException(
                        which + " has a member that is none of type, name, option, value, add, remove");
            }
        }
        String type = text(json, "type", which).orElseThrow(() -> new CommandException(which + " has no type"));
        Optional<String> name = text(json, "name", which);
        boolean add = flag(json, "add", which);
        boolean remove = flag(json, "remove", which);
        Optional<String> option = text(json, "option", which);
        if ((add ? 1 : 0) + (remove ? 1 : 0) + (option.isPresent() ? 1 : 0) != 1) {
            throw new CommandException(which + " must have just one of option, add and remove");
        }
        if (add) {
            return SettingChange.add(type, name);
        } else if (remove) {
            return SettingChange.remove(type, name);
        }
        if (!json.containsKey("value")) {
            throw new CommandException(which + " has no value; null unsets an option");
        }
        Object value = json.get("value");
        return SettingChange.set(type, name, option.orElseThrow(), values(value, which), value instanceof JsonArray);
    }

    private static Optional<String> text(JsonObject json, String member, String which) throws CommandException {
        Object value = json.get(member);
        if (value != null && !(value instanceof String)) {
            throw new CommandException(which + ": " + member + " must be a string");
        }
        return Optional.ofNullable((String) value);
    }

    private static boolean flag(JsonObject json, String member, String which) throws CommandException {
        Object value = json.getOrDefault(member, false);
        if (!(value instanceof Boolean flag)) {
            throw new CommandException(which + ": " + member + " must be true or false");
        }
        return flag;
    }

    private static List<String> values(Object value, String which) throws CommandException {
        if (value == null) {
            return List.of();
        } else if (value instanceof String text) {
            return List.of(text);
        } else if (value instanceof JsonArray array
                && array.size() <= MOST_VALUES
                && array.stream().allMatch(String.class::isInstance)) {
            return array.stream().map(String.class::cast).toList();
        }
        throw new CommandException(
                which + ": value must be a string, a list of at most " + MOST_VALUES + " strings, or null");
    }
}
