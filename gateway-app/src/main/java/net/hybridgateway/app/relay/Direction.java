package net.hybridgateway.app.relay;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * One way of a {@link Relay}: what is read from one endpoint is written to the other.
 *
 * <p>Back-pressure is the absence of a read: while bytes wait for the reader, or the reader's socket is full, nothing is
 * read, the sender's window closes, and the sender waits.
 */
final class Direction {
    /** Reads in one go before others get their turn: 1 MiB at most. */
    private static final int ROUNDS = 16;

    /** What a call of {@link #pump} ended with. */
    enum Progress {
        /** Nothing more can be done until epoll says so. */
        WAITING,
        /** There is more to do, but it is the others' turn. */
        YIELDED,
        /** The end of the stream was passed on: this way is over. */
        DONE
    }

    private final Endpoint from;
    private final Endpoint to;
    private HeldBytes pending;
    private boolean ended;
    private boolean endPassedOn;
    private long bytes;

    Direction(Endpoint from, Endpoint to) {
        this.from = from;
        this.to = to;
    }

    /** Bytes that were written to the reader. */
    long bytes() {
        return bytes;
    }

    boolean isDone() {
        return endPassedOn;
    }

    /** Whether bytes wait for the reader. */
    boolean holds() {
        return pending != null;
    }

    /** Puts bytes before everything that is still to be read. The content is copied. */
    void prepend(ByteBuf first) {
        if (pending != null) {
            throw new IllegalStateException("bytes are waiting already");
        }
        if (first.isReadable()) {
            hold(first);
        }
    }

    /** Notes that the sender's end of stream was read by somebody else. */
    void markEnded() {
        ended = true;
    }

    Progress pump() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            if (pending != null && !writePending()) {
                return Progress.WAITING;
            }
            if (ended) {
                return passEndOn();
            }
            if (!from.readable() || !to.writable()) {
                return Progress.WAITING;
            }
            ByteBuf buffer = from.loop().sharedBuffer().clear();
            int n = from.read(buffer);
            if (n == 0) {
                return Progress.WAITING;
            }
            if (n < 0) {
                ended = true;
            } else if (!write(buffer)) {
                hold(buffer);
                return Progress.WAITING;
            }
        }
        return Progress.YIELDED;
    }

    private boolean write(ByteBuf buffer) throws IOException {
        int before = buffer.readableBytes();
        boolean all = to.write(buffer);
        bytes += before - buffer.readableBytes();
        return all;
    }

    private Progress passEndOn() throws IOException {
        if (!endPassedOn) {
            endPassedOn = true;
            to.shutdownOutput();
        }
        return Progress.DONE;
    }

    private boolean writePending() throws IOException {
        if (!to.writable() || !write(pending.content())) {
            return false;
        }
        drop();
        return true;
    }

    private void hold(ByteBuf rest) {
        pending = HeldBytes.copyOf(from.loop(), rest);
    }

    /** Gives back what the direction holds. */
    void drop() {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }
}
