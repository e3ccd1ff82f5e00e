package net.hybridgateway.app.converter;

import java.io.IOException;
import net.hybridgateway.app.convert.ErrorTlv;
import net.hybridgateway.app.relay.SocketFailure;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;

/** What a client is told when its server cannot be reached (RFC 8803 §6.2.8). */
final class ServerFailure {
    /** ICMP codes of "destination unreachable" (RFC 792); IPv6 has others, and the error does not say which it means. */
    private static final int NETWORK_UNREACHABLE = 0;

    private static final int HOST_UNREACHABLE = 1;
    private static final int PROHIBITED = 13;

    /** Seconds to stay away for when this host has run out of something. */
    private static final int RESOURCE_DELAY_SECONDS = 5;

    private ServerFailure() {}

    static ErrorTlv toError(IOException cause) {
        return cause instanceof SocketFailure failure
                ? toError(new Errno(failure.errno()))
                : toError(Errno.EHOSTUNREACH);
    }

    static ErrorTlv toError(ErrnoException cause) {
        return toError(cause.errno());
    }

    private static ErrorTlv toError(Errno errno) {
        // EPIPE is Linux's word for a reset behind the end of the stream.
        if (errno.equals(Errno.ECONNREFUSED) || errno.equals(Errno.ECONNRESET) || errno.equals(Errno.EPIPE)) {
            return ErrorTlv.connectionReset();
        }
        if (errno.equals(Errno.ENETUNREACH)) {
            return ErrorTlv.destinationUnreachable(NETWORK_UNREACHABLE);
        }
        if (errno.equals(Errno.EHOSTUNREACH) || errno.equals(Errno.ETIMEDOUT)) {
            return ErrorTlv.destinationUnreachable(HOST_UNREACHABLE);
        }
        if (errno.equals(Errno.EACCES) || errno.equals(Errno.EPERM)) {
            return ErrorTlv.destinationUnreachable(PROHIBITED);
        }
        return outOfResources();
    }

    /** This host cannot carry the connection now. */
    static ErrorTlv outOfResources() {
        return ErrorTlv.resourceExceeded(RESOURCE_DELAY_SECONDS);
    }
}
