package net.hybridgateway.netlink;

/**
 * The socket's receive buffer overflowed (ENOBUFS) and the kernel dropped messages. The socket works on; whoever keeps a
 * picture of the kernel's state reads it anew.
 */
public final class EventsLostException extends NetlinkException {
    private static final long serialVersionUID = 1L;

    public EventsLostException() {
        super("receive", "the receive buffer overflowed and messages were lost");
    }
}
