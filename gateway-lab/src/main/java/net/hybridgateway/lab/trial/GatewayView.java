package net.hybridgateway.lab.trial;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.mgmt.control.ControlClient;
import net.hybridgateway.mgmt.control.ControlException;

/**
 * What the gateway says of itself, asked over its control socket: the command line would start a Java machine for each
 * question, which a trial that asks ten times a second would feel.
 */
public final class GatewayView {
    private final ControlClient client;

    public GatewayView(Gateway gateway) {
        client = new ControlClient(gateway.runDir().resolve("control.sock"));
    }

    /** {@code online}, {@code hold-down} … */
    String state(Access access) {
        return uplink(access).getString("state");
    }

    /** How many subflows it keeps on the uplink. */
    public int subflows(Access access) {
        return uplink(access).getInt("subflows");
    }

    /** The round-trip time that it measured on the uplink last, in milliseconds; 0 before the first. */
    double rttMillis(Access access) {
        return uplink(access).getDouble("rttMillis", 0);
    }

    /** How many connections have Multipath TCP, and so can change their uplink. */
    public int bonded() {
        return status().getObject("connections").getInt("bonded");
    }

    /** Whether it believes that the first conversion point takes Multipath TCP, and data in the SYN. */
    boolean usesWholeHandshake() {
        JsonObject point = status().getArray("conversionPoints").getObject(0);
        return point.getBoolean("mptcp", false) && point.getBoolean("fastOpen", false);
    }

    /** A command's answer as people see it, a refusal included. */
    List<String> text(String command) {
        try {
            return client.text(command, Map.of()).lines().collect(Collectors.toList());
        } catch (ControlException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private JsonObject uplink(Access access) {
        return status().getArray("uplinks").stream()
                .map(JsonObject.class::cast)
                .filter(uplink -> access.line().equals(uplink.getString("name")))
                .findFirst()
                .orElseThrow(() -> new LabException("the gateway knows no uplink " + access.line()));
    }

    private JsonObject status() {
        try {
            return JsonParser.object().from(client.json("status", Map.of()));
        } catch (ControlException | JsonParserException e) {
            throw new LabException("status: " + e.getMessage(), e);
        }
    }
}
