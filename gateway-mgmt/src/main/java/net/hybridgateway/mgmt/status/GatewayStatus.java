package net.hybridgateway.mgmt.status;

import java.util.List;
import java.util.Objects;

/**
 * The status document: the whole gateway at one moment.
 *
 * @param uptimeSeconds since the daemon's start
 * @param uplinks in order of preference
 * @param conversionPoints in order of preference
 * @param breaks the last ones, newest first
 * @param health what is wrong now, worst first; empty if all is well
 */
public record GatewayStatus(
        String version,
        long uptimeSeconds,
        GatewayMode mode,
        List<UplinkStatus> uplinks,
        List<ConversionPointStatus> conversionPoints,
        ConnectionTotals connections,
        List<BreakStatus> breaks,
        List<HealthEntry> health) {
    public GatewayStatus {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(connections, "connections");
        uplinks = List.copyOf(uplinks);
        conversionPoints = List.copyOf(conversionPoints);
        breaks = List.copyOf(breaks);
        health = List.copyOf(health);
    }
}
