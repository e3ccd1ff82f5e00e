package net.hybridgateway.scheduler;

/** What quota and schedule leave of an uplink, most first. */
public enum Allowance {
    /** As configured. */
    FREE,
    /** Soft tier: it helps nobody whose preferred uplinks work; it still backs them up. */
    NO_OVERFLOW,
    /** Hard tier, or outside its schedule: for connections with {@link TrafficRights#emergency} alone. */
    EMERGENCY_ONLY
}
