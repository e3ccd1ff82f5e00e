package net.hybridgateway.netlink.conntrack;

/** Constants of linux/netfilter/nfnetlink.h and nfnetlink_conntrack.h. */
final class ConntrackNumbers {
    static final int NFNL_SUBSYS_CTNETLINK = 1;

    static final int IPCTNL_MSG_CT_NEW = 0;
    static final int IPCTNL_MSG_CT_GET = 1;
    static final int IPCTNL_MSG_CT_DELETE = 2;

    static final int CTA_TUPLE_ORIG = 1;
    static final int CTA_TUPLE_REPLY = 2;
    static final int CTA_ID = 12;
    static final int CTA_ZONE = 18;

    static final int CTA_TUPLE_IP = 1;
    static final int CTA_TUPLE_PROTO = 2;
    static final int CTA_IP_V4_SRC = 1;
    static final int CTA_IP_V4_DST = 2;
    static final int CTA_IP_V6_SRC = 3;
    static final int CTA_IP_V6_DST = 4;
    static final int CTA_PROTO_NUM = 1;

    private ConntrackNumbers() {}

    static int messageType(int message) {
        return NFNL_SUBSYS_CTNETLINK << 8 | message;
    }
}
