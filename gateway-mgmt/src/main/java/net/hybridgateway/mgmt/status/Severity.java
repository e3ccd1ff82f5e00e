package net.hybridgateway.mgmt.status;

/** How much a health entry matters. */
public enum Severity {
    /** Worth knowing; nothing is lost. */
    INFO,
    /** Something that was configured does not work, and users do not feel it yet. */
    WARNING,
    /** Users feel it. */
    ERROR
}
