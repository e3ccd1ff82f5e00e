package net.hybridgateway.scheduler;

/** What kind of access an uplink is. */
public enum UplinkKind {
    /** DSL, fibre or cable: volume costs nothing. */
    FIXED,
    /** A modem on a mobile network: every byte may be billed. */
    CELLULAR
}
