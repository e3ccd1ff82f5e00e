package net.hybridgateway.netlink.generic;

/** The numbers of {@code linux/genetlink.h} that this package uses, under the kernel's names; a test compares them. */
final class GenericNumbers {
    static final int GENL_ID_CTRL = 16;
    static final int GENL_HDRLEN = 4;
    static final int CTRL_CMD_NEWFAMILY = 1;
    static final int CTRL_CMD_GETFAMILY = 3;
    static final int CTRL_ATTR_FAMILY_ID = 1;
    static final int CTRL_ATTR_FAMILY_NAME = 2;
    static final int CTRL_ATTR_VERSION = 3;
    static final int CTRL_ATTR_MCAST_GROUPS = 7;
    static final int CTRL_ATTR_MCAST_GRP_NAME = 1;
    static final int CTRL_ATTR_MCAST_GRP_ID = 2;

    private GenericNumbers() {}
}
