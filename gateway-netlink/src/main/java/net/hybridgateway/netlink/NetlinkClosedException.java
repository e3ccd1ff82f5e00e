package net.hybridgateway.netlink;

/** The socket was closed, before or during the call. */
public final class NetlinkClosedException extends NetlinkException {
    private static final long serialVersionUID = 1L;

    public NetlinkClosedException(String operation) {
        super(operation, "the netlink socket is closed");
    }
}
