package net.hybridgateway.scheduler.overflow;

/** Why a wish is what it is. */
public enum OverflowCause {
    /** The preferred uplinks are full, and the transfer has a good share of them. */
    SATURATED,
    /** The transfer ended, or the preferred uplinks carry it alone again. */
    NEED_ENDED,
    /** Everything together was hardly faster than the preferred uplinks alone. */
    NO_GAIN,
    /** The subflow took too long to come up. */
    JOIN_OVERDUE,
    /** A rule, a quota or a schedule says no, or no overflow uplink is up. */
    NOT_ALLOWED,
    /** No preferred uplink carries the connection any more: that is a break, and others decide about it. */
    PREFERRED_BROKE
}
