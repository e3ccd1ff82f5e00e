package net.hybridgateway.mgmt.status;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The status document: the whole gateway at one moment.
 *
 * @param uptimeSeconds since the daemon's start
 * @param uplinks in order of preference
 * @param conversionPoints in order of preference
 * @param breaks the last ones, newest first
 * @param drills the last rehearsals of backups, newest first
 * @param nextDrill when the next one is due; empty if none is planned
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
        List<DrillStatus> drills,
        Optional<Instant> nextDrill,
        List<HealthEntry> health) {
    public GatewayStatus {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(connections, "connections");
        uplinks = List.copyOf(uplinks);
        conversionPoints = List.copyOf(conversionPoints);
        breaks = List.copyOf(breaks);
        drills = List.copyOf(drills);
        Objects.requireNonNull(nextDrill, "nextDrill");
        health = List.copyOf(health);
    }

    /** One that rehearses nothing. */
    public GatewayStatus(
            String version,
            long uptimeSeconds,
            GatewayMode mode,
            List<UplinkStatus> uplinks,
            List<ConversionPointStatus> conversionPoints,
            ConnectionTotals connections,
            List<BreakStatus> breaks,
            List<HealthEntry> health) {
        this(
                version,
                uptimeSeconds,
                mode,
                uplinks,
                conversionPoints,
                connections,
                breaks,
                List.of(),
                Optional.empty(),
                health);
    }
}
