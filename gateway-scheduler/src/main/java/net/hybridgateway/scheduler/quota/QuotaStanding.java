package net.hybridgateway.scheduler.quota;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import net.hybridgateway.scheduler.Allowance;

/**
 * What an uplink with a quota or a schedule is allowed at one moment, and why.
 *
 * @param usage empty if it has no quota
 */
public record QuotaStanding(AllowanceReason reason, Optional<Usage> usage) {
    public QuotaStanding {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(usage, "usage");
    }

    public Allowance allowance() {
        return reason.allowance();
    }

    /**
     * How far a quota is used up.
     *
     * @param usedBytes in this billing period, both directions
     * @param periodEnd empty until the wall clock was believed for the first time
     */
    public record Usage(long limitBytes, long usedBytes, Optional<Instant> periodEnd) {
        public Usage {
            Objects.requireNonNull(periodEnd, "periodEnd");
        }
    }
}
