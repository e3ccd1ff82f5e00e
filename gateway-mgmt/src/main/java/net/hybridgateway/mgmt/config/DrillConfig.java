package net.hybridgateway.mgmt.config;

import java.time.LocalTime;
import java.util.Objects;

/**
 * When the backup is rehearsed, of the section {@code gateway}.
 *
 * @param at the time of day, in the gateway's time zone
 * @param limitBytes how much one drill may send and receive over an uplink, at least 1
 */
public record DrillConfig(DrillPeriod period, LocalTime at, long limitBytes) {
    public DrillConfig {
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(at, "at");
        if (limitBytes < 1) {
            throw new IllegalArgumentException("limitBytes " + limitBytes);
        }
    }
}
