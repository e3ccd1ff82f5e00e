package net.hybridgateway.mgmt.status;

/** What an event is about. */
public enum EventKind {
    /** An uplink that carried connections stopped to do so. */
    BREAK,
    /** An uplink is trusted again. */
    RETURN,
    /** An uplink is back, and watched before it is trusted. */
    HOLD_DOWN,
    /** An uplink comes and goes so often that it has to stay up before it is used at all. */
    FLAPPING,
    /** An uplink changed in another way. */
    UPLINK,
    /** A conversion point, or the way to it, died or came to life. */
    CONVERSION_POINT,
    /** A backup was rehearsed. */
    DRILL,
    /** Another program removed or changed the table that sends connections here. */
    INTERCEPTION,
    /** Settings were changed, or taken back. */
    SETTINGS
}
