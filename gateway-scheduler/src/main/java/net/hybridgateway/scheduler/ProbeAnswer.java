package net.hybridgateway.scheduler;

/** How a conversion point reacted to a {@link Decision.ProbePath}. */
public enum ProbeAnswer {
    /**
     * Its host completed the TCP handshake: the path is well, and something listens. A round trip after the start; from a
     * conversion point that is well, {@link #CONVERTER} follows.
     */
    HOST,
    /** It answered in Convert: path and conversion point are well. */
    CONVERTER,
    /** Its host refused (reset, ICMP port unreachable): the path is well, the conversion point is not running. */
    REFUSED,
    /** The network or this host said that there is no way there: as good as silence, only quicker. */
    UNREACHABLE
}
