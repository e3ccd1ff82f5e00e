package net.hybridgateway.netlink;

/** The netlink protocols that this library speaks ({@code NETLINK_*} in {@code linux/netlink.h}). */
public enum NetlinkProtocol {
    /** Links, addresses, routes and rules. */
    ROUTE(NetlinkNumbers.NETLINK_ROUTE),
    /** Details of sockets. */
    SOCK_DIAG(NetlinkNumbers.NETLINK_SOCK_DIAG),
    /** Netfilter: nf_tables among others. */
    NETFILTER(NetlinkNumbers.NETLINK_NETFILTER),
    /** Families that get their number at run time, such as {@code mptcp_pm}. */
    GENERIC(NetlinkNumbers.NETLINK_GENERIC);

    private final int number;

    NetlinkProtocol(int number) {
        this.number = number;
    }

    /** The kernel's number. */
    public int number() {
        return number;
    }
}
