package net.hybridgateway.mgmt.config;

/** When an uplink takes part in connections. */
public enum UplinkUse {
    /** A regular subflow from the start: the uplinks add up. */
    ALWAYS,
    /** Joined at once with the backup bit: ready, but silent (make-before-break). */
    STANDBY,
    /** Joined with the backup bit only after the preferred uplinks broke (make-after-break). */
    ON_DEMAND
}
