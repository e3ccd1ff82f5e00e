package net.hybridgateway.mgmt.mqtt;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.mgmt.status.ConversionPointStatus;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.HealthEntry;
import net.hybridgateway.mgmt.status.UplinkStatus;
import net.hybridgateway.mgmt.status.Words;

/** The retained state: how the gateway is now, in less than a kilobyte. */
final class StateMessage {
    /** Everything, the moment included. */
    static final int MOST_BYTES = 1000;

    /** Room for the moment and the uptime. */
    private static final int HEAD_BYTES = 90;

    private static final int LONGEST_REASON = 90;

    /**
     * How much is told.
     *
     * @param uplinks at most
     * @param health entries at most
     */
    private record Detail(boolean reasons, int uplinks, int health) {}

    private static final List<Detail> DETAILS = List.of(
            new Detail(true, 8, 12), new Detail(false, 8, 12), new Detail(false, 5, 4), new Detail(false, 2, 1));

    private StateMessage() {}

    /** What can be told of the state without the time: if it does not change, there is no news. */
    static JsonObject facts(GatewayStatus status) {
        JsonObject facts = new JsonObject();
        for (Detail detail : DETAILS) {
            facts = facts(status, detail);
            if (bytes(Messages.text(facts)) <= MOST_BYTES - HEAD_BYTES) {
                break;
            }
        }
        return facts;
    }

    /** The message with these facts. */
    static String of(JsonObject facts, long uptimeSeconds, Moment now) {
        JsonObject json = Messages.begun(now);
        json.put("uptimeSeconds", uptimeSeconds);
        json.putAll(facts);
        return Messages.text(json);
    }

    private static JsonObject facts(GatewayStatus status, Detail detail) {
        JsonObject json = new JsonObject();
        json.put("mode", Words.of(status.mode()));
        JsonArray uplinks = new JsonArray();
        status.uplinks().stream().limit(detail.uplinks()).forEach(uplink -> uplinks.add(uplink(uplink, detail)));
        json.put("uplinks", uplinks);
        pointInUse(status).ifPresent(point -> json.put("conversionPoint", point(point)));
        JsonArray health = new JsonArray();
        status.health().stream()
                .map(HealthEntry::code)
                .distinct()
                .limit(detail.health())
                .forEach(health::add);
        json.put("health", health);
        if (uplinks.size() < status.uplinks().size() || !detail.reasons()) {
            json.put("abridged", true);
        }
        return json;
    }

    private static JsonObject uplink(UplinkStatus uplink, Detail detail) {
        JsonObject json = new JsonObject();
        json.put("name", uplink.name());
        json.put("kind", Words.of(uplink.kind()));
        json.put("state", Words.of(uplink.state()));
        if (detail.reasons()) {
            uplink.reason()
                    .filter(reason -> reason.length() <= LONGEST_REASON)
                    .ifPresent(reason -> json.put("reason", reason));
        }
        uplink.quota().ifPresent(quota -> json.put("quota", Words.of(quota.tier())));
        return json;
    }

    /** The most preferred one that works; else the most preferred. */
    private static Optional<ConversionPointStatus> pointInUse(GatewayStatus status) {
        return status.conversionPoints().stream()
                .filter(point -> point.state() == ConversionPointStatus.State.UP)
                .findFirst()
                .or(() -> status.conversionPoints().stream().findFirst());
    }

    private static JsonObject point(ConversionPointStatus point) {
        JsonObject json = new JsonObject();
        json.put("name", point.name());
        json.put("origin", Words.of(point.origin()));
        json.put("state", Words.of(point.state()));
        return json;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
