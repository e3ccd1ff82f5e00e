package net.hybridgateway.netlink.mptcp;

import java.util.HexFormat;

/**
 * The number by which the kernel names an MPTCP connection: the local token of RFC 8684 §2.2. It is unique among the
 * connections of a host and says nothing to others.
 *
 * @param value 0 to 2^32 - 1
 */
public record ConnectionToken(long value) {
    public ConnectionToken {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException("token " + value + " is not within 0..4294967295");
        }
    }

    /** The token with these 32 bits, as they stand in {@code struct mptcp_info}. */
    public static ConnectionToken ofBits(int bits) {
        return new ConnectionToken(Integer.toUnsignedLong(bits));
    }

    /** Eight hexadecimal digits, as {@code ss} prints it. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value, 8);
    }
}
