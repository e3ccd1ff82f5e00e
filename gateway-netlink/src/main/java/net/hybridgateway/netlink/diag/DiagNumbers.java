package net.hybridgateway.netlink.diag;

/** Constants of linux/sock_diag.h, inet_diag.h and mptcp.h. */
final class DiagNumbers {
    static final int SOCK_DIAG_BY_FAMILY = 20;
    static final int IPPROTO_TCP = 6;
    static final int IPPROTO_MPTCP = 262;

    static final int INET_DIAG_REQ_PROTOCOL = 3;
    static final int INET_DIAG_INFO = 2;
    static final int INET_DIAG_ULP_INFO = 19;
    /** Both words of the cookie, where none is meant. */
    static final int INET_DIAG_NOCOOKIE = -1;

    static final int INET_ULP_INFO_NAME = 1;
    static final int INET_ULP_INFO_MPTCP = 3;

    static final int MPTCP_SUBFLOW_ATTR_TOKEN_REM = 1;
    static final int MPTCP_SUBFLOW_ATTR_TOKEN_LOC = 2;
    static final int MPTCP_SUBFLOW_ATTR_FLAGS = 8;
    static final int MPTCP_SUBFLOW_ATTR_ID_REM = 9;
    static final int MPTCP_SUBFLOW_ATTR_ID_LOC = 10;

    private DiagNumbers() {}
}
