package net.hybridgateway.lab.gateway;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.util.List;
import java.util.stream.Collectors;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.product.Gateway;

/**
 * The answers of {@code status} and {@code connections}, over the control socket: the command line would start a Java machine
 * for each question, and tests ask again and again.
 */
final class GatewayStatus {
    private final JsonObject document;

    private GatewayStatus(JsonObject document) {
        this.document = document;
    }

    static GatewayStatus of(Gateway gateway) {
        return new GatewayStatus(ask(gateway, "status"));
    }

    private static JsonObject ask(Gateway gateway, String command) {
        return ControlSocket.result(gateway, "{'command':'" + command + "'}");
    }

    /** The connections that are carried now. */
    static List<JsonObject> connections(Gateway gateway) {
        return objects(ask(gateway, "connections"), "connections");
    }

    /** The names of the uplinks that a connection uses now. */
    static List<String> uplinksOf(JsonObject connection) {
        return objects(connection, "paths").stream()
                .map(path -> path.getString("uplink"))
                .collect(Collectors.toList());
    }

    int heldBuffers() {
        return document.getObject("connections").getInt("buffers");
    }

    int activeConnections() {
        return document.getObject("connections").getInt("active");
    }

    int totalConnections() {
        return document.getObject("connections").getInt("total");
    }

    int bondedConnections() {
        return document.getObject("connections").getInt("bonded");
    }

    /** The first one; with a single address there is no other. */
    JsonObject conversionPoint() {
        return objects(document, "conversionPoints").get(0);
    }

    JsonObject conversionPoint(String address) {
        return objects(document, "conversionPoints").stream()
                .filter(point -> address.equals(point.getString("address")))
                .findFirst()
                .orElseThrow(() -> new LabException("no conversion point " + address + " in " + document));
    }

    String mode() {
        return document.getString("mode");
    }

    JsonObject uplink(String name) {
        return objects(document, "uplinks").stream()
                .filter(uplink -> name.equals(uplink.getString("name")))
                .findFirst()
                .orElseThrow(() -> new LabException("no uplink " + name + " in " + document));
    }

    /** The breaks, newest first. */
    List<JsonObject> breaks() {
        return objects(document, "breaks");
    }

    /** What is wrong, worst first. */
    List<JsonObject> health() {
        return objects(document, "health");
    }

    List<String> healthCodes() {
        return health().stream().map(entry -> entry.getString("code")).toList();
    }

    /** The last drills, newest first. */
    List<JsonObject> drills() {
        return objects(document, "drills");
    }

    private static List<JsonObject> objects(JsonObject in, String name) {
        return in.getArray(name).stream().map(JsonObject.class::cast).collect(Collectors.toList());
    }

    static JsonObject parse(String text) {
        try {
            return JsonParser.object().from(text);
        } catch (JsonParserException e) {
            throw new LabException("not JSON: " + text, e);
        }
    }
}
