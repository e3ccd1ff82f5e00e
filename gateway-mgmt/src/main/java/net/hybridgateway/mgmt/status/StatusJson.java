package net.hybridgateway.mgmt.status;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.List;
import java.util.function.Function;

/** The records as JSON. Members come in the order in which they are put: JsonObject keeps it. */
public final class StatusJson {
    private StatusJson() {}

    public static JsonObject of(GatewayStatus status) {
        JsonObject json = new JsonObject();
        json.put("version", status.version());
        json.put("uptimeSeconds", status.uptimeSeconds());
        json.put("mode", Words.of(status.mode()));
        json.put("uplinks", array(status.uplinks(), StatusJson::of));
        json.put("conversionPoints", array(status.conversionPoints(), StatusJson::of));
        json.put("connections", of(status.connections()));
        json.put("breaks", array(status.breaks(), StatusJson::of));
        json.put("drills", DrillText.json(status.drills()));
        status.nextDrill().ifPresent(next -> json.put("nextDrill", next.toString()));
        json.put("health", array(status.health(), StatusJson::of));
        return json;
    }

    /** {@code {"connections": [...], "active": ...}}. */
    public static JsonObject of(ConnectionList list) {
        JsonObject json = new JsonObject();
        json.put("connections", array(list.connections(), StatusJson::of));
        json.put("active", list.active());
        return json;
    }

    /** {@code {"boot": ..., "lastSequence": ..., "dropped": ..., "events": [...], "dismissedSuspicions": {...}}}. */
    public static JsonObject of(EventReport report) {
        JsonObject dismissed = new JsonObject();
        dismissed.putAll(report.dismissedSuspicions());
        JsonObject json = new JsonObject();
        json.put("boot", report.boot());
        json.put("lastSequence", report.lastSequence());
        json.put("dropped", report.dropped());
        json.put("events", array(report.events(), StatusJson::of));
        json.put("dismissedSuspicions", dismissed);
        return json;
    }

    private static JsonObject of(EventStatus event) {
        JsonObject json = new JsonObject();
        json.put("sequence", event.sequence());
        json.put("at", event.at().toString());
        json.put("agoSeconds", event.agoSeconds());
        json.put("uptimeSeconds", event.uptimeSeconds());
        json.put("kind", Words.of(event.kind()));
        json.put("uplink", event.uplink());
        json.put("text", event.text());
        json.put("times", event.times());
        event.outage().ifPresent(outage -> json.put("break", of(outage)));
        return json;
    }

    private static JsonObject of(UplinkStatus uplink) {
        JsonObject json = new JsonObject();
        json.put("name", uplink.name());
        json.put("kind", Words.of(uplink.kind()));
        json.put("device", uplink.device());
        json.put("state", Words.of(uplink.state()));
        json.put("use", Words.of(uplink.use()));
        uplink.reason().ifPresent(reason -> json.put("reason", reason));
        json.put("addresses", array(uplink.addresses(), Words::of));
        uplink.rttMillis().ifPresent(rtt -> json.put("rttMillis", Math.round(rtt * 10) / 10.0));
        json.put("bytesIn", uplink.bytesIn());
        json.put("bytesOut", uplink.bytesOut());
        json.put("subflows", uplink.subflows());
        uplink.holdDownLeftMillis().ifPresent(left -> json.put("holdDownLeftMillis", left));
        uplink.suspectMillis().ifPresent(silent -> json.put("suspectMillis", silent));
        uplink.quota().ifPresent(quota -> json.put("quota", of(quota)));
        return json;
    }

    private static JsonObject of(QuotaStatus quota) {
        JsonObject json = new JsonObject();
        json.put("limitBytes", quota.limitBytes());
        json.put("usedBytes", quota.usedBytes());
        quota.periodEnd().ifPresent(end -> json.put("periodEnd", end.toString()));
        json.put("tier", Words.of(quota.tier()));
        return json;
    }

    private static JsonObject of(ConversionPointStatus point) {
        JsonObject json = new JsonObject();
        json.put("name", point.name());
        json.put("address", point.address());
        json.put("port", point.port());
        json.put("origin", Words.of(point.origin()));
        json.put("state", Words.of(point.state()));
        point.stateSeconds().ifPresent(seconds -> json.put("stateSeconds", seconds));
        point.reason().ifPresent(reason -> json.put("reason", reason));
        point.mptcp().ifPresent(mptcp -> json.put("mptcp", mptcp));
        point.fastOpen().ifPresent(fastOpen -> json.put("fastOpen", fastOpen));
        json.put("paths", array(point.paths(), StatusJson::of));
        return json;
    }

