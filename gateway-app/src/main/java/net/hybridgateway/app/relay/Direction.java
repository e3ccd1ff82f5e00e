package net.hybridgateway.app.relay;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One way of a {@link Relay}: what is read from one endpoint is written to the other.
 *
 * <p>Back-pressure is the absence of a read: while bytes wait for the reader, or the reader's socket is full, nothing is
 * read, the sender's window closes, and the sender waits.
 *
 * <p>The end of a stream is passed on to Multipath TCP only after all bytes before it were acknowledged. Linux takes no
 * subflow into a connection one of whose ends has said that it is done (mptcp_is_fully_established() wants ESTABLISHED), so
 * with the end right behind the last byte, megabytes that still wait to be sent would be bound to the line on which they
 * began, and a break would lose them.
 */
final class Direction {
    /** Reads in one go before others get their turn: 1 MiB at most. */
    private static final int ROUNDS = 16;

    /**
     * Between two looks at what is acknowledged: no event tells. It delays the end of the stream beyond the round trip that it
     * costs; after some looks the pause doubles, for a line may be away for long.
     */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(8);

    private static final int FIRST_LOOKS = 16;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(128);

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
    private final Runnable again;
    private Duration pause = FIRST_PAUSE;
    private Optional<RelayLoop.Timer> nextLook = Optional.empty();
    private HeldBytes pending;
    private int looks;
    private int byTcpAlone;
    private boolean ended;
    private boolean endPassedOn;
    private long bytes;

    /** @param again lets it be pumped, when there may be more to do that no endpoint tells of */
    Direction(Endpoint from, Endpoint to, Runnable again) {
        this.from = from;
        this.to = to;
        this.again = again;
    }

    /** Bytes that were written to the reader. */
    long bytes() {
        return bytes;
    }

    /** Whether the sender's end of stream was read. */
    boolean hasEnded() {
        return ended;
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
            if (nextLook.isPresent() || waitsForAcknowledgment()) {
                lookAgainLater();
                return Progress.WAITING;
            }
            endPassedOn = true;
            to.shutdownOutput();
        }
        return Progress.DONE;
    }

    /** Twice in a row, for the acknowledgment of one level may come a moment after that of the other. */
    private boolean waitsForAcknowledgment() {
        return switch (to.acknowledgment()) {
            case COMPLETE -> false;
            case AWAITED -> {
                byTcpAlone = 0;
                yield true;
            }
            case BY_TCP_ALONE -> ++byTcpAlone < 2;
        };
    }

    private void lookAgainLater() {
        if (nextLook.isEmpty()) {
            nextLook = Optional.of(to.loop().schedule(this::lookAgain, pause));
            looks++;
            if (looks > FIRST_LOOKS && pause.compareTo(LONGEST_PAUSE) < 0) {
                pause = pause.multipliedBy(2);
            }
        }
    }

    private void lookAgain() {
        nextLook = Optional.empty();
        again.run();
    }

    private boolean writePending() throws IOException {
        if (!to.writable() || !write(pending.content())) {
            return false;
        }
        release();
        return true;
    }

    private void hold(ByteBuf rest) {
        pending = HeldBytes.copyOf(from.loop(), rest);
    }

    /** Gives back what the direction holds; nothing is to be done any more. */
    void drop() {
        nextLook.ifPresent(RelayLoop.Timer::cancel);
        nextLook = Optional.empty();
        release();
    }

    private void release() {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }
}
