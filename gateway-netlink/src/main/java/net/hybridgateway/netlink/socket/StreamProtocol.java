package net.hybridgateway.netlink.socket;

/** The protocols of a byte stream. */
public enum StreamProtocol {
    TCP(6),
    /** Multipath TCP, RFC 8684. A connection may turn into plain TCP at any time before its first data is acknowledged. */
    MPTCP(262);

    private final int number;

    StreamProtocol(int number) {
        this.number = number;
    }

    /** The number for socket(2): IPPROTO_TCP or IPPROTO_MPTCP. */
    int number() {
        return number;
    }
}
