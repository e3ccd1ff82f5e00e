package net.hybridgateway.scheduler.quota;

import net.hybridgateway.scheduler.Allowance;

/** Why an uplink is allowed what it is, with a sentence for people. */
public enum AllowanceReason {
    WITHIN_LIMITS(Allowance.FREE, "Quota and schedule leave the uplink free."),
    SOFT_TIER(Allowance.NO_OVERFLOW, "Most of the quota is used up: the uplink only replaces uplinks that broke."),
    QUOTA_USED_UP(Allowance.EMERGENCY_ONLY, "The quota is used up: the uplink carries emergency connections only."),
    OUTSIDE_SCHEDULE(
            Allowance.EMERGENCY_ONLY, "It is not the time of the uplink: it carries emergency connections only.");

    private final Allowance allowance;
    private final String sentence;

    AllowanceReason(Allowance allowance, String sentence) {
        this.allowance = allowance;
        this.sentence = sentence;
    }

    public Allowance allowance() {
        return allowance;
    }

    /** For people: one English sentence. */
    public String sentence() {
        return sentence;
    }
}
