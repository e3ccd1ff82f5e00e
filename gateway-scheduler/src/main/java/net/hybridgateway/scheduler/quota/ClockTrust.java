package net.hybridgateway.scheduler.quota;

/** How far the wall clock is believed. */
public enum ClockTrust {
    /** It was set, or the gateway was started, not long ago; or it cannot be right. It dates nothing. */
    DOUBTED,
    /** It has run steadily since the start. Nobody has set it, so it may still turn out to have been wrong all the time. */
    FOUND,
    /** Somebody set it, and it has run steadily since. */
    SET
}
