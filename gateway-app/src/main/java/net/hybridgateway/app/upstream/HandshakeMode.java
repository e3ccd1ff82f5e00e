package net.hybridgateway.app.upstream;

/** When the Convert message travels. */
public enum HandshakeMode {
    /** In the payload of the SYN, as RFC 8803 has it: no round trip is lost. */
    ZERO_RTT("0-rtt"),
    /**
     * As the first bytes of an established connection. Costs a round trip, and works where something on the path does not
     * take data in the SYN: there, Linux would turn the connection into plain TCP.
     */
    ONE_RTT("1-rtt");

    private final String text;

    HandshakeMode(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
