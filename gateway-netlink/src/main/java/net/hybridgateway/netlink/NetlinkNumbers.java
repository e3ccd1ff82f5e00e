package net.hybridgateway.netlink;

/** The numbers of {@code linux/netlink.h} that this package uses, under the kernel's names; a test compares them. */
final class NetlinkNumbers {
    static final int NLMSG_NOOP = 0x1;
    static final int NLMSG_ERROR = 0x2;
    static final int NLMSG_DONE = 0x3;
    static final int NLMSG_OVERRUN = 0x4;
    static final int NLMSG_HDRLEN = 16;

    static final int NLM_F_REQUEST = 0x01;
    static final int NLM_F_MULTI = 0x02;
    static final int NLM_F_ACK = 0x04;
    static final int NLM_F_ECHO = 0x08;
    static final int NLM_F_DUMP_INTR = 0x10;
    static final int NLM_F_DUMP_FILTERED = 0x20;
    static final int NLM_F_ROOT = 0x100;
    static final int NLM_F_MATCH = 0x200;
    static final int NLM_F_DUMP = NLM_F_ROOT | NLM_F_MATCH;
    static final int NLM_F_REPLACE = 0x100;
    static final int NLM_F_EXCL = 0x200;
    static final int NLM_F_CREATE = 0x400;
    static final int NLM_F_APPEND = 0x800;
    static final int NLM_F_CAPPED = 0x100;
    static final int NLM_F_ACK_TLVS = 0x200;

    static final int NLMSGERR_ATTR_MSG = 1;
    static final int NLMSGERR_ATTR_OFFS = 2;

    static final int NLA_HDRLEN = 4;
    static final int NLA_F_NESTED = 1 << 15;
    static final int NLA_F_NET_BYTEORDER = 1 << 14;
    static final int NLA_TYPE_MASK = ~(NLA_F_NESTED | NLA_F_NET_BYTEORDER);

    static final int NETLINK_ROUTE = 0;
    static final int NETLINK_SOCK_DIAG = 4;
    static final int NETLINK_NETFILTER = 12;
    static final int NETLINK_GENERIC = 16;

    static final int NETLINK_ADD_MEMBERSHIP = 1;
    static final int NETLINK_DROP_MEMBERSHIP = 2;
    static final int NETLINK_CAP_ACK = 10;
    static final int NETLINK_EXT_ACK = 11;
    static final int NETLINK_GET_STRICT_CHK = 12;

    private NetlinkNumbers() {}

    /** {@code NLMSG_ALIGN} and {@code NLA_ALIGN}: both round up to a multiple of 4. */
    static int align(int length) {
        return (length + 3) & ~3;
    }
}
