package net.hybridgateway.netlink.namespace;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import net.hybridgateway.netlink.ffi.LibC;

/**
 * A handle on a network namespace, which lives at least as long as the handle is open, a thread is in it, a socket was
 * opened in it, or it is mounted under a name.
 *
 * <p>Changing the namespace changes that of the calling thread alone (setns(2)). Threads and processes that it starts
 * while inside inherit the namespace and <em>keep</em> it when the thread goes back; so start no thread of a shared pool
 * inside. Sockets keep the namespace in which they were opened, whichever thread uses them. {@code /proc/sys/net} follows
 * the calling thread, {@code /proc/net} follows the main thread of the process: read {@code /proc/thread-self/net}.
 *
 * <p>Creating and entering need CAP_SYS_ADMIN. Every method may throw
 * {@link net.hybridgateway.netlink.ffi.ErrnoException}. A handle may be used from any thread.
 */
public final class NetworkNamespace implements AutoCloseable {
    private static final Path OF_CALLING_THREAD = Path.of("/proc/thread-self/ns/net");
    private static final Path NAMED = Path.of("/var/run/netns");

    private final int fd;
    private final String origin;

    private NetworkNamespace(int fd, String origin) {
        this.fd = fd;
        this.origin = origin;
    }

    /** The namespace that the calling thread is in. */
    public static NetworkNamespace current() {
        return open(OF_CALLING_THREAD);
    }

    /**
     * The namespace behind a file.
     *
     * @param file {@code /var/run/netns/NAME} or {@code /proc/PID/ns/net}
     */
    public static NetworkNamespace open(Path file) {
        return new NetworkNamespace(LibC.open(file, LibC.O_RDONLY | LibC.O_CLOEXEC), file.toString());
    }

    /** The namespace that {@code ip netns} calls {@code name}. */
    public static NetworkNamespace named(String name) {
        return open(NAMED.resolve(name));
    }

    /**
     * Makes a namespace without a name, whose only device, lo, is down. The calling thread stays where it is: see
     * {@link #enter()}.
     */
    public static NetworkNamespace create() {
        try (NetworkNamespace before = current()) {
            LibC.unshare(LibC.CLONE_NEWNET);
            try {
                return new NetworkNamespace(
                        LibC.open(OF_CALLING_THREAD, LibC.O_RDONLY | LibC.O_CLOEXEC), "new network namespace");
            } finally {
                before.moveCallingThreadHere();
            }
        }
    }

    /** Moves the calling thread into this namespace until the result is closed, on the same thread. */
    public Stay enter() {
        NetworkNamespace before = current();
        try {
            moveCallingThreadHere();
        } catch (RuntimeException e) {
            before.close();
            throw e;
        }
        return new Stay(before);
    }

    /** Calls {@code task} on the calling thread inside this namespace. */
    public <T> T run(Callable<T> task) throws Exception {
        Stay inside = enter();
        try {
            return task.call();
        } finally {
            inside.close();
        }
    }

    /**
     * A path to the namespace, for other programs while the handle is open: {@code ip link set eth0 netns PATH}. It can't be
     * opened by those who may not look into this process.
     */
    public Path path() {
        return Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd", Integer.toString(fd));
    }

    /** Gives the handle back; threads inside stay. */
    @Override
    public void close() {
        LibC.close(fd);
    }

    @Override
    public String toString() {
        return origin;
    }

    private void moveCallingThreadHere() {
        LibC.setns(fd, LibC.CLONE_NEWNET);
    }

    /** The calling thread's stay in a namespace. */
    public static final class Stay implements AutoCloseable {
        private final NetworkNamespace before;
        private final Thread thread = Thread.currentThread();

        private Stay(NetworkNamespace before) {
            this.before = before;
        }

        /**
         * Takes the thread back to where it came from.
         *
         * @throws IllegalStateException on another thread than the one that entered
         */
        @Override
        public void close() {
            if (Thread.currentThread() != thread) {
                throw new IllegalStateException(thread.getName() + " entered the namespace, "
                        + Thread.currentThread().getName() + " can't leave it");
            }
            try {
                before.moveCallingThreadHere();
            } finally {
                before.close();
            }
        }
    }
}
