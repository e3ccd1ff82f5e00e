package net.hybridgateway.netlink.ffi;

import static net.hybridgateway.netlink.ffi.NativeFunction.INT;
import static net.hybridgateway.netlink.ffi.NativeFunction.POINTER;
import static net.hybridgateway.netlink.ffi.NativeFunction.SIZE;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Calls of the C library. Methods throw {@link ErrnoException}; those that begin with {@code try} return the negated error
 * number instead of throwing. All may be called from any thread; a {@link NativeMemory} belongs to one thread at a time.
 *
 * <p>Long on purpose: whatever hands an address to C is in this one file.
 */
public final class LibC {
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    /** Or to the type of a socket: its calls return EAGAIN instead of waiting. */
    public static final int SOCK_NONBLOCK = 0x800;
    /** Or to the type of a socket: programs that we start don't inherit it. */
    public static final int SOCK_CLOEXEC = 0x80000;

    public static final int MSG_PEEK = 0x2;
    public static final int MSG_TRUNC = 0x20;
    public static final int MSG_DONTWAIT = 0x40;
    public static final int MSG_NOSIGNAL = 0x4000;
    public static final int MSG_FASTOPEN = 0x20000000;

    public static final int SHUT_RD = 0;
    public static final int SHUT_WR = 1;
    public static final int SHUT_RDWR = 2;

    public static final int POLLIN = 0x1;
    public static final int POLLOUT = 0x4;
    public static final int POLLERR = 0x8;
    public static final int POLLHUP = 0x10;

    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CLOEXEC = 0x80000;

    public static final int CLONE_NEWNET = 0x40000000;

    private static final NativeFunction SOCKET = NativeFunction.returningInt("socket", INT, INT, INT);
    private static final NativeFunction BIND = NativeFunction.returningInt("bind", INT, POINTER, INT);
    private static final NativeFunction CONNECT = NativeFunction.returningInt("connect", INT, POINTER, INT);
    private static final NativeFunction LISTEN = NativeFunction.returningInt("listen", INT, INT);
    private static final NativeFunction ACCEPT4 = NativeFunction.returningInt("accept4", INT, POINTER, POINTER, INT);
    private static final NativeFunction SHUTDOWN = NativeFunction.returningInt("shutdown", INT, INT);
    private static final NativeFunction CLOSE = NativeFunction.returningInt("close", INT);
    private static final NativeFunction SENDTO =
            NativeFunction.returningSize("sendto", INT, POINTER, SIZE, INT, POINTER, INT);
    private static final NativeFunction RECVFROM =
            NativeFunction.returningSize("recvfrom", INT, POINTER, SIZE, INT, POINTER, POINTER);
    private static final NativeFunction READ = NativeFunction.returningSize("read", INT, POINTER, SIZE);
    private static final NativeFunction WRITE = NativeFunction.returningSize("write", INT, POINTER, SIZE);
    private static final NativeFunction SETSOCKOPT =
            NativeFunction.returningInt("setsockopt", INT, INT, INT, POINTER, INT);
    private static final NativeFunction GETSOCKOPT =
            NativeFunction.returningInt("getsockopt", INT, INT, INT, POINTER, POINTER);
    private static final NativeFunction GETSOCKNAME = NativeFunction.returningInt("getsockname", INT, POINTER, POINTER);
    private static final NativeFunction GETPEERNAME = NativeFunction.returningInt("getpeername", INT, POINTER, POINTER);
    private static final NativeFunction POLL = NativeFunction.returningInt("poll", POINTER, SIZE, INT);
    private static final NativeFunction EVENTFD = NativeFunction.returningInt("eventfd", INT, INT);
    private static final NativeFunction OPEN = NativeFunction.returningInt("open", POINTER, INT);
    private static final NativeFunction UNSHARE = NativeFunction.returningInt("unshare", INT);
    private static final NativeFunction SETNS = NativeFunction.returningInt("setns", INT, INT);
    private static final NativeFunction GETEUID = NativeFunction.returningInt("geteuid");

