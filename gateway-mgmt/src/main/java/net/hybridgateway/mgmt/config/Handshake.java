package net.hybridgateway.mgmt.config;

/** How connections are opened through a conversion point. */
public enum Handshake {
    /** 0-RTT where it has been seen to keep MPTCP, else 1-RTT. */
    AUTO("auto"),
    /** The Convert messages always ride in the SYN (RFC 8803 §4.1). */
    ZERO_RTT("0rtt"),
    /** The Convert messages are always sent after the TCP handshake. */
    ONE_RTT("1rtt");

    private final String word;

    Handshake(String word) {
        this.word = word;
    }

    /** As it is written in the configuration. */
    public String word() {
        return word;
    }
}
