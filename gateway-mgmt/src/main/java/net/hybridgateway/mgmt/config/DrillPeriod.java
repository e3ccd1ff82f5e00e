package net.hybridgateway.mgmt.config;

/** How often the backup is rehearsed by itself. */
public enum DrillPeriod {
    /** Only when somebody asks for it. */
    OFF,
    /** Every day. */
    DAILY,
    /** On Sundays. */
    WEEKLY
}
