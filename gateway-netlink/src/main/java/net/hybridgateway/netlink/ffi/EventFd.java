package net.hybridgateway.netlink.ffi;

/**
 * Wakes a thread that waits in {@link Poll}. Once signalled it stays so until {@link #reset()}.
 *
 * <p>{@link #signal()} may be called from any thread, but not after {@link #close()}: whoever closes it makes sure that
 * nobody waits or signals any more.
 */
public final class EventFd implements AutoCloseable {
    private static final int COUNTER_LENGTH = 8;
    private static final ThreadLocal<NativeMemory> COUNTER =
            ThreadLocal.withInitial(() -> NativeMemory.allocate(COUNTER_LENGTH));

    private final int fd = LibC.eventfd();

    int fd() {
        return fd;
    }

    /** Wakes the waiting thread now or, if none waits, when it next wants to. */
    public void signal() {
        NativeMemory one = COUNTER.get();
        one.buffer().putLong(0, 1);
        int written = LibC.tryWrite(fd, one, COUNTER_LENGTH);
        if (written < 0 && written != -Errno.EAGAIN.number()) { // EAGAIN: signalled 2^64 - 2 times already
            throw new ErrnoException("write", new Errno(-written), "eventfd " + fd);
        }
    }

    /** Forgets the signals so far. */
    public void reset() {
        int read = LibC.tryRead(fd, COUNTER.get(), COUNTER_LENGTH);
        if (read < 0 && read != -Errno.EAGAIN.number()) { // EAGAIN: there were none
            throw new ErrnoException("read", new Errno(-read), "eventfd " + fd);
        }
    }

    @Override
    public void close() {
        LibC.close(fd);
    }
}
