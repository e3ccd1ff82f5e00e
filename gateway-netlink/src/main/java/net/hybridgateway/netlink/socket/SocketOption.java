package net.hybridgateway.netlink.socket;

import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.LibC;

/**
 * Socket options whose value is an int, by the names of socket(7), tcp(7), ip(7) and ipv6(7). All of them work on MPTCP
 * sockets as well; that TCP_USER_TIMEOUT, TCP_SYNCNT and TCP_QUICKACK are missing is no oversight: those don't.
 */
public enum SocketOption {
    SO_REUSEADDR(Level.SOCKET, 2),
    /** Bytes; the kernel doubles it and keeps it under net.core.wmem_max. */
    SO_SNDBUF(Level.SOCKET, 7),
    /** Bytes; the kernel doubles it and keeps it under net.core.rmem_max. */
    SO_RCVBUF(Level.SOCKET, 8),
    SO_KEEPALIVE(Level.SOCKET, 9),
    SO_PRIORITY(Level.SOCKET, 12),
    /** The firewall mark of its packets, inherited by later subflows; needs CAP_NET_ADMIN. */
    SO_MARK(Level.SOCKET, 36),
    /** As SO_RCVBUF, but net.core.rmem_max does not limit it; needs CAP_NET_ADMIN. Read as SO_RCVBUF. */
    SO_RCVBUFFORCE(Level.SOCKET, 33, 8),
    /** The index of the only device to use; before connect it binds the initial subflow alone. 0 unbinds. */
    SO_BINDTOIFINDEX(Level.SOCKET, 62),
    IP_FREEBIND(Level.IP, 15),
    /** Accept connections to, or bind to, addresses of others; needs CAP_NET_ADMIN. */
    IP_TRANSPARENT(Level.IP, 19),
    IP_BIND_ADDRESS_NO_PORT(Level.IP, 24),
    IPV6_V6ONLY(Level.IPV6, 26),
    /** As IP_TRANSPARENT, of which it sets the same bit. */
    IPV6_TRANSPARENT(Level.IPV6, 75),
    TCP_NODELAY(Level.TCP, 1),
    /** Seconds without traffic before the first keepalive. */
    TCP_KEEPIDLE(Level.TCP, 4),
    /** Seconds between keepalives. */
    TCP_KEEPINTVL(Level.TCP, 5),
    /** Keepalives without an answer before the connection fails. */
    TCP_KEEPCNT(Level.TCP, 6),
    TCP_DEFER_ACCEPT(Level.TCP, 9),
    /** Of a listener: how many connections with data in the SYN may wait for their third ACK. */
    TCP_FASTOPEN(Level.TCP, 23),
    /** Bytes that are not yet sent, above which the socket is not writable. */
    TCP_NOTSENT_LOWAT(Level.TCP, 25),
    /** Lets connect wait for the first write, whose data goes into the SYN. */
    TCP_FASTOPEN_CONNECT(Level.TCP, 30),
    /** Data in the SYN without a cookie: of a listener, accept it. */
    TCP_FASTOPEN_NO_COOKIE(Level.TCP, 34);

    private static final class Level {
        static final int IP = 0;
        static final int SOCKET = 1;
        static final int TCP = 6;
        static final int IPV6 = 41;

        private Level() {}
    }

    private final int level;
    private final int number;
    private final int numberToRead;

    SocketOption(int level, int number) {
        this(level, number, number);
    }

    SocketOption(int level, int number, int numberToRead) {
        this.level = level;
        this.number = number;
        this.numberToRead = numberToRead;
    }

    /**
     * Sets the option.
     *
     * @throws ErrnoException naming the option and its value
     */
    public void set(int fd, int value) {
        int result = trySet(fd, value);
        if (result < 0) {
            throw new ErrnoException("setsockopt", new Errno(-result), name() + "=" + value + " on fd " + fd);
        }
    }

    /** Sets the option; returns 0 or the negated error number. */
    int trySet(int fd, int value) {
        return LibC.trySetOption(fd, level, number, value);
    }

    /**
     * Reads the option.
     *
     * @throws ErrnoException naming the option
     */
    public int of(int fd) {
        try {
            return LibC.option(fd, level, numberToRead);
        } catch (ErrnoException e) {
            throw new ErrnoException("getsockopt", e.errno(), name() + " of fd " + fd);
        }
    }
}
