package net.hybridgateway.netlink.socket;

/** The state of a TCP connection: RFC 9293 section 3.3.2, with the numbers of the kernel (net/tcp_states.h). */
public enum TcpState {
    /** A number that is none of the others. */
    UNKNOWN,
    ESTABLISHED,
    SYN_SENT,
    SYN_RECEIVED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    TIME_WAIT,
    CLOSED,
    CLOSE_WAIT,
    LAST_ACK,
    LISTEN,
    CLOSING,
    /** A request that the listener has not made a socket of yet. */
    NEW_SYN_RECEIVED;

    private static final TcpState[] BY_NUMBER = values();

    /** The state with a number of the kernel, which is the ordinal here. */
    public static TcpState of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }
}
