package net.hybridgateway.netlink.ffi;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * An error number of the kernel (include/uapi/asm-generic/errno-base.h and errno.h). Numbers without a name here are
 * kept, so that nothing is lost on the way to a message.
 *
 * @param number the positive error number
 */
public record Errno(int number) {
    private static final Map<Integer, Known> KNOWN = new HashMap<>();

    public static final Errno EPERM = known(1, "EPERM", "operation not permitted");
    public static final Errno ENOENT = known(2, "ENOENT", "no such file or entry");
    public static final Errno ESRCH = known(3, "ESRCH", "no such process or route");
    public static final Errno EINTR = known(4, "EINTR", "interrupted by a signal");
    public static final Errno EIO = known(5, "EIO", "input/output error");
    public static final Errno ENXIO = known(6, "ENXIO", "no such device or address");
    public static final Errno E2BIG = known(7, "E2BIG", "too long");
    public static final Errno EBADF = known(9, "EBADF", "bad file descriptor");
    public static final Errno EAGAIN = known(11, "EAGAIN", "would block");
    public static final Errno ENOMEM = known(12, "ENOMEM", "out of memory");
    public static final Errno EACCES = known(13, "EACCES", "permission denied");
    public static final Errno EFAULT = known(14, "EFAULT", "bad address");
    public static final Errno EBUSY = known(16, "EBUSY", "busy");
    public static final Errno EEXIST = known(17, "EEXIST", "exists already");
    public static final Errno EXDEV = known(18, "EXDEV", "cross-device link");
    public static final Errno ENODEV = known(19, "ENODEV", "no such device");
    public static final Errno ENOTDIR = known(20, "ENOTDIR", "not a directory");
    public static final Errno EISDIR = known(21, "EISDIR", "is a directory");
    public static final Errno EINVAL = known(22, "EINVAL", "invalid argument");
    public static final Errno ENFILE = known(23, "ENFILE", "too many open files in the system");
    public static final Errno EMFILE = known(24, "EMFILE", "too many open files in this process");
    public static final Errno ENOSPC = known(28, "ENOSPC", "no space left");
    public static final Errno EROFS = known(30, "EROFS", "read-only file system");
    public static final Errno EMLINK = known(31, "EMLINK", "too many links");
    public static final Errno EPIPE = known(32, "EPIPE", "broken pipe");
    public static final Errno ERANGE = known(34, "ERANGE", "out of range");
    public static final Errno ENAMETOOLONG = known(36, "ENAMETOOLONG", "name too long");
    public static final Errno ENOSYS = known(38, "ENOSYS", "not implemented by this kernel");
    public static final Errno ELOOP = known(40, "ELOOP", "loop");
    public static final Errno ENODATA = known(61, "ENODATA", "no data");
    public static final Errno EPROTO = known(71, "EPROTO", "protocol error");
    public static final Errno EBADMSG = known(74, "EBADMSG", "bad message");
    public static final Errno EOVERFLOW = known(75, "EOVERFLOW", "value too large");
    public static final Errno ENOTSOCK = known(88, "ENOTSOCK", "not a socket");
    public static final Errno EDESTADDRREQ = known(89, "EDESTADDRREQ", "destination address required");
    public static final Errno EMSGSIZE = known(90, "EMSGSIZE", "message too long");
    public static final Errno EPROTOTYPE = known(91, "EPROTOTYPE", "wrong protocol type for the socket");
    public static final Errno ENOPROTOOPT = known(92, "ENOPROTOOPT", "option not available");
    public static final Errno EPROTONOSUPPORT = known(93, "EPROTONOSUPPORT", "protocol not supported");
    public static final Errno ESOCKTNOSUPPORT = known(94, "ESOCKTNOSUPPORT", "socket type not supported");
    public static final Errno EOPNOTSUPP = known(95, "EOPNOTSUPP", "operation not supported");
    public static final Errno EAFNOSUPPORT = known(97, "EAFNOSUPPORT", "address family not supported");
    public static final Errno EADDRINUSE = known(98, "EADDRINUSE", "address in use");
    public static final Errno EADDRNOTAVAIL = known(99, "EADDRNOTAVAIL", "address not available on this host");
    public static final Errno ENETDOWN = known(100, "ENETDOWN", "network is down");
    public static final Errno ENETUNREACH = known(101, "ENETUNREACH", "network unreachable");
    public static final Errno ENETRESET = known(102, "ENETRESET", "connection dropped by the network");
    public static final Errno ECONNABORTED = known(103, "ECONNABORTED", "connection aborted");
    public static final Errno ECONNRESET = known(104, "ECONNRESET", "connection reset by the peer");
    public static final Errno ENOBUFS = known(105, "ENOBUFS", "no buffer space left");
    public static final Errno EISCONN = known(106, "EISCONN", "already connected");
    public static final Errno ENOTCONN = known(107, "ENOTCONN", "not connected");
    public static final Errno ETIMEDOUT = known(110, "ETIMEDOUT", "timed out");
    public static final Errno ECONNREFUSED = known(111, "ECONNREFUSED", "connection refused");
    public static final Errno EHOSTDOWN = known(112, "EHOSTDOWN", "host is down");
    public static final Errno EHOSTUNREACH = known(113, "EHOSTUNREACH", "host unreachable");
    public static final Errno EALREADY = known(114, "EALREADY", "already in progress");
    public static final Errno EINPROGRESS = known(115, "EINPROGRESS", "in progress");
    public static final Errno ESTALE = known(116, "ESTALE", "stale");
    public static final Errno ECANCELED = known(125, "ECANCELED", "canceled");
    /** Not for user space by its comment, but nf_tables and others let it out: "operation not supported". */
    public static final Errno ENOTSUPP = known(524, "ENOTSUPP", "operation not supported by the kernel");

    private static final Set<Errno> NO_WAY =
            Set.of(ENETUNREACH, EHOSTUNREACH, EHOSTDOWN, ENETDOWN, EADDRNOTAVAIL, ENODEV, EACCES, EPERM);

    private record Known(String name, String text) {}

    public Errno {
        if (number <= 0) {
            throw new IllegalArgumentException("error number must be positive: " + number);
        }
    }

    /** The symbolic name, such as {@code ECONNREFUSED}; {@code errno 133} where there is none here. */
    public String name() {
        Known known = KNOWN.get(number);
        return known == null ? "errno " + number : known.name();
    }

    /** What it means, in a few words; equal to {@link #name()} where that is unknown. */
    public String text() {
        Known known = KNOWN.get(number);
        return known == null ? name() : known.text();
    }

    /** Whether a connection attempt that ends so found no way to the other host, by the word of this one or of the network. */
    public boolean meansNoWay() {
        return NO_WAY.contains(this);
    }

    /** Both, as for a message: {@code ECONNREFUSED (connection refused)}. */
    @Override
    public String toString() {
        Known known = KNOWN.get(number);
        return known == null ? name() : known.name() + " (" + known.text() + ")";
    }

    private static Errno known(int number, String name, String text) {
        if (KNOWN.put(number, new Known(name, text)) != null) {
            throw new IllegalStateException("two names for error number " + number);
        }
        return new Errno(number);
    }
}
