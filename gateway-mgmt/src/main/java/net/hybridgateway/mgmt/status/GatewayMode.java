package net.hybridgateway.mgmt.status;

/** How the gateway as a whole works at present. */
public enum GatewayMode {
    /** New connections go over the preferred uplinks to a conversion point. */
    NORMAL,
    /** No preferred uplink works, a less preferred one carries the traffic. */
    BACKUP,
    /** No conversion point works; connections are relayed without one and end with their uplink. */
    DIRECT,
    /** No uplink works. */
    OFFLINE,
    /** Switched off by configuration: nothing is intercepted. */
    DISABLED
}
