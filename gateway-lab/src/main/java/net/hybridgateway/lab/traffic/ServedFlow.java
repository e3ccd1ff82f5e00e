package net.hybridgateway.lab.traffic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import net.hybridgateway.lab.net.Pause;

/** The server's part of one flow: what it sends, what arrived, and how it ended. */
final class ServedFlow {
    private static final long UNLIMITED = Long.MAX_VALUE;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final TrafficKind kind;
    private final FlowBytes bytes;
    private final ProgressLog arrivals = new ProgressLog();
    private final CompletableFuture<Long> end = new CompletableFuture<>();
    private volatile boolean unwanted;
    private volatile long bitsPerSecond = UNLIMITED;

    ServedFlow(TrafficKind kind, FlowBytes bytes) {
        this.kind = kind;
        this.bytes = bytes;
    }

    /** What the client sent, when it came. */
    ProgressLog arrivals() {
        return arrivals;
    }

    /** How many bytes the server sent (downloads) or took (the others) until the orderly end; or why there was none. */
    CompletableFuture<Long> end() {
        return end;
    }

    /** Sends no faster than this. */
    void limit(long bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
    }

    /** Nobody waits for its end any more. */
    void giveUp() {
        unwanted = true;
    }

    boolean isUnwanted() {
        return unwanted;
    }

    void serve(BlockingStream stream) {
        try {
            long length =
                    switch (kind) {
                        case DOWNLOAD -> send(stream);
                        case UPLOAD -> receive(stream, false);
                        case ECHO -> receive(stream, true);
                    };
            stream.end();
            end.complete(length);
        } catch (IOException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private long send(BlockingStream stream) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(FlowBytes.BLOCK);
        ByteBuffer word = ByteBuffer.allocate(1);
        long sent = 0;
        while (stream.readNow(word) == 0) {
            bytes.put(sent, block.clear(), FlowBytes.BLOCK);
            block.flip();
            while (block.hasRemaining()) {
                sent += stream.write(block);
            }
            if (bitsPerSecond < UNLIMITED) {
                Pause.of(Duration.ofNanos(FlowBytes.BLOCK * 8 * SECOND_NANOS / bitsPerSecond));
            }
        }
        return sent;
    }

    private long receive(BlockingStream stream, boolean echo) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(FlowBytes.BLOCK);
        long received = 0;
        for (int count = stream.read(block); count >= 0; count = stream.read(block.clear())) {
            if (count > 0) {
                long wrong = bytes.firstWrong(received, block.flip());
                if (wrong >= 0) {
                    throw new IOException("byte " + wrong + " arrived wrong at the server");
                }
                received += count;
                arrivals.add(System.nanoTime(), received);
                if (echo) {
                    stream.writeFully(block);
                }
            }
        }
        return received;
    }
}
