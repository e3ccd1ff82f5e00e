package net.hybridgateway.app.relay;

import java.io.IOException;
import net.hybridgateway.netlink.ffi.Errno;

/** A connection attempt failed, or a connection was reset. */
public final class SocketFailure extends IOException {
    private static final long serialVersionUID = 1L;

    static final int EBADF = 9;
    static final int ENOTCONN = 107;

    private final int errno;

    SocketFailure(int errno) {
        super(new Errno(errno).toString());
        this.errno = errno;
    }

    /** The kernel's error number, positive. */
    public int errno() {
        return errno;
    }
}
