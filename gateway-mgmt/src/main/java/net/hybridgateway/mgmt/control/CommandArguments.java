package net.hybridgateway.mgmt.control;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The arguments of one request, by name. */
public final class CommandArguments {
    private final JsonObject members;

    CommandArguments(JsonObject members) {
        this.members = members;
    }

    /** A string; empty if the argument is absent, or null. */
    public Optional<String> text(String name) throws CommandException {
        Object value = members.get(name);
        if (value != null && !(value instanceof String)) {
            throw new CommandException("argument '" + name + "' must be a string");
        }
        return Optional.ofNullable((String) value);
    }

    /** A whole number, as a number or as a string; the default if the argument is absent. */
    public int number(String name, int least, int most, int byDefault) throws CommandException {
        return (int) number(name, (long) least, (long) most, byDefault);
    }

    /** The same for large numbers. */
    public long number(String name, long least, long most, long byDefault) throws CommandException {
        return number(name, least, most).orElse(byDefault);
    }

    /** A whole number, as a number or as a string; empty if the argument is absent, or null. */
    public OptionalLong number(String name, long least, long most) throws CommandException {
        Object value = members.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof String || value instanceof Integer || value instanceof Long) {
            try {
                long number = Long.parseLong(value.toString());
                if (number >= least && number <= most) {
                    return OptionalLong.of(number);
                }
            } catch (NumberFormatException e) {
                // Said below, as for a number out of range.
            }
        }
        throw new CommandException("argument '" + name + "' must be a whole number from " + least + " to " + most);
    }

    /**
     * A list of objects; empty if the argument is absent.
     *
     * @param most how many it may have
     */
    public List<JsonObject> objects(String name, int most) throws CommandException {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array) || !array.stream().allMatch(JsonObject.class::isInstance)) {
            throw new CommandException("argument '" + name + "' must be a list of objects");
        }
        if (array.size() > most) {
            throw new CommandException("argument '" + name + "' has more than " + most + " entries");
        }
        return array.stream().map(JsonObject.class::cast).toList();
    }

    /** A string that has to be there. */
    public String required(String name) throws CommandException {
        return text(name).orElseThrow(() -> new CommandException("argument '" + name + "' is missing"));
    }

    /** Yes or no, also written as a string; no if the argument is absent. */
    public boolean flag(String name) throws CommandException {
        Object value = members.getOrDefault(name, false);
        if (Boolean.TRUE.equals(value) || "true".equals(value)) {
            return true;
        }
        if (Boolean.FALSE.equals(value) || "false".equals(value)) {
            return false;
        }
        throw new CommandException("argument '" + name + "' must be true or false");
    }

    Set<String> names() {
        return new TreeSet<>(members.keySet());
    }
}