    private static final NativeFunction SETPRIORITY = NativeFunction.returningInt("setpriority", INT, INT, INT);

    private static final int PRIO_PROCESS = 0;
    private static final int THIS_THREAD = 0;
    private static final int ADDRESS_OFFSET = 8;

    /** Per thread: a socklen_t or an int at 0, an address or another int from ADDRESS_OFFSET. */
    private static final ThreadLocal<NativeMemory> SCRATCH =
            ThreadLocal.withInitial(() -> NativeMemory.allocate(ADDRESS_OFFSET + SockAddr.STORAGE_LENGTH));

    private LibC() {}

    /**
     * Opens a socket.
     *
     * @param type SOCK_STREAM and so on, with SOCK_NONBLOCK and SOCK_CLOEXEC as wanted
     * @return the file descriptor
     */
    public static int socket(int family, int type, int protocol) {
        return check(
                SOCKET,
                SOCKET.call(family, type, protocol),
                "(family " + family + ", type 0x" + Integer.toHexString(type) + ", protocol " + protocol + ")");
    }

    public static void bind(int fd, SockAddr address) {
        NativeMemory scratch = SCRATCH.get();
        int length = putAddress(scratch, address);
        int result = BIND.call(fd, scratch.address() + ADDRESS_OFFSET, length);
        if (result < 0) {
            throw failure(BIND, result, "fd " + fd + " to " + address);
        }
    }

    /** Returns 0, or the negated error number, of which EINPROGRESS is the rule for a non-blocking socket. */
    public static int tryConnect(int fd, SockAddr address) {
        NativeMemory scratch = SCRATCH.get();
        int length = putAddress(scratch, address);
        // Not repeated after EINTR: the connection goes on by itself, and a second connect would say EALREADY.
        return CONNECT.call(fd, scratch.address() + ADDRESS_OFFSET, length);
    }

    public static void listen(int fd, int backlog) {
        int result = LISTEN.call(fd, backlog);
        if (result < 0) {
            throw failure(LISTEN, result, "fd " + fd);
        }
    }

    /** Returns the new descriptor, or the negated error number; flags are SOCK_NONBLOCK and SOCK_CLOEXEC. */
    public static int tryAccept(int fd, int flags) {
        int result;
        do {
            result = ACCEPT4.call(fd, 0, 0, flags);
        } while (interrupted(result));
        return result;
    }

    /** Shuts down one direction or both; a connection that the peer has ended already (ENOTCONN) is no error. */
    public static void shutdown(int fd, int how) {
        int result = SHUTDOWN.call(fd, how);
        if (result < 0 && result != -Errno.ENOTCONN.number()) {
            throw failure(SHUTDOWN, result, "fd " + fd);
        }
    }

    /**
     * Closes a descriptor. Errors are not reported, for the descriptor is gone in any case; only EBADF, a mistake of the
     * caller that may hit somebody else's descriptor next time, throws.
     */
    public static void close(int fd) {
        int result = CLOSE.call(fd);
        if (result == -Errno.EBADF.number()) {
            throw failure(CLOSE, result, "fd " + fd);
        }
    }

    /** Sends the first {@code length} bytes; returns how many were taken, or the negated error number. */
    public static int trySend(int fd, NativeMemory data, int length, int flags) {
        return trySendTo(fd, data, length, flags, 0, 0);
    }

    /** As {@link #trySend}, with a destination. */
    public static int trySendTo(int fd, NativeMemory data, int length, int flags, SockAddr to) {
        NativeMemory scratch = SCRATCH.get();
        int addressLength = putAddress(scratch, to);
        return trySendTo(fd, data, length, flags, scratch.address() + ADDRESS_OFFSET, addressLength);
    }

    private static int trySendTo(int fd, NativeMemory data, int length, int flags, long to, int toLength) {
        long address = data.address(length);
        try {
            int result;
            do {
                result = SENDTO.call(fd, address, length, flags, to, toLength);
            } while (interrupted(result));
            return result;
        } finally {
            Reference.reachabilityFence(data);
        }
    }

