package net.hybridgateway.scheduler.overflow;

/** What a connection should have on the overflow uplinks. The package's page draws how one follows the other. */
public enum OverflowWish {
    /** No subflow. */
    NONE,
    /** A silent subflow: with the backup bit. */
    BACKUP,
    /** A subflow that shares the load. */
    REGULAR
}
