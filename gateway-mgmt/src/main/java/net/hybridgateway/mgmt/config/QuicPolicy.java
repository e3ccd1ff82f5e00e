package net.hybridgateway.mgmt.config;

/** What becomes of QUIC (UDP to port 443) of LAN hosts, which no conversion point can carry. */
public enum QuicPolicy {
    /** It is forwarded as all else that is not TCP. */
    LEAVE,
    /** It is refused at once, so that browsers take TCP instead, which uses all uplinks. */
    REJECT
}
