package net.hybridgateway.mgmt.status;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What an uplink's quota has left.
 *
 * @param limitBytes in a billing period, both directions
 * @param usedBytes in this billing period, both directions
 * @param periodEnd empty until the wall clock was believed for the first time
 */
public record QuotaStatus(long limitBytes, long usedBytes, Optional<Instant> periodEnd, Tier tier) {
    /** How far it is used up. */
    public enum Tier {
        /** The uplink is as free as it was configured. */
        FREE,
        /** Most is used up: the uplink only replaces uplinks that broke. */
        SOFT,
        /** All is used up: the uplink carries emergency connections only. */
        HARD
    }

    public QuotaStatus {
        Objects.requireNonNull(periodEnd, "periodEnd");
        Objects.requireNonNull(tier, "tier");
    }
}
