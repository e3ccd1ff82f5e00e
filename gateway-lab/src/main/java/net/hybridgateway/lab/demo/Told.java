package net.hybridgateway.lab.demo;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.util.Optional;
import java.util.stream.Collectors;
import net.hybridgateway.lab.mqtt.Heard;

/**
 * What the gateway told its operator over MQTT.
 *
 * @param secondsAfterCut when it arrived at the broker, since the fixed line was cut; less than zero before that
 * @param topic the end of the topic
 * @param text what it says, for people
 */
record Told(double secondsAfterCut, String topic, String text) {
    /** Of a message at {@code BASE/TOPIC}; empty for those that say nothing about a break. */
    static Optional<Told> of(Heard.Message message, String base, double cutSeconds) {
        String topic = message.topic().substring(base.length() + 1);
        return text(topic, message.payload()).map(text -> new Told((message.atSeconds() - cutSeconds), topic, text));
    }

    private static Optional<String> text(String topic, String payload) {
        try {
            return switch (topic) {
                case "state" -> Optional.of(state(JsonParser.object().from(payload)));
                case "event" -> Optional.of(event(JsonParser.object().from(payload)));
                default -> Optional.empty();
            };
        } catch (JsonParserException e) {
            return Optional.of("NOT JSON: " + payload);
        }
    }

    private static String state(JsonObject state) {
        return state.getString("mode") + ": "
                + state.getArray("uplinks").stream()
                        .map(JsonObject.class::cast)
                        .map(uplink -> uplink.getString("name") + " " + uplink.getString("state"))
                        .collect(Collectors.joining(", "));
    }

    private static String event(JsonObject event) {
        String what = event.getString("kind") + " of " + event.getString("uplink", "the gateway");
        JsonObject effects = event.getObject("break");
        return effects == null || !effects.has("gapMillis")
                ? what + ": " + event.getString("text")
                : what + ": longest gap " + effects.getInt("gapMillis") + " ms, busy connections: "
                        + effects.getInt("kept") + " kept, " + effects.getInt("lost") + " lost";
    }

    /** One line. */
    String line() {
        return String.format("%+7.2f s  %-6s  %s", secondsAfterCut, topic, text);
    }
}
