package net.hybridgateway.lab.trial;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.OptionalLong;
import net.hybridgateway.lab.traffic.KnownBytes;

/**
 * One connection of a {@link Crowd}: sends a message now and then, whether the ones before were answered or not, and
 * compares what comes back. Used by the crowd's thread alone.
 */
public final class Voice {
    public static final int MESSAGE_BYTES = 32;

    // Each connection has bytes of its own.
    private static final long ROOM = 1L << 24;

    private final SocketChannel channel;
    private final long firstByte;
    private final byte[] expected = new byte[MESSAGE_BYTES];
    private long sent;
    private long received;
    private long sentBeforeBreak = Long.MAX_VALUE;
    private OptionalLong againNanos = OptionalLong.empty();
    private Optional<String> failure = Optional.empty();

    Voice(SocketChannel channel, int number) {
        this.channel = channel;
        this.firstByte = number * ROOM;
    }

    SocketChannel channel() {
        return channel;
    }

    /** Sends the next message. */
    void speak() {
        if (failure.isPresent()) {
            return;
        }
        byte[] message = new byte[MESSAGE_BYTES];
        KnownBytes.fill(firstByte + sent, message);
        try {
            if (channel.write(ByteBuffer.wrap(message)) != MESSAGE_BYTES) {
                throw new IOException("no room for a few bytes");
            }
            sent += MESSAGE_BYTES;
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Reads what has come. */
    void hear(ByteBuffer buffer, long nowNanos) {
        try {
            if (channel.read(buffer.clear()) < 0) {
                throw new EOFException("the stream ended");
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                check(buffer);
            }
        } catch (IOException e) {
            fail(e);
            return;
        }
        if (againNanos.isEmpty() && received > sentBeforeBreak) {
            againNanos = OptionalLong.of(nowNanos);
        }
    }

    private void check(ByteBuffer buffer) throws IOException {
        int inMessage = (int) (received % MESSAGE_BYTES);
        if (inMessage == 0) {
            KnownBytes.fill(firstByte + received, expected);
        }
        int count = Math.min(buffer.remaining(), MESSAGE_BYTES - inMessage);
        for (int i = 0; i < count; i++) {
            if (buffer.get() != expected[inMessage + i]) {
                throw new IOException("byte " + (received + i) + " is wrong");
            }
        }
        received += count;
    }

    private void fail(IOException e) {
        failure = Optional.of(String.valueOf(e.getMessage()));
        try {
            channel.close();
        } catch (IOException again) {
            e.addSuppressed(again);
        }
    }

    /** The line is broken: from now on, only an answer to what is sent from now on counts as progress. */
    void markBreak() {
        sentBeforeBreak = sent;
    }

    /** When a message sent after the break was answered. */
    OptionalLong againNanos() {
        return againNanos;
    }

    /** Answers come; the last one may be under way. */
    public boolean isAnswered() {
        return received > 0 && sent - received <= MESSAGE_BYTES;
    }

    public Optional<String> failure() {
        return failure;
    }
}
