package net.hybridgateway.mgmt.mqtt;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The few things that a household wants to see, in the way that Home Assistant finds by itself (MQTT discovery): topics under
 * {@code homeassistant/}, retained, each of them an entity that reads the state.
 */
final class HomeAssistant {
    private static final String DISCOVERY = "homeassistant/";

    private HomeAssistant() {}

    /** By topic: the messages that make the entities. */
    static Map<String, String> entities(Identity who, Topics topics) {
        String node = "hybrid_gateway_" + who.id().replaceAll("[^A-Za-z0-9_-]", "_");
        Map<String, String> messages = new LinkedHashMap<>();
        put(messages, who, topics, node, "sensor", "mode", "Internet mode", "{{ value_json.mode }}", Map.of());
        put(
                messages,
                who,
                topics,
                node,
                "sensor",
                "line",
                "Line in use",
                "{{ (value_json.uplinks | selectattr('state', 'eq', 'online') | map(attribute='name') | list + ['none'])[0] }}",
                Map.of());
        put(
                messages,
                who,
                topics,
                node,
                "binary_sensor",
                "backup",
                "On backup",
                "{{ 'ON' if value_json.mode == 'backup' else 'OFF' }}",
                Map.of());
        put(
                messages,
                who,
                topics,
                node,
                "binary_sensor",
                "problem",
                "Problem",
                "{{ 'ON' if value_json.health | length > 0 else 'OFF' }}",
                Map.of("device_class", "problem"));
        return messages;
    }

    private static void put(
            Map<String, String> messages,
            Identity who,
            Topics topics,
            String node,
            String component,
            String object,
            String name,
            String template,
            Map<String, String> more) {
        JsonObject json = new JsonObject();
        json.put("name", name);
        json.put("unique_id", node + "_" + object);
        json.put("state_topic", topics.state());
        json.put("value_template", template);
        json.put("availability_topic", topics.online());
        json.put("payload_available", "true");
        json.put("payload_not_available", "false");
        json.putAll(more);
        JsonObject device = new JsonObject();
        JsonArray identifiers = new JsonArray();
        identifiers.add(node);
        device.put("identifiers", identifiers);
        device.put("name", "Hybrid gateway " + who.id());
        device.put("sw_version", who.version());
        if (!who.model().isEmpty()) {
            device.put("model", who.model());
        }
        json.put("device", device);
        JsonObject origin = new JsonObject();
        origin.put("name", "hybrid-gateway");
        origin.put("sw_version", who.version());
        json.put("origin", origin);
        messages.put(DISCOVERY + component + "/" + node + "/" + object + "/config", Messages.text(json));
    }
}