    /**
     * Receives at most {@code length} bytes to the start of {@code data}. Returns their count, 0 at the end of a stream, or
     * the negated error number. With MSG_TRUNC a datagram's whole length is returned, which may be more than was stored.
     */
    public static int tryReceive(int fd, NativeMemory data, int length, int flags) {
        return tryReceive(fd, data, length, flags, 0, 0);
    }

    /**
     * As {@link #tryReceive(int, NativeMemory, int, int)}; the sender's address is stored at the start of {@code from}, of
     * at least {@link SockAddr#STORAGE_LENGTH} bytes, for {@link SockAddr#decode}.
     */
    public static int tryReceiveFrom(int fd, NativeMemory data, int length, int flags, NativeMemory from) {
        NativeMemory scratch = SCRATCH.get();
        scratch.buffer().putInt(0, SockAddr.STORAGE_LENGTH);
        try {
            return tryReceive(fd, data, length, flags, from.address(SockAddr.STORAGE_LENGTH), scratch.address());
        } finally {
            Reference.reachabilityFence(from);
        }
    }

    private static int tryReceive(int fd, NativeMemory data, int length, int flags, long from, long fromLength) {
        long address = data.address(length);
        try {
            int result;
            do {
                result = RECVFROM.call(fd, address, length, flags, from, fromLength);
            } while (interrupted(result));
            return result;
        } finally {
            Reference.reachabilityFence(data);
        }
    }

    /** Returns the bytes read into the start of {@code data}, 0 at the end, or the negated error number. */
    public static int tryRead(int fd, NativeMemory data, int length) {
        long address = data.address(length);
        try {
            int result;
            do {
                result = READ.call(fd, address, length);
            } while (interrupted(result));
            return result;
        } finally {
            Reference.reachabilityFence(data);
        }
    }

    /** Returns how many of the first {@code length} bytes were written, or the negated error number. */
    public static int tryWrite(int fd, NativeMemory data, int length) {
        long address = data.address(length);
        try {
            int result;
            do {
                result = WRITE.call(fd, address, length);
            } while (interrupted(result));
            return result;
        } finally {
            Reference.reachabilityFence(data);
        }
    }

    /** Sets an option of type int; returns 0 or the negated error number. */
    public static int trySetOption(int fd, int level, int option, int value) {
        NativeMemory scratch = SCRATCH.get();
        scratch.buffer().putInt(0, value);
        return SETSOCKOPT.call(fd, level, option, scratch.address(), Integer.BYTES);
    }

    /** Sets an option to the first {@code length} bytes of {@code value}; returns 0 or the negated error number. */
    public static int trySetOption(int fd, int level, int option, NativeMemory value, int length) {
        try {
            return SETSOCKOPT.call(fd, level, option, value.address(length), length);
        } finally {
            Reference.reachabilityFence(value);
        }
    }

    /** Sets an option of type int. */
    public static void setOption(int fd, int level, int option, int value) {
        int result = trySetOption(fd, level, option, value);
        if (result < 0) {
            throw optionFailure(SETSOCKOPT, result, fd, level, option);
        }
    }

    /** Reads an option of type int. */
    public static int option(int fd, int level, int option) {
        NativeMemory scratch = SCRATCH.get();
        scratch.buffer().putInt(0, Integer.BYTES).putInt(ADDRESS_OFFSET, 0);
        int result = GETSOCKOPT.call(fd, level, option, scratch.address() + ADDRESS_OFFSET, scratch.address());
        if (result < 0) {
            throw optionFailure(GETSOCKOPT, result, fd, level, option);
        }
        return scratch.buffer().getInt(ADDRESS_OFFSET);
    }

    /**
     * Reads an option into the start of {@code value}, {@code length} bytes at most. Some options read {@code value}, too.
     *
     * @return the length that the kernel has written, which older kernels make shorter, or the negated error number
     */
    public static int tryOption(int fd, int level, int option, NativeMemory value, int length) {
        NativeMemory scratch = SCRATCH.get();
        scratch.buffer().putInt(0, length);
        try {
            int result = GETSOCKOPT.call(fd, level, option, value.address(length), scratch.address());
            return result < 0 ? result : scratch.buffer().getInt(0);
        } finally {
            Reference.reachabilityFence(value);
        }
    }

