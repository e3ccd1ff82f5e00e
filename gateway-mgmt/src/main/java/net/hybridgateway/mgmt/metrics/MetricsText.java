package net.hybridgateway.mgmt.metrics;

import static net.hybridgateway.mgmt.metrics.MetricFamily.counter;
import static net.hybridgateway.mgmt.metrics.MetricFamily.gauge;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.hybridgateway.mgmt.status.ConnectionTotals;
import net.hybridgateway.mgmt.status.ConversionPointStatus;
import net.hybridgateway.mgmt.status.DrillStatus;
import net.hybridgateway.mgmt.status.EventReport;
import net.hybridgateway.mgmt.status.GatewayMode;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.HealthEntry;
import net.hybridgateway.mgmt.status.UplinkStatus;
import net.hybridgateway.scheduler.UplinkState;

/** What a Prometheus server is told. Totals count since the start of the daemon. */
public final class MetricsText {
    /** For the HTTP header of that name. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final MetricFamily INFO = gauge("info", "Always 1; the label says which version runs.");
    private static final MetricFamily UPTIME = gauge("uptime_seconds", "Since the start of the daemon.");
    private static final MetricFamily MODE = gauge("mode", "1 for the mode in which the gateway works, 0 for others.");
    private static final MetricFamily RECEIVED =
            counter("uplink_received_bytes_total", "Bytes from the network, counted at the device of the uplink.");
    private static final MetricFamily SENT =
            counter("uplink_sent_bytes_total", "Bytes to the network, counted at the device of the uplink.");
    private static final MetricFamily STATE =
            gauge("uplink_state", "1 for the state in which the uplink is, 0 for others.");
    private static final MetricFamily ROUND_TRIP =
            gauge("uplink_round_trip_seconds", "Smoothed round-trip time to the conversion point.");
    private static final MetricFamily SUBFLOWS = gauge("uplink_subflows", "Subflows that go over the uplink now.");
    private static final MetricFamily QUOTA_LIMIT = gauge("uplink_quota_limit_bytes", "What the quota allows.");
    private static final MetricFamily QUOTA_USED =
            gauge("uplink_quota_used_bytes", "What is used of the quota in this period.");
    private static final MetricFamily POINT_USED = gauge(
            "conversion_point_used",
            "1 if new connections may go to the conversion point, 0 if they keep away from it.");
    private static final MetricFamily CONNECTIONS =
            gauge("active_connections", "Connections that are relayed now, by kind.");
    private static final MetricFamily BEGUN = counter("connections_total", "Connections that were taken.");
    private static final MetricFamily BUFFERS = gauge("buffers", "Memory blocks that connections hold now.");
    private static final MetricFamily EVENTS = counter("events_total", "What happened, as the events number it.");
    private static final MetricFamily DISMISSED = counter(
            "uplink_dismissed_suspicions_total", "How often the uplink was suspected to be silent, and was not.");
    private static final MetricFamily DRILL_WORKED =
            gauge("drill_success", "1 if the last rehearsal of the backup worked, 0 if it failed.");
    private static final MetricFamily DRILL_TIME =
            gauge("drill_timestamp_seconds", "When the backup was rehearsed, in seconds since 1970.");
    private static final MetricFamily HEALTH = gauge("health_problem", "1 for each problem that there is now.");

    private final MetricsWriter out = new MetricsWriter();

    private MetricsText() {}

    /** In the text format 0.0.4. */
    public static String of(GatewayStatus status, EventReport events) {
        MetricsText text = new MetricsText();
        text.out.add(INFO, 1, "version", status.version());
        text.out.add(UPTIME, status.uptimeSeconds());
        for (GatewayMode mode : GatewayMode.values()) {
            text.out.add(MODE, mode == status.mode() ? 1 : 0, "mode", word(mode));
        }
        status.uplinks().forEach(text::add);
        status.conversionPoints().forEach(text::add);
        text.add(status.connections());
        text.add(events);
        text.add(status.drills());
        status.health().forEach(text::add);
        return text.out.toString();
    }

    private void add(UplinkStatus uplink) {
        String name = uplink.name();
        out.add(RECEIVED, uplink.bytesIn(), "uplink", name);
        out.add(SENT, uplink.bytesOut(), "uplink", name);
        for (UplinkState state : UplinkState.values()) {
            out.add(STATE, state == uplink.state() ? 1 : 0, "uplink", name, "state", word(state));
        }
        uplink.rttMillis().ifPresent(rtt -> out.add(ROUND_TRIP, Math.round(rtt * 1000) / 1e6, "uplink", name));
        out.add(SUBFLOWS, uplink.subflows(), "uplink", name);
        uplink.quota().ifPresent(quota -> {
            out.add(QUOTA_LIMIT, quota.limitBytes(), "uplink", name);
            out.add(QUOTA_USED, quota.usedBytes(), "uplink", name);
        });
    }

    private void add(ConversionPointStatus point) {
        out.add(
                POINT_USED,
                point.state().isAvoided() ? 0 : 1,
                "conversion_point",
                point.name(),
                "address",
                point.address(),
                "port",
                String.valueOf(point.port()));
    }

    private void add(ConnectionTotals totals) {
        int others = totals.active() - totals.bonded() - totals.bypass() - totals.direct();
        out.add(CONNECTIONS, totals.bonded(), "kind", "bonded");
        out.add(CONNECTIONS, totals.bypass(), "kind", "bypass");
        out.add(CONNECTIONS, totals.direct(), "kind", "direct");
        // Those that are being made, and those that a conversion point carries in plain TCP.
        out.add(CONNECTIONS, Math.max(0, others), "kind", "other");
        out.add(BEGUN, totals.total());
        out.add(BUFFERS, totals.buffers());
    }

    private void add(EventReport events) {
        out.add(EVENTS, events.lastSequence());
        events.dismissedSuspicions().forEach((uplink, times) -> out.add(DISMISSED, times, "uplink", uplink));
    }

    /** The last of each uplink that says something. */
    private void add(List<DrillStatus> newestFirst) {
        Set<String> seen = new HashSet<>();
        newestFirst.stream()
                .filter(drill -> drill.result() != DrillStatus.Result.SKIPPED && seen.add(drill.uplink()))
                .forEach(drill -> {
                    out.add(
                            DRILL_WORKED,
                            drill.result() == DrillStatus.Result.WORKED ? 1 : 0,
                            "uplink",
                            drill.uplink());
                    out.add(DRILL_TIME, drill.at().getEpochSecond(), "uplink", drill.uplink());
                });
    }

    private void add(HealthEntry entry) {
        out.add(HEALTH, 1, "code", entry.code(), "severity", word(entry.severity()), "subject", entry.subject());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
