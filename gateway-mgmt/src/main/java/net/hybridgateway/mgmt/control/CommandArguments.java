package net.hybridgateway.mgmt.control;

import com.grack.nanojson.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The arguments of one request, by name. */
public final class CommandArguments {
    private final JsonObject members;

    CommandArguments(JsonObject members) {
        this.members = members;
    }

    /** A string; empty if the argument is absent. */
    public Optional<String> text(String name) throws CommandException {
        Object value = members.get(name);
        if (value != null && !(value instanceof String)) {
            throw new CommandException("argument '" + name + "' must be a string");
        }
        return Optional.ofNullable((String) value);
    }

    /** A whole number, written as a string; the default if the argument is absent. */
    public int number(String name, int least, int most, int byDefault) throws CommandException {
        String text = text(name).orElse(String.valueOf(byDefault));
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new CommandException("argument '" + name + "' must be a whole number from " + least + " to " + most);
    }

    Set<String> names() {
        return new TreeSet<>(members.keySet());
    }
}
