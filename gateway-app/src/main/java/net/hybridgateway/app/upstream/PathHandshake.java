package net.hybridgateway.app.upstream;

/** How much of the handshake a path lets through, from most to least; what is less is what new connections confine themselves to. */
public enum PathHandshake {
    /** Nobody has tried yet, or not in this network. */
    UNKNOWN,
    /** Data in the SYN arrive, and Multipath TCP stays. */
    FAST_OPEN,
    /** A SYN with data is lost or costs Multipath TCP; without data, Multipath TCP stays. */
    MULTIPATH,
    /** Multipath TCP is asked for and never granted, in either way. Nothing is lost by asking for it. */
    ANSWERED_PLAIN,
    /**
     * Asking for Multipath TCP costs the connection: something on the way drops SYNs that have its options, or lets handshakes
     * through and takes the options from data. In the latter case this end falls back to TCP (RFC 8684 §3.7), and the other, if it
     * is Linux, may not: it misses acknowledgments on the connection level, and sends the same bytes again and again as new ones of
     * the stream. So connections begin as plain TCP.
     */
    PLAIN_ONLY
}
