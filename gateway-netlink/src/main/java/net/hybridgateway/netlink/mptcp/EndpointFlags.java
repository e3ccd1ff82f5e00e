package net.hybridgateway.netlink.mptcp;

import java.util.StringJoiner;

/** What the path manager does with an endpoint ({@code MPTCP_PM_ADDR_FLAG_*}). */
public final class EndpointFlags {
    /** Announce the address to the peer, so that the peer opens subflows to it. */
    public static final int SIGNAL = MptcpNumbers.MPTCP_PM_ADDR_FLAG_SIGNAL;
    /** Open subflows from the address. */
    public static final int SUBFLOW = MptcpNumbers.MPTCP_PM_ADDR_FLAG_SUBFLOW;
    /** Subflows of the address carry data only while no other can. */
    public static final int BACKUP = MptcpNumbers.MPTCP_PM_ADDR_FLAG_BACKUP;
    /** Open subflows to all addresses of the peer instead of one. */
    public static final int FULLMESH = MptcpNumbers.MPTCP_PM_ADDR_FLAG_FULLMESH;
    /** The kernel made the endpoint itself; only reported. */
    public static final int IMPLICIT = MptcpNumbers.MPTCP_PM_ADDR_FLAG_IMPLICIT;
    /** Use the address for subflows to announced addresses only (Linux 6.18). */
    public static final int LAMINAR = MptcpNumbers.MPTCP_PM_ADDR_FLAG_LAMINAR;

    private static final String[] NAMES = {"signal", "subflow", "backup", "fullmesh", "implicit", "laminar"};

    private EndpointFlags() {}

    /** Flags as text, such as {@code subflow|backup|0x40}: bits without a name stay a number. */
    public static String toString(int flags) {
        StringJoiner text = new StringJoiner("|").setEmptyValue("0");
        int rest = flags;
        for (int bit = 0; bit < NAMES.length; bit++) {
            if ((flags & 1 << bit) != 0) {
                text.add(NAMES[bit]);
                rest &= ~(1 << bit);
            }
        }
        if (rest != 0) {
            text.add("0x" + Integer.toHexString(rest));
        }
        return text.toString();
    }
}
