package net.hybridgateway.netlink.socket;

import java.net.InetSocketAddress;
import java.util.Optional;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.ffi.NativeMemory;

/** Questions about a socket by its descriptor, whoever owns it. */
public final class SocketQuery {
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    private static final int IPPROTO_TCP = 6;
    static final int TCP_IS_MPTCP = 43;

    private static final ThreadLocal<NativeMemory> INT = ThreadLocal.withInitial(() -> NativeMemory.allocate(4));

    private SocketQuery() {}

    /**
     * Whether the connection is MPTCP, and not a TCP connection or one that has fallen back to TCP. Before the handshake is
     * done an MPTCP socket says true.
     */
    public static boolean isMptcp(int fd) {
        NativeMemory value = INT.get();
        int result = LibC.tryOption(fd, IPPROTO_TCP, TCP_IS_MPTCP, value, Integer.BYTES);
        if (result >= 0) {
            return value.buffer().getInt(0) != 0;
        }
        if (lacksOption(result)) { // a kernel before about 6.10
            return MptcpInfo.of(fd).isPresent();
        }
        throw new ErrnoException("getsockopt", new Errno(-result), "TCP_IS_MPTCP of fd " + fd);
    }

    /** Takes the pending error of the socket (SO_ERROR), which it then forgets; after connect, why it failed. */
    public static Optional<Errno> error(int fd) {
        int error = LibC.option(fd, SOL_SOCKET, SO_ERROR);
        return error == 0 ? Optional.empty() : Optional.of(new Errno(error));
    }

    /** Where the peer wanted to connect to, of a connection that a transparent listener has taken: its local address. */
    public static InetSocketAddress originalDestination(int fd) {
        return LibC.socketName(fd).inet();
    }

    /** The address of the peer. */
    public static InetSocketAddress remoteAddress(int fd) {
        return LibC.peerName(fd).inet();
    }

    /** What an IPv4 and an IPv6 socket say of an option that they, or this kernel, don't have. */
    static boolean lacksOption(int result) {
        return result == -Errno.EOPNOTSUPP.number() || result == -Errno.ENOPROTOOPT.number();
    }
}
