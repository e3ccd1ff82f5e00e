package net.hybridgateway.mgmt.config;

/** How the value of a DHCP option tells conversion points. */
public enum PointFormat {
    /** As RFC 7291 has it for PCP servers: lists of addresses, each list of one conversion point. */
    PCP_LIST,
    /** Addresses one after the other, each of another conversion point. */
    ADDRESS_LIST,
    /** One DNS name, labels with their lengths (RFC 1035 §3.1). */
    NAME
}
