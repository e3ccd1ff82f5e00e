package net.hybridgateway.mgmt.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * One client of the control socket: cuts its bytes into request lines and holds the response until it is sent. Holds at
 * most one request and one response: while a response waits to be taken, nothing is read.
 *
 * <p>Belongs to the thread that serves the socket. The channel must not block.
 */
final class ControlSession {
    /** A change of all settings of a house with many rules. */
    static final int MAX_REQUEST_BYTES = 64 * 1024;

    private static final int USUAL_REQUEST_BYTES = 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteChannel channel;
    private final UnaryOperator<String> answer;
    private final long timeoutNanos;
    /** Grows with what really comes. */
    private ByteBuffer request = ByteBuffer.allocate(USUAL_REQUEST_BYTES);

    private ByteBuffer response = NOTHING;
    private long deadlineNanos;
    private boolean closeWhenSent;

    /**
     * @param answer request line to response line, both without line feed
     * @param timeoutNanos how long a request may take, from the first moment it could be sent until its response is taken
     */
    ControlSession(ByteChannel channel, UnaryOperator<String> answer, long nowNanos, long timeoutNanos) {
        this.channel = channel;
        this.answer = answer;
        this.timeoutNanos = timeoutNanos;
        this.deadlineNanos = nowNanos + timeoutNanos;
    }

    /** Refuses a client without reading from it. */
    void refuse(String reason) {
        respond(ControlCommands.error(reason));
        closeWhenSent = true;
    }

    /**
     * Reads and writes what can be read and written now.
     *
     * @return false if the session has ended and the channel is to be closed
     */
    boolean progress(long nowNanos) throws IOException {
        while (true) {
            if (response.hasRemaining()) {
                channel.write(response);
                if (response.hasRemaining()) {
                    return true;
                }
                response = NOTHING;
                deadlineNanos = nowNanos + timeoutNanos;
            }
            if (closeWhenSent) {
                return false;
            }
            if (!answerBufferedLine()) {
                int read = channel.read(request);
                if (read <= 0) {
                    return read == 0;
                }
            }
        }
    }

    /** Whether it waits to write, rather than to read. */
    boolean wantsToWrite() {
        return response.hasRemaining();
    }

    /** The {@link System#nanoTime} at which the client has taken too long. */
    long deadlineNanos() {
        return deadlineNanos;
    }

    private boolean answerBufferedLine() {
        for (int i = 0; i < request.position(); i++) {
            if (request.get(i) == '\n') {
                String line = new String(request.array(), 0, i, StandardCharsets.UTF_8);
                request.flip().position(i + 1);
                request.compact();
                respond(answer.apply(line));
                return true;
            }
        }
        if (!request.hasRemaining() && request.capacity() < MAX_REQUEST_BYTES) {
            request = ByteBuffer.allocate(Math.min(MAX_REQUEST_BYTES, request.capacity() * 4))
                    .put(request.flip());
        }
        if (!request.hasRemaining()) {
            refuse("a request has at most " + MAX_REQUEST_BYTES + " bytes");
            return true;
        }
        return false;
    }

    private void respond(String line) {
        response = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
