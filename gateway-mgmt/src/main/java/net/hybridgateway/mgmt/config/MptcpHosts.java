package net.hybridgateway.mgmt.config;

/** What becomes of connections that LAN hosts begin with Multipath TCP themselves. */
public enum MptcpHosts {
    /** They are taken as all others: the host falls back to TCP, and the gateway does the rest. */
    TERMINATE,
    /** They are forwarded, so that host and server have one Multipath TCP connection between them. */
    PASS
}
