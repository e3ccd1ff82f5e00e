package net.hybridgateway.app.upstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.SocketOption;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;

/** Opens the sockets that leave the house, each bound to the uplink that it was given. */
public final class UpstreamSockets {
    /** Idle connections stay alive through NATs: RFC 5382 REQ-5 lets a NAT forget after 2 h 4 min, many are hastier. */
    private static final int KEEPALIVE_SECONDS = 300;

    /**
     * Half of what a Multipath TCP socket may hold for its reader; the kernel doubles it. It is a limit, nothing is
     * reserved.
     *
     * <p>A Linux conversion point that took a connection by Fast Open minds no Multipath TCP window (6.18): what one of
     * two subflows sends ahead falls outside ours, is dropped without a word to its sender, and comes again only after a
     * time-out. So the window has to be wider than what such a sender holds, 4 MB by default. docs/performance.md has the
     * figures.
     */
    private static final int MULTIPATH_RECEIVE_BYTES = 4 * 1024 * 1024;

    private UpstreamSockets() {}

    /**
     * A connection attempt under way.
     *
     * @param fd the descriptor; owned by whoever gets this
     * @param taken how many bytes of the first data went into the SYN
     */
    public record Dialled(int fd, int taken) {}

    /**
     * Starts a Multipath TCP connection.
     *
     * @param inSyn data for the SYN; empty for none
     * @throws ErrnoException if the kernel refuses at once: no route, no such address, no descriptor left
     */
    public static Dialled multipath(InetAddress source, int interfaceIndex, InetSocketAddress remote, byte[] inSyn) {
        return dial(StreamProtocol.MPTCP, source, interfaceIndex, remote, inSyn);
    }

    /** Starts a plain TCP connection; otherwise as {@link #multipath}. */
    public static Dialled plain(InetAddress source, int interfaceIndex, InetSocketAddress remote) {
        return plain(source, interfaceIndex, remote, new byte[0]);
    }

    /** As {@link #plain(InetAddress, int, InetSocketAddress)}, with data for the SYN. */
    public static Dialled plain(InetAddress source, int interfaceIndex, InetSocketAddress remote, byte[] inSyn) {
        return dial(StreamProtocol.TCP, source, interfaceIndex, remote, inSyn);
    }

    /** Starts a plain TCP connection by whatever way the kernel chooses. */
    public static Dialled plain(InetSocketAddress remote) {
        return dial(StreamProtocol.TCP, remote);
    }

    /** Starts a Multipath TCP connection by whatever way the kernel chooses. */
    public static Dialled multipath(InetSocketAddress remote) {
        return dial(StreamProtocol.MPTCP, remote);
    }

    private static Dialled dial(StreamProtocol protocol, InetSocketAddress remote) {
        try (StreamSocket socket = StreamSocket.open(protocol)) {
            socket.set(SocketOption.TCP_NODELAY, 1).connect(remote);
            return new Dialled(socket.release(), 0);
        }
    }

    private static Dialled dial(
            StreamProtocol protocol, InetAddress source, int interfaceIndex, InetSocketAddress remote, byte[] inSyn) {
        try (StreamSocket socket = StreamSocket.open(protocol)) {
            if (protocol == StreamProtocol.MPTCP) {
                socket.set(SocketOption.SO_RCVBUFFORCE, MULTIPATH_RECEIVE_BYTES);
            }
            socket.set(SocketOption.TCP_NODELAY, 1)
                    .set(SocketOption.SO_KEEPALIVE, 1)
                    .set(SocketOption.TCP_KEEPIDLE, KEEPALIVE_SECONDS)
                    .set(SocketOption.IP_BIND_ADDRESS_NO_PORT, 1)
                    .set(SocketOption.SO_BINDTOIFINDEX, interfaceIndex)
                    .bind(new InetSocketAddress(source, 0));
            if (inSyn.length == 0) {
                socket.connect(remote);
                return new Dialled(socket.release(), 0);
            }
            int taken = socket.connectWithData(remote, inSyn);
            return new Dialled(socket.release(), taken);
        }
    }
}
