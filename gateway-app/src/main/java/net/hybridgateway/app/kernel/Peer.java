package net.hybridgateway.app.kernel;

/**
 * Whom a Multipath TCP connection of this machine goes to, told by the address: other programs on the gateway may use
 * Multipath TCP too, and their connections are not ours to manage.
 */
public enum Peer {
    CONVERSION_POINT,
    /** A server that connections are carried to without a conversion point, as it speaks Multipath TCP itself. */
    SERVER,
    STRANGER
}
