package net.hybridgateway.mgmt.control;

import com.grack.nanojson.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * What is wrong with one field of a request, so that a form can say it there.
 *
 * @param type the type of the section; empty if it is about all of them together
 * @param name the name of the section
 * @param option the option; empty if it is about the section as such
 * @param message one sentence for people, without a full stop
 */
public record FieldProblem(Optional<String> type, Optional<String> name, Optional<String> option, String message) {
    public FieldProblem {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(option, "option");
        Objects.requireNonNull(message, "message");
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        type.ifPresent(text -> json.put("type", text));
        name.ifPresent(text -> json.put("name", text));
        option.ifPresent(text -> json.put("option", text));
        json.put("message", message);
        return json;
    }
}
