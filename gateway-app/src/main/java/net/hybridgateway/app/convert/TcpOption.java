package net.hybridgateway.app.convert;

import java.util.Objects;

/**
 * One TCP option with a length byte, as in a TCP header (RFC 9293 §3.2). The two options without one, end-of-list and
 * no-operation, are padding and never appear as a {@code TcpOption}.
 *
 * @param kind 2 to 255
 * @param value 0 to 253 bytes; empty where a Connect TLV asks the converter to make its own value
 */
public record TcpOption(int kind, ByteString value) {
    public static final int END_OF_LIST = 0;
    public static final int NO_OPERATION = 1;
    public static final int MAXIMUM_SEGMENT_SIZE = 2;
    public static final int WINDOW_SCALE = 3;
    public static final int SACK_PERMITTED = 4;
    public static final int SACK = 5;
    public static final int TIMESTAMPS = 8;
    public static final int TCP_AO = 29;
    public static final int MPTCP = 30;
    public static final int FAST_OPEN = 34;

    /** Asks whether the server speaks MPTCP; must be without content (RFC 8803 §7.5). Bytes {@code 1e 02}. */
    public static final TcpOption MPTCP_PROBE = new TcpOption(MPTCP, ByteString.EMPTY);

    private static final int MAX_VALUE_BYTES = 253;

    public TcpOption {
        Objects.requireNonNull(value);
        if (kind <= NO_OPERATION || kind > 255) {
            throw new IllegalArgumentException("TCP option kind " + kind + " is not in 2..255");
        }
        if (value.length() > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("TCP option " + kind + " has " + value.length() + " bytes of value");
        }
    }

    /** Kind, length and value. */
    ByteString encoded() {
        return ByteString.ofOctets(kind, 2 + value.length()).plus(value);
    }

    /** True for the kinds that a converter must ignore in a Connect TLV and must not announce (RFC 8803 §7.1–7.3). */
    static boolean isIgnoredByConverters(int kind) {
        return kind <= WINDOW_SCALE || kind == SACK;
    }
}
