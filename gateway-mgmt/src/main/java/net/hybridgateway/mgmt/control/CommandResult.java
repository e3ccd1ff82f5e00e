package net.hybridgateway.mgmt.control;

import com.grack.nanojson.JsonObject;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a command gives back, for programs and for people.
 *
 * @param json its members are written in the order in which they were put
 * @param text the same for a terminal of 80 columns; asked for only if wanted. Lines end with a line feed.
 */
public record CommandResult(JsonObject json, Supplier<String> text) {
    public CommandResult {
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(text, "text");
    }
}
