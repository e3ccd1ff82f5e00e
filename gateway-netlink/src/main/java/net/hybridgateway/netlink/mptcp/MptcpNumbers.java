package net.hybridgateway.netlink.mptcp;

/**
 * The numbers of {@code linux/mptcp_pm.h} (before Linux 6.7 in {@code linux/mptcp.h}) that this package uses, under the
 * kernel's names; a test compares them.
 */
final class MptcpNumbers {
    static final int MPTCP_PM_VER = 1;

    static final int MPTCP_PM_CMD_ADD_ADDR = 1;
    static final int MPTCP_PM_CMD_DEL_ADDR = 2;
    static final int MPTCP_PM_CMD_GET_ADDR = 3;
    static final int MPTCP_PM_CMD_FLUSH_ADDRS = 4;
    static final int MPTCP_PM_CMD_SET_LIMITS = 5;
    static final int MPTCP_PM_CMD_GET_LIMITS = 6;
    static final int MPTCP_PM_CMD_SET_FLAGS = 7;
    static final int MPTCP_PM_CMD_ANNOUNCE = 8;
    static final int MPTCP_PM_CMD_REMOVE = 9;
    static final int MPTCP_PM_CMD_SUBFLOW_CREATE = 10;
    static final int MPTCP_PM_CMD_SUBFLOW_DESTROY = 11;

    static final int MPTCP_PM_ATTR_ADDR = 1;
    static final int MPTCP_PM_ATTR_RCV_ADD_ADDRS = 2;
    static final int MPTCP_PM_ATTR_SUBFLOWS = 3;
    static final int MPTCP_PM_ATTR_TOKEN = 4;
    static final int MPTCP_PM_ATTR_LOC_ID = 5;
    static final int MPTCP_PM_ATTR_ADDR_REMOTE = 6;

    static final int MPTCP_PM_ADDR_ATTR_FAMILY = 1;
    static final int MPTCP_PM_ADDR_ATTR_ID = 2;
    static final int MPTCP_PM_ADDR_ATTR_ADDR4 = 3;
    static final int MPTCP_PM_ADDR_ATTR_ADDR6 = 4;
    static final int MPTCP_PM_ADDR_ATTR_PORT = 5;
    static final int MPTCP_PM_ADDR_ATTR_FLAGS = 6;
    static final int MPTCP_PM_ADDR_ATTR_IF_IDX = 7;

    static final int MPTCP_PM_ADDR_FLAG_SIGNAL = 1;
    static final int MPTCP_PM_ADDR_FLAG_SUBFLOW = 1 << 1;
    static final int MPTCP_PM_ADDR_FLAG_BACKUP = 1 << 2;
    static final int MPTCP_PM_ADDR_FLAG_FULLMESH = 1 << 3;
    static final int MPTCP_PM_ADDR_FLAG_IMPLICIT = 1 << 4;
    static final int MPTCP_PM_ADDR_FLAG_LAMINAR = 1 << 5;

    static final int MPTCP_EVENT_CREATED = 1;
    static final int MPTCP_EVENT_ESTABLISHED = 2;
    static final int MPTCP_EVENT_CLOSED = 3;
    static final int MPTCP_EVENT_ANNOUNCED = 6;
    static final int MPTCP_EVENT_REMOVED = 7;
    static final int MPTCP_EVENT_SUB_ESTABLISHED = 10;
    static final int MPTCP_EVENT_SUB_CLOSED = 11;
    static final int MPTCP_EVENT_SUB_PRIORITY = 13;
    static final int MPTCP_EVENT_LISTENER_CREATED = 15;
    static final int MPTCP_EVENT_LISTENER_CLOSED = 16;

    static final int MPTCP_ATTR_TOKEN = 1;
    static final int MPTCP_ATTR_LOC_ID = 3;
    static final int MPTCP_ATTR_REM_ID = 4;
    static final int MPTCP_ATTR_SADDR4 = 5;
    static final int MPTCP_ATTR_SADDR6 = 6;
    static final int MPTCP_ATTR_DADDR4 = 7;
    static final int MPTCP_ATTR_DADDR6 = 8;
    static final int MPTCP_ATTR_SPORT = 9;
    static final int MPTCP_ATTR_DPORT = 10;
    static final int MPTCP_ATTR_BACKUP = 11;
    static final int MPTCP_ATTR_ERROR = 12;
    static final int MPTCP_ATTR_FLAGS = 13;
    static final int MPTCP_ATTR_IF_IDX = 15;
    static final int MPTCP_ATTR_RESET_REASON = 16;
    static final int MPTCP_ATTR_RESET_FLAGS = 17;
    static final int MPTCP_ATTR_SERVER_SIDE = 18;

    static final int MPTCP_PM_EV_FLAG_DENY_JOIN_ID0 = 1;
    static final int MPTCP_PM_EV_FLAG_SERVER_SIDE = 1 << 1;

    private MptcpNumbers() {}
}
