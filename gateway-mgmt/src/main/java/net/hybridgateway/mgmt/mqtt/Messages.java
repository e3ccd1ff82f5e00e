package net.hybridgateway.mgmt.mqtt;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import net.hybridgateway.mgmt.status.BreakStatus;
import net.hybridgateway.mgmt.status.EventStatus;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.UplinkStatus;
import net.hybridgateway.mgmt.status.Words;

/** What is sent without being asked for, but for the state. docs/schemas has a schema for each. */
final class Messages {
    /** Grows when a field changes its meaning; new fields may come at any time. */
    static final int SCHEMA = 1;

    private Messages() {}

    /** A JSON object that says when it was made. */
    static JsonObject begun(Moment now) {
        JsonObject json = new JsonObject();
        json.put("schema", SCHEMA);
        json.put("at", text(now.wall()));
        return json;
    }

    static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static String text(JsonObject json) {
        return JsonWriter.string(json);
    }

    /**
     * Who is there, and what it can do.
     *
     * @param connection counts connections since the start, from 1
     * @param broker counts brokers as they are configured, from 1
     */
    static String birth(
            Identity who, LinkTerms terms, int connection, int broker, Collection<String> commands, Moment now) {
        JsonObject json = begun(now);
        json.put("id", who.id());
        json.put("start", who.start());
        json.put("connection", connection);
        json.put("version", who.version());
        if (!who.model().isEmpty()) {
            json.put("model", who.model());
        }
        json.put("mqtt", terms.modern() ? "5" : "3.1.1");
        json.put("broker", broker);
        json.put("keepAliveSeconds", terms.keepAlive().toSeconds());
        JsonArray names = new JsonArray();
        commands.stream().sorted().forEach(names::add);
        json.put("commands", names);
        return text(json);
    }

    /**
     * Something that happened.
     *
     * @param dropped events that were never told, since the start
     */
    static String event(EventStore.Waiting waiting, Identity who, long dropped, Moment now) {
        EventStatus event = waiting.event();
        long ageNanos = now.nanos() - waiting.atNanos();
        JsonObject json = begun(new Moment(waiting.atNanos(), now.wall().minusNanos(ageNanos)));
        json.put("uptimeSeconds", event.uptimeSeconds());
        json.put("start", who.start());
        json.put("sequence", event.sequence());
        if (waiting.update() > 0) {
            json.put("update", waiting.update());
        }
        json.put("kind", Words.of(event.kind()));
        if (!event.uplink().isEmpty()) {
            json.put("uplink", event.uplink());
        }
        json.put("text", event.text());
        json.put("times", event.times());
        json.put("dropped", dropped);
        event.outage().ifPresent(outage -> json.put("break", outage(outage)));
        return text(json);
    }

    private static JsonObject outage(BreakStatus outage) {
        JsonObject json = new JsonObject();
        json.put("detectMillis", outage.detectMillis());
        outage.gapMillis().ifPresent(gap -> json.put("gapMillis", gap));
        json.put("kept", outage.kept());
        json.put("lost", outage.lost());
        json.put("bytesOnBackup", outage.bytesOnBackup());
        outage.drainMillis().ifPresent(drain -> json.put("drainMillis", drain));
        return json;
    }

    /**
     * How the session itself does, since the start.
     *
     * @param cellularBytes an estimate of what it sent and received over cellular, with the overhead of all layers
     */
    record SessionTotals(long connections, long eventsDropped, long cellularBytes) {}

    /** Totals, so that a lost message loses nothing. */
    static String metrics(GatewayStatus status, SessionTotals totals, Moment now) {
        JsonObject json = begun(now);
        json.put("uptimeSeconds", status.uptimeSeconds());
        JsonArray uplinks = new JsonArray();
        status.uplinks().forEach(uplink -> uplinks.add(metrics(uplink)));
        json.put("uplinks", uplinks);
        JsonObject connections = new JsonObject();
        connections.put("active", status.connections().active());
        connections.put("bonded", status.connections().bonded());
        connections.put("bypass", status.connections().bypass());
        connections.put("direct", status.connections().direct());
        connections.put("total", status.connections().total());
        json.put("connections", connections);
        JsonObject session = new JsonObject();
        session.put("connections", totals.connections());
        session.put("eventsDropped", totals.eventsDropped());
        session.put("cellularBytes", totals.cellularBytes());
        json.put("mqtt", session);
        return text(json);
    }

    private static JsonObject metrics(UplinkStatus uplink) {
        JsonObject json = new JsonObject();
        json.put("name", uplink.name());
        json.put("bytesIn", uplink.bytesIn());
        json.put("bytesOut", uplink.bytesOut());
        json.put("subflows", uplink.subflows());
        uplink.rttMillis().ifPresent(rtt -> json.put("rttMillis", Math.round(rtt * 10) / 10.0));
        uplink.quota().ifPresent(quota -> {
            json.put("quotaUsedBytes", quota.usedBytes());
            json.put("quotaLimitBytes", quota.limitBytes());
        });
        return json;
    }

    /** What became of a command; {@code answer} is the JSON text that the table of commands gave. */
    static String result(Optional<String> id, String command, String state, String member, String json, Moment now) {
        JsonObject head = begun(now);
        id.ifPresent(known -> head.put("id", known));
        if (!command.isEmpty()) {
            head.put("command", command);
        }
        head.put("state", state);
        String text = text(head);
        return text.substring(0, text.length() - 1) + ",\"" + member + "\":" + json + "}";
    }
}
