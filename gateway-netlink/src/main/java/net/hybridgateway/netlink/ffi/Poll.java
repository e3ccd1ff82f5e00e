package net.hybridgateway.netlink.ffi;

import java.nio.ByteBuffer;

/**
 * Waits until a descriptor is ready or somebody interrupts. The memory for poll(2) is kept between calls, so an object
 * belongs to one thread at a time.
 */
public final class Poll {
    /** {@code sizeof(struct pollfd)}: fd s32, events u16, returned events u16. */
    static final int ENTRY_LENGTH = 8;

    private static final int EVENTS_OFFSET = 4;
    private static final int RETURNED_OFFSET = 6;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final NativeMemory entries = NativeMemory.allocate(2 * ENTRY_LENGTH);

    /** How a wait ended. */
    public enum Outcome {
        /** The descriptor has one of the events, or an error or hang-up, which the next call on it will tell. */
        READY,
        /** The time is over. */
        TIMED_OUT,
        /** The {@link EventFd} was signalled; the descriptor may be ready as well. */
        INTERRUPTED
    }

    /**
     * Waits for {@code events} (POLLIN, POLLOUT) on {@code fd}, or for {@code interrupt}.
     *
     * @param timeoutNanos at most this long, rounded up to a millisecond; 0 to look only, negative to wait for ever
     */
    public Outcome await(int fd, int events, EventFd interrupt, long timeoutNanos) {
        ByteBuffer buffer = entries.buffer();
        put(buffer, 0, fd, events);
        put(buffer, ENTRY_LENGTH, interrupt.fd(), LibC.POLLIN);
        int result = poll(2, timeoutNanos, "fd " + fd);
        if (result == 0) {
            return Outcome.TIMED_OUT;
        }
        return buffer.getShort(ENTRY_LENGTH + RETURNED_OFFSET) != 0 ? Outcome.INTERRUPTED : Outcome.READY;
    }

    /** Waits for {@code events} on {@code fd} as {@link #await(int, int, EventFd, long)}; true if it is ready. */
    public boolean await(int fd, int events, long timeoutNanos) {
        put(entries.buffer(), 0, fd, events);
        return poll(1, timeoutNanos, "fd " + fd) > 0;
    }

    private int poll(int count, long timeoutNanos, String detail) {
        long startNanos = System.nanoTime();
        int result = LibC.tryPoll(entries, count, millis(timeoutNanos));
        while (result == -Errno.EINTR.number()) {
            long left = timeoutNanos < 0 ? -1 : Math.max(0, timeoutNanos - (System.nanoTime() - startNanos));
            result = LibC.tryPoll(entries, count, millis(left));
        }
        if (result < 0) {
            throw new ErrnoException("poll", new Errno(-result), detail);
        }
        return result;
    }

    private static int millis(long nanos) {
        if (nanos < 0) {
            return -1;
        }
        return (int) Math.min(Integer.MAX_VALUE, (nanos / NANOS_PER_MILLI) + (nanos % NANOS_PER_MILLI == 0 ? 0 : 1));
    }

    private static void put(ByteBuffer buffer, int offset, int fd, int events) {
        buffer.putInt(offset, fd)
                .putShort(offset + EVENTS_OFFSET, (short) events)
                .putShort(offset + RETURNED_OFFSET, (short) 0);
    }
}
