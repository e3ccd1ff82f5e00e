package net.hybridgateway.scheduler;

/** When an uplink takes part in a connection. */
public enum UplinkUse {
    /** Share the load: a regular subflow from the start. */
    ALWAYS,
    /** Help when the line is full: joined for long transfers only, as long as they gain. Otherwise as {@link #ON_DEMAND}. */
    OVERFLOW,
    /** Ready but silent: joined at once, with the backup bit (make-before-break). */
    STANDBY,
    /** Off until needed: joined with the backup bit only after the preferred uplinks broke (make-after-break). */
    ON_DEMAND;

    /** Whether a connection has no subflow on such an uplink as long as another uplink carries it. */
    boolean onlyWhenNeeded() {
        return this == ON_DEMAND || this == OVERFLOW;
    }
}
