package net.hybridgateway.scheduler.quota;

import net.hybridgateway.scheduler.Allowance;

/**
 * How much an uplink may carry in each billing period, both directions together.
 *
 * @param limitBytes hard tier: from here on {@link Allowance#EMERGENCY_ONLY}; at least 1
 * @param softPercent soft tier: from this share of the limit on {@link Allowance#NO_OVERFLOW}; 1 to 100
 * @param billingDay the day of the month on which a period begins, 1 to 31; in a shorter month its last day
 */
public record Quota(long limitBytes, int softPercent, int billingDay) {
    /** No operator sells so much, and sums of it stay far from the end of a long. */
    public static final long MOST_BYTES = 1_000_000_000_000_000L;

    public Quota {
        if (limitBytes < 1 || limitBytes > MOST_BYTES) {
            throw new IllegalArgumentException("limitBytes " + limitBytes);
        }
        if (softPercent < 1 || softPercent > 100 || billingDay < 1 || billingDay > 31) {
            throw new IllegalArgumentException("softPercent " + softPercent + ", billingDay " + billingDay);
        }
    }

    /** Where the soft tier begins. */
    public long softBytes() {
        return limitBytes / 100 * softPercent + limitBytes % 100 * softPercent / 100;
    }
}
