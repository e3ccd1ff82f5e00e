package net.hybridgateway.netlink.socket;

/** The state of a TCP connection: RFC 9293 section 3.3.2, with the numbers of the kernel (net/tcp_states.h). */
public enum TcpState {
    /** A number that is none of the others. */
    UNKNOWN(0),
    ESTABLISHED(1),
    SYN_SENT(2),
    SYN_RECEIVED(3),
    FIN_WAIT_1(4),
    FIN_WAIT_2(5),
    TIME_WAIT(6),
    CLOSED(7),
    CLOSE_WAIT(8),
    LAST_ACK(9),
    LISTEN(10),
    CLOSING(11),
    /** A request that the listener has not made a socket of yet. */
    NEW_SYN_RECEIVED(12);

    private static final TcpState[] BY_NUMBER = new TcpState[values().length];

    static {
        for (TcpState state : values()) {
            if (BY_NUMBER[state.number] != null) {
                throw new IllegalStateException("two states with number " + state.number);
            }
            BY_NUMBER[state.number] = state;
        }
    }

    private final int number;

    TcpState(int number) {
        this.number = number;
    }

    /** The kernel's number. */
    public int number() {
        return number;
    }

    /** The state with a number of the kernel. */
    public static TcpState of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }
}
