package net.hybridgateway.netlink.socket;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.ffi.NativeMemory;
import net.hybridgateway.netlink.ffi.Poll;
import net.hybridgateway.netlink.ffi.SockAddr;

/**
 * Owns the descriptor of a TCP or MPTCP socket until {@link #release()} or {@link #close()}.
 *
 * <p>Sockets are of family AF_INET6, dual-stack, non-blocking and not inherited by programs. An IPv4 address becomes a
 * v4-mapped one: only so may an MPTCP connection have IPv4 and IPv6 subflows side by side. Failures are
 * {@link ErrnoException}s that name the call, the option and the address. Not thread-safe.
 */
public final class StreamSocket implements AutoCloseable {
    private static final int SOL_SOCKET = 1;
    private static final int SO_LINGER = 13;
    private static final int SO_BINDTODEVICE = 25;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_CONGESTION = 13;
    private static final int LONGEST_DEVICE_NAME = 15;
    private static final int TRANSFER_LENGTH = 16 * 1024;
    private static final int RELEASED = -1;

    private static final ThreadLocal<NativeMemory> TRANSFER =
            ThreadLocal.withInitial(() -> NativeMemory.allocate(TRANSFER_LENGTH));

    private int fd;

    private StreamSocket(int fd) {
        this.fd = fd;
    }

    /** Opens a socket in the network namespace of the calling thread. */
    public static StreamSocket open(StreamProtocol protocol) {
        return new StreamSocket(LibC.socket(
                SockAddr.AF_INET6, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, protocol.number()));
    }

    /** The descriptor, which stays ours. */
    public int fd() {
        if (fd == RELEASED) {
            throw new IllegalStateException("socket is closed or released");
        }
        return fd;
    }

    /** Hands the descriptor to the caller, who now must close it; this object is of no use any more. */
    public int release() {
        int released = fd();
        fd = RELEASED;
        return released;
    }

    /** Sets an option; returns this. */
    public StreamSocket set(SocketOption option, int value) {
        option.set(fd(), value);
        return this;
    }

    /**
     * Lets a listener accept, or a client use, addresses that are not of this host (IP_TRANSPARENT for both families); needs
     * CAP_NET_ADMIN.
     */
    public StreamSocket transparent() {
        return set(SocketOption.IP_TRANSPARENT, 1).set(SocketOption.IPV6_TRANSPARENT, 1);
    }

    /**
     * Binds the socket to a device (SO_BINDTODEVICE): of an MPTCP socket, the initial subflow.
     *
     * @throws IllegalArgumentException if no device can have such a name
     */
    public StreamSocket bindToDevice(String device) {
        byte[] name = device.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || name.length > LONGEST_DEVICE_NAME) {
            throw new IllegalArgumentException("not a device name: \"" + device + "\"");
        }
        return set("SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, name, device);
    }

    /** Sets the congestion control, such as {@code cubic} (TCP_CONGESTION). */
    public StreamSocket congestionControl(String algorithm) {
        byte[] name = algorithm.getBytes(StandardCharsets.UTF_8);
        return set("TCP_CONGESTION", IPPROTO_TCP, TCP_CONGESTION, name, algorithm);
    }

    /**
     * Makes close send a reset and drop what is not yet sent (SO_LINGER with a time of 0); on an MPTCP connection the peer
     * gets an MP_FASTCLOSE.
     */
    public StreamSocket resetOnClose() {
        byte[] onWithoutTime = new byte[2 * Integer.BYTES];
        ByteBuffer.wrap(onWithoutTime).order(TRANSFER.get().buffer().order()).putInt(1);
        return set("SO_LINGER", SOL_SOCKET, SO_LINGER, onWithoutTime, "0 s");
    }

    private StreamSocket set(String name, int level, int option, byte[] value, String shown) {
        NativeMemory memory = NativeMemory.allocate(value.length);
        memory.buffer().put(0, value);
        int result = LibC.trySetOption(fd(), level, option, memory, value.length);
        if (result < 0) {
            throw new ErrnoException("setsockopt", new Errno(-result), name + "=" + shown + " on fd " + fd);
        }
        return this;
    }

    /** Binds to a local address and port; the wildcard address and port 0 leave the choice to the kernel. */
    public StreamSocket bind(InetSocketAddress local) {
        LibC.bind(fd(), SockAddr.dualStack(local));
        return this;
    }

    /**
     * Starts to connect. The connection may be established already on return, else the socket becomes writable when it is,
     * or failed: see {@link SocketQuery#error}.
     */
    public void connect(InetSocketAddress remote) {
        SockAddr address = SockAddr.dualStack(remote);
        int result = LibC.tryConnect(fd(), address);
        if (result < 0 && result != -Errno.EINPROGRESS.number()) {
            throw new ErrnoException("connect", new Errno(-result), "fd " + fd + " to " + address);
        }
    }