    private static JsonObject of(ConversionPointStatus.Path path) {
        JsonObject json = new JsonObject();
        json.put("uplink", path.uplink());
        json.put("state", Words.of(path.state()));
        path.stateSeconds().ifPresent(seconds -> json.put("stateSeconds", seconds));
        path.reason().ifPresent(reason -> json.put("reason", reason));
        json.put("known", array(path.known(), StatusJson::of));
        return json;
    }

    private static JsonObject of(ConversionPointStatus.Fact fact) {
        JsonObject json = new JsonObject();
        json.put("what", fact.name());
        json.put("value", fact.value());
        json.put("ageSeconds", fact.ageSeconds());
        return json;
    }

    private static JsonObject of(ConnectionTotals totals) {
        JsonObject json = new JsonObject();
        json.put("active", totals.active());
        json.put("bonded", totals.bonded());
        json.put("bypass", totals.bypass());
        json.put("direct", totals.direct());
        json.put("total", totals.total());
        json.put("buffers", totals.buffers());
        return json;
    }

    private static JsonObject of(BreakStatus event) {
        JsonObject json = new JsonObject();
        json.put("uplink", event.uplink());
        json.put("reason", event.reason());
        json.put("detectMillis", event.detectMillis());
        event.gapMillis().ifPresent(gap -> json.put("gapMillis", gap));
        json.put("kept", event.kept());
        json.put("lost", event.lost());
        json.put("bytesOnBackup", event.bytesOnBackup());
        json.put("at", event.at().toString());
        json.put("agoSeconds", event.agoSeconds());
        event.drainMillis().ifPresent(drain -> json.put("drainMillis", drain));
        return json;
    }

    private static JsonObject of(HealthEntry entry) {
        JsonObject json = new JsonObject();
        json.put("code", entry.code());
        json.put("severity", Words.of(entry.severity()));
        json.put("impactsConnectivity", entry.impactsConnectivity());
        json.put("subject", entry.subject());
        json.put("text", entry.text());
        json.put("action", entry.action());
        json.put("since", entry.since().toString());
        json.put("sinceSeconds", entry.sinceSeconds());
        return json;
    }

    private static JsonObject of(ConnectionStatus connection) {
        JsonObject json = new JsonObject();
        json.put("client", Words.of(connection.client()));
        json.put("destination", Words.of(connection.destination()));
        connection.conversionPoint().ifPresent(name -> json.put("conversionPoint", name));
        json.put("direct", connection.conversionPoint().isEmpty() && !connection.bypass());
        json.put("bypass", connection.bypass());
        json.put("paths", array(connection.paths(), StatusJson::of));
        json.put("bytesIn", connection.bytesIn());
        json.put("bytesOut", connection.bytesOut());
        json.put("ageSeconds", connection.ageSeconds());
        json.put("mptcp", connection.mptcp());
        connection.handshake().ifPresent(handshake -> json.put("handshake", handshake.word()));
        json.put("subflows", array(connection.subflows(), StatusJson::of));
        json.put("notes", array(connection.notes(), note -> note));
        return json;
    }

    private static JsonObject of(SubflowStatus subflow) {
        JsonObject json = new JsonObject();
        json.put("uplink", subflow.uplink());
        json.put("state", Words.of(subflow.state()));
        json.put("backup", subflow.backup());
        subflow.bytesIn().ifPresent(bytes -> json.put("bytesIn", bytes));
        subflow.bytesOut().ifPresent(bytes -> json.put("bytesOut", bytes));
        json.put("failures", subflow.failures());
        json.put("why", subflow.why());
        return json;
    }

    private static JsonObject of(ConnectionStatus.Path path) {
        JsonObject json = new JsonObject();
        json.put("uplink", path.uplink());
        json.put("backup", path.backup());
        return json;
    }

    private static <T> JsonArray array(List<T> values, Function<T, Object> element) {
        JsonArray json = new JsonArray(values.size());
        values.forEach(value -> json.add(element.apply(value)));
        return json;
    }
}
