package net.hybridgateway.mgmt.web;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a request gets back.
 *
 * @param status RFC 9110 §15
 * @param type the content type
 * @param headers further ones, by name
 */
record Reply(int status, String type, Map<String, String> headers, String body) {
    static final String JSON = "application/json; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";

    Reply {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(body, "body");
        headers = Map.copyOf(headers);
    }

    static Reply json(int status, String json) {
        return new Reply(status, JSON, Map.of("Cache-Control", "no-store"), json);
    }

    static Reply json(int status, JsonObject json) {
        return json(status, JsonWriter.string(json));
    }

    /** A refusal in the form of all refusals: {@code {"ok":false,"error":"..."}}. */
    static Reply refusal(int status, String why) {
        JsonObject json = new JsonObject();
        json.put("ok", false);
        json.put("error", why);
        return json(status, json);
    }

    static Reply text(int status, String type, String text) {
        return new Reply(status, type, Map.of("Cache-Control", "no-store"), text);
    }

    Reply with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Reply(status, type, more, body);
    }
}
