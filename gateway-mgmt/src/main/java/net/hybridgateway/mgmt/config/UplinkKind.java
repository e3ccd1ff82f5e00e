package net.hybridgateway.mgmt.config;

/** What sort of access an uplink is; it decides the defaults of the uplink's other options. */
public enum UplinkKind {
    /** DSL, fibre, cable: paid by the month. */
    FIXED,
    /** A modem: perhaps paid by the byte. */
    CELLULAR
}