    /**
     * Starts to connect with {@code data} in the SYN (TCP Fast Open, RFC 7413), as far as it fits and the kernel agrees. The
     * sysctl net.ipv4.tcp_fastopen must have bit 0; without bit 2 the kernel first asks the peer for a cookie with an empty
     * SYN and takes no data.
     *
     * <p>Whether the peer has taken the data is known when the connection is established: see
     * {@link TcpInfo#synDataAcknowledged()}. If it has not, the kernel sends it again by itself, and an MPTCP connection
     * has become plain TCP by then.
     *
     * @return how many bytes the kernel took, maybe 0; the caller writes the rest once the connection is established
     * @throws ErrnoException TCP_FASTOPEN_CONNECT with EOPNOTSUPP where the sysctl forbids it
     */
    public int connectWithData(InetSocketAddress remote, byte[] data) {
        set(SocketOption.TCP_FASTOPEN_CONNECT, 1);
        SockAddr address = SockAddr.dualStack(remote);
        int connected = LibC.tryConnect(fd(), address);
        if (connected == -Errno.EINPROGRESS.number()) {
            return 0; // the kernel wants a cookie first
        }
        if (connected < 0) {
            throw new ErrnoException("connect", new Errno(-connected), "fd " + fd + " to " + address);
        }
        // 0: the SYN waits for this write (or a peer on this host has answered an empty one already, which is as good).
        int written = tryWrite(ByteBuffer.wrap(data));
        if (written == -Errno.EINPROGRESS.number() || written == -Errno.EAGAIN.number()) {
            return 0;
        }
        if (written < 0) {
            throw new ErrnoException(
                    "send", new Errno(-written), data.length + " bytes in the SYN of fd " + fd + " to " + address);
        }
        return written;
    }

    /** Listens; the backlog is limited by net.core.somaxconn. */
    public StreamSocket listen(int backlog) {
        LibC.listen(fd(), backlog);
        return this;
    }

    /**
     * Lets a listener take data in SYNs even without a cookie, as RFC 8803 deployments do; net.ipv4.tcp_fastopen must have
     * bit 1.
     *
     * @param queueLength how many such connections may wait for their third ACK
     */
    public StreamSocket acceptSynData(int queueLength) {
        return set(SocketOption.TCP_FASTOPEN, queueLength).set(SocketOption.TCP_FASTOPEN_NO_COOKIE, 1);
    }

    /** Takes a connection from a listener, if there is one. */
    public Optional<StreamSocket> accept() {
        int accepted = LibC.tryAccept(fd(), LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC);
        if (accepted == -Errno.EAGAIN.number()) {
            return Optional.empty();
        }
        if (accepted < 0) {
            throw new ErrnoException("accept4", new Errno(-accepted), "fd " + fd);
        }
        return Optional.of(new StreamSocket(accepted));
    }

    /** Writes from the buffer's position; returns the bytes taken, 0 if the socket is full or not yet connected. */
    public int write(ByteBuffer source) {
        int written = tryWrite(source);
        if (written == -Errno.EAGAIN.number()) {
            return 0;
        }
        if (written < 0) {
            throw new ErrnoException("send", new Errno(-written), "fd " + fd);
        }
        return written;
    }

    private int tryWrite(ByteBuffer source) {
        NativeMemory memory = TRANSFER.get();
        int length = Math.min(source.remaining(), TRANSFER_LENGTH);
        memory.buffer().put(0, source, source.position(), length);
        int written = LibC.trySend(fd(), memory, length, LibC.MSG_NOSIGNAL);
        source.position(source.position() + Math.max(0, written));
        return written;
    }

    /** Reads to the buffer's position; returns the bytes read, 0 if there are none yet, -1 at the end of the stream. */
    public int read(ByteBuffer target) {
        NativeMemory memory = TRANSFER.get();
        int length = Math.min(target.remaining(), TRANSFER_LENGTH);
        int read = LibC.tryReceive(fd(), memory, length, 0);
        if (read == -Errno.EAGAIN.number()) {
            return 0;
        }
        if (read < 0) {
            throw new ErrnoException("recv", new Errno(-read), "fd " + fd);
        }
        target.put(memory.buffer().duplicate().position(0).limit(read));
        return read == 0 && length > 0 ? -1 : read;
    }

    /** Ends the stream to the peer; reading goes on. */
    public void shutdownOutput() {
        LibC.shutdown(fd(), LibC.SHUT_WR);
    }

    /** Blocks until reading gives data, the end or an error; or until the time is over: then returns false. */
    public boolean awaitReadable(long timeoutNanos) {
        return new Poll().await(fd(), LibC.POLLIN, timeoutNanos);
    }

    /** Blocks until the socket takes data or has failed, so also until it is connected; false when the time is over. */
    public boolean awaitWritable(long timeoutNanos) {
        return new Poll().await(fd(), LibC.POLLOUT, timeoutNanos);
    }

    /** The local address; of a connection taken from a transparent listener, the original destination. */
    public InetSocketAddress localAddress() {
        return LibC.socketName(fd()).inet();
    }

    /** The address of the peer. */
    public InetSocketAddress remoteAddress() {
        return LibC.peerName(fd()).inet();
    }

    /** Closes the descriptor, unless it was released; a second call does nothing. */
    @Override
    public void close() {
        if (fd != RELEASED) {
            LibC.close(release());
        }
    }

    @Override
    public String toString() {
        return fd == RELEASED ? "released socket" : "socket fd " + fd;
    }
}
