package net.hybridgateway.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.EventFd;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.ffi.NativeMemory;
import net.hybridgateway.netlink.ffi.Poll;
import net.hybridgateway.netlink.ffi.SockAddr;

/**
 * A netlink socket of the kernel, in the network namespace of the thread that opens it. The only class that owns a netlink
 * descriptor.
 *
 * <p>The descriptor is closed by whoever leaves last: {@link #close()}, or the thread that close() has just woken in
 * {@link #receive}. So no call can ever hit a descriptor that was closed and given to somebody else.
 */
public final class LinuxNetlinkSocket implements NetlinkSocket {
    private static final int SOL_NETLINK = 270;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVBUFFORCE = 33;
    /** Room for some thousand events; the default is about 200 KiB. */
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
    /** The kernel fills dump datagrams up to the buffer that it sees, but not beyond this. */
    private static final int INITIAL_BYTES = 32 << 10;
    /** More than the kernel puts into one datagram; whatever claims to be longer is not netlink. */
    private static final int MAXIMUM_BYTES = 16 << 20;

    /** What is longer does not fit into nanoseconds; nobody will notice the difference to for ever. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);

    private final int fd;
    private final EventFd closing;
    private final Object receiving = new Object();
    private final Object sending = new Object();
    private final Poll poll = new Poll();
    private final NativeMemory sender = NativeMemory.allocate(SockAddr.STORAGE_LENGTH);
    private NativeMemory received = NativeMemory.allocate(INITIAL_BYTES);
    private NativeMemory sent = NativeMemory.allocate(INITIAL_BYTES);

    private final Object lifecycle = new Object();
    private boolean closed;
    private int users;

    private LinuxNetlinkSocket(int fd) {
        this.fd = fd;
        this.closing = new EventFd();
    }

    /**
     * Opens and binds a socket, and asks for explained errors.
     *
     * @throws NetlinkException if the kernel lacks the protocol or refuses
     */
    public static LinuxNetlinkSocket open(NetlinkProtocol protocol) {
        try {
            int fd = LibC.socket(
                    SockAddr.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, protocol.number());
            try {
                return configure(fd);
            } catch (ErrnoException e) {
                LibC.close(fd);
                throw e;
            }
        } catch (ErrnoException e) {
            throw new NetlinkException("open netlink socket " + protocol, e);
        }
    }

