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

    Set<String> names() {
        return new TreeSet<>(members.keySet());
    }
}
