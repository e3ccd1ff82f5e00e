package net.hybridgateway.lab.net;

/** How a line breaks. */
public enum Cut {
    /** The modem's port goes down: the gateway's device loses its carrier, which the kernel reports. */
    CARRIER,
    /** Packets vanish in both directions; no device notices. */
    SILENT,
    /** Packets towards the gateway vanish. */
    SILENT_DOWN,
    /** Packets from the gateway vanish. */
    SILENT_UP
}