    /** The local address of a socket. */
    public static SockAddr socketName(int fd) {
        return name(GETSOCKNAME, fd);
    }

    /** The address of the peer of a connected socket. */
    public static SockAddr peerName(int fd) {
        return name(GETPEERNAME, fd);
    }

    private static SockAddr name(NativeFunction function, int fd) {
        NativeMemory scratch = SCRATCH.get();
        ByteBuffer buffer = scratch.buffer().putInt(0, SockAddr.STORAGE_LENGTH);
        int result = function.call(fd, scratch.address() + ADDRESS_OFFSET, scratch.address());
        if (result < 0) {
            throw failure(function, result, "fd " + fd);
        }
        return SockAddr.decode(buffer.position(ADDRESS_OFFSET), buffer.getInt(0));
    }

    /**
     * Waits for events. {@code polled} has {@code count} times {@code struct pollfd}: fd s32, events u16, returned events
     * u16. {@link Poll} is the comfortable form.
     *
     * @param timeoutMillis how long to wait, -1 for ever
     * @return how many entries have events, 0 after the time, or the negated error number: EINTR is not retried here
     */
    public static int tryPoll(NativeMemory polled, int count, int timeoutMillis) {
        try {
            return POLL.call(polled.address(Math.multiplyExact(count, Poll.ENTRY_LENGTH)), count, timeoutMillis);
        } finally {
            Reference.reachabilityFence(polled);
        }
    }

    /** Opens an eventfd that neither blocks nor is inherited; {@link EventFd} owns it. */
    static int eventfd() {
        return check(EVENTFD, EVENTFD.call(0, SOCK_NONBLOCK | SOCK_CLOEXEC), "");
    }

    /** Opens an existing file. */
    public static int open(Path file, int flags) {
        byte[] name = file.toString().getBytes(StandardCharsets.UTF_8);
        NativeMemory memory = NativeMemory.allocate(name.length + 1);
        memory.buffer().put(0, name);
        try {
            return check(OPEN, OPEN.call(memory.address(), flags), file.toString());
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    /** Gives the calling thread a new namespace of each kind in {@code flags}, such as {@link #CLONE_NEWNET}. */
    public static void unshare(int flags) {
        check(UNSHARE, UNSHARE.call(flags), "0x" + Integer.toHexString(flags));
    }

    /** Moves the calling thread into the namespace behind {@code fd}. */
    public static void setns(int fd, int kind) {
        check(SETNS, SETNS.call(fd, kind), "fd " + fd);
    }

    /**
     * Sets the nice value of the calling thread, and of no other (setpriority(2)); returns 0 or the negated error number.
     *
     * @param nice -20, the largest share of the processor, to 19; below what it is, CAP_SYS_NICE is needed
     */
    public static int trySetNice(int nice) {
        return SETPRIORITY.call(PRIO_PROCESS, THIS_THREAD, nice);
    }

    /** The effective user: 0 is root. */
    public static int effectiveUserId() {
        return GETEUID.call();
    }

    private static int putAddress(NativeMemory scratch, SockAddr address) {
        return address.encode(scratch.buffer().clear().position(ADDRESS_OFFSET));
    }

    private static boolean interrupted(int result) {
        return result == -Errno.EINTR.number();
    }

    private static int check(NativeFunction function, int result, String detail) {
        if (result < 0) {
            throw failure(function, result, detail);
        }
        return result;
    }

    private static ErrnoException optionFailure(NativeFunction function, int result, int fd, int level, int option) {
        return failure(function, result, "fd " + fd + " level " + level + " option " + option);
    }

    private static ErrnoException failure(NativeFunction function, int result, String detail) {
        return new ErrnoException(function.name(), new Errno(-result), detail);
    }
}