    private static LinuxNetlinkSocket configure(int fd) {
        LibC.bind(fd, new SockAddr.Netlink(0, 0));
        // Since Linux 4.12, 4.3 and 4.20; without them errors are bare and dumps are not filtered, which callers bear.
        LibC.trySetOption(fd, SOL_NETLINK, NetlinkNumbers.NETLINK_EXT_ACK, 1);
        LibC.trySetOption(fd, SOL_NETLINK, NetlinkNumbers.NETLINK_CAP_ACK, 1);
        LibC.trySetOption(fd, SOL_NETLINK, NetlinkNumbers.NETLINK_GET_STRICT_CHK, 1);
        // FORCE passes net.core.rmem_max but needs CAP_NET_ADMIN.
        if (LibC.trySetOption(fd, SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER_BYTES) < 0) {
            LibC.trySetOption(fd, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        }
        return new LinuxNetlinkSocket(fd);
    }

    /**
     * Sets the size of the receive buffer, for a socket that has to stand a burst of events, or a test that wants to lose
     * some. The kernel doubles it and may cap it.
     */
    public LinuxNetlinkSocket receiveBufferBytes(int bytes) {
        enter("set receive buffer");
        try {
            LibC.setOption(fd, SOL_SOCKET, SO_RCVBUF, bytes);
            return this;
        } catch (ErrnoException e) {
            throw new NetlinkException("set receive buffer", e);
        } finally {
            leave();
        }
    }

    @Override
    public void send(ByteBuffer datagram) {
        enter("send");
        try {
            synchronized (sending) {
                int length = datagram.remaining();
                if (sent.capacity() < length) {
                    sent = NativeMemory.allocate(length);
                }
                sent.buffer().put(0, datagram, datagram.position(), length);
                int result = LibC.trySendTo(fd, sent, length, 0, new SockAddr.Netlink(0, 0));
                if (result != length) {
                    Errno errno = result < 0 ? new Errno(-result) : Errno.EMSGSIZE;
                    throw new NetlinkException("send", new ErrnoException("sendto", errno, length + " bytes"));
                }
            }
        } finally {
            leave();
        }
    }

    @Override
    public Optional<ByteBuffer> receive(Duration timeout) {
        enter("receive");
        try {
            synchronized (receiving) {
                return receiveUntil(timeout);
            }
        } finally {
            leave();
        }
    }

    private Optional<ByteBuffer> receiveUntil(Duration timeout) {
        boolean forever = timeout.compareTo(LONGEST_TIMEOUT) > 0;
        long startNanos = System.nanoTime();
        while (true) {
            // The answer to a request is there before it was asked for: the kernel answers while it is being sent.
            Optional<ByteBuffer> datagram = take();
            if (datagram.isPresent()) {
                return datagram;
            }
            long leftNanos = forever ? -1 : Math.max(0, timeout.toNanos() - (System.nanoTime() - startNanos));
            switch (await(leftNanos)) {
                case INTERRUPTED -> throw new NetlinkClosedException("receive");
                case TIMED_OUT -> {
                    return Optional.empty();
                }
                case READY -> {
                    // Taken by the next round.
                }
            }
        }
    }

    private Poll.Outcome await(long timeoutNanos) {
        try {
            return poll.await(fd, LibC.POLLIN, closing, timeoutNanos);
        } catch (ErrnoException e) {
            throw new NetlinkException("receive", e);
        }
    }

    /** Takes a datagram off the queue; empty if there is none after all, or it is not the kernel's. */
    private Optional<ByteBuffer> take() {
        int length = checked(LibC.tryReceive(fd, received, received.capacity(), LibC.MSG_PEEK | LibC.MSG_TRUNC));
        if (length < 0) {
            return Optional.empty();
        }
        if (length > MAXIMUM_BYTES) {
            throw new NetlinkException("receive", "datagram of " + length + " bytes");
        }
        if (length > received.capacity()) {
            received = NativeMemory.allocate(length);
        }
        int stored = checked(LibC.tryReceiveFrom(fd, received, received.capacity(), LibC.MSG_TRUNC, sender));
        // Only one thread receives, so what was peeked at is what is taken; and the kernel is port 0.
        if (stored != length || !isFromKernel()) {
            return Optional.empty();
        }
        ByteBuffer datagram = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        return Optional.of(datagram.put(0, received.buffer(), 0, length));
    }

    private boolean isFromKernel() {
        SockAddr address = SockAddr.decode(sender.buffer().clear(), SockAddr.STORAGE_LENGTH);
        return address instanceof SockAddr.Netlink netlink && netlink.portId() == 0;
    }

    /** Passes on a length, turns "nothing there" into -1 and throws the rest. */
    private static int checked(int result) {
        if (result >= 0) {
            return result;
        }
        Errno errno = new Errno(-result);
        if (errno.equals(Errno.EAGAIN)) {
            return -1;
        }
        if (errno.equals(Errno.ENOBUFS)) {
            throw new EventsLostException();
        }
        throw new NetlinkException("receive", new ErrnoException("recvfrom", errno, ""));
    }

    @Override
    public void joinGroup(int group) {
        setMembership("join group " + group, NetlinkNumbers.NETLINK_ADD_MEMBERSHIP, group);
    }

    @Override
    public void leaveGroup(int group) {
        setMembership("leave group " + group, NetlinkNumbers.NETLINK_DROP_MEMBERSHIP, group);
    }

    private void setMembership(String operation, int option, int group) {
        enter(operation);
        try {
            LibC.setOption(fd, SOL_NETLINK, option, group);
        } catch (ErrnoException e) {
            throw new NetlinkException(operation, e);
        } finally {
            leave();
        }
    }

    private void enter(String operation) {
        synchronized (lifecycle) {
            if (closed) {
                throw new NetlinkClosedException(operation);
            }
            users++;
        }
    }

    private void leave() {
        synchronized (lifecycle) {
            users--;
            if (closed && users == 0) {
                release();
            }
        }
    }

    @Override
    public void close() {
        synchronized (lifecycle) {
            if (closed) {
                return;
            }
            closed = true;
            if (users == 0) {
                release();
            } else {
                closing.signal();
            }
        }
    }

    private void release() {
        LibC.close(fd);
        closing.close();
    }
}
