package net.hybridgateway.mgmt.mqtt;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.util.Optional;

/** Reads JSON that came from afar. */
final class JsonText {
    /** The parser calls itself for each level. */
    private static final int DEEPEST = 8;

    /** Why a message is refused; the text is for whoever sent it. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message);
        }
    }

    private JsonText() {}

    /** Reads one object; its length and depth are checked before anything is parsed. */
    static JsonObject object(Octets payload, int mostBytes) throws Refusal {
        if (payload.size() > mostBytes) {
            throw new Refusal("it has " + payload.size() + " bytes, at most " + mostBytes + " are allowed");
        }
        Optional<String> text = payload.text();
        if (text.isEmpty()) {
            throw new Refusal("it is not UTF-8 text");
        }
        if (depth(text.get()) > DEEPEST) {
            throw new Refusal("it is nested deeper than " + DEEPEST + " levels");
        }
        try {
            return JsonParser.object().from(text.get());
        } catch (JsonParserException e) {
            throw new Refusal("it is not one JSON object: " + e.getMessage());
        }
    }

    /** Brackets in strings count, too: there is no need for them. */
    private static int depth(String text) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{' || c == '[') {
                depth++;
                deepest = Math.max(deepest, depth);
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
        return deepest;
    }
}
