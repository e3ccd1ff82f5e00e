package net.hybridgateway.lab.traffic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.socket.SocketOption;
import net.hybridgateway.netlink.socket.SocketQuery;
import net.hybridgateway.netlink.socket.StreamSocket;

/**
 * A stream socket for a thread of its own: waits where the socket can't go on, and looks now and then whether it is still
 * wanted. Nobody else touches the socket, so no descriptor is closed under a system call and used again.
 */
final class BlockingStream implements AutoCloseable {
    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    private final StreamSocket socket;
    private BooleanSupplier unwanted;
    private boolean ended;
    private boolean endSeen;

    BlockingStream(StreamSocket socket, BooleanSupplier unwanted) {
        this.socket = socket.set(SocketOption.TCP_NODELAY, 1);
        this.unwanted = unwanted;
    }

    /** From now on, this says when the stream is wanted no more: waiting then ends with an exception. */
    void giveUpWhen(BooleanSupplier condition) {
        unwanted = condition;
    }

    /** Connects, or says why not. */
    void connect(InetSocketAddress remote, Duration patience) throws IOException {
        socket.connect(remote);
        long deadline = System.nanoTime() + patience.toNanos();
        while (!socket.awaitWritable(LOOK_NANOS)) {
            checkWanted();
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("no connection to " + remote + " in " + patience.toSeconds() + " s");
            }
        }
        Errno error = SocketQuery.error(socket.fd()).orElse(null);
        if (error != null) {
            throw new IOException("no connection to " + remote + ": " + error);
        }
    }

    /** Writes what the socket takes, after waiting for room; 0 if there was none for a while. */
    int write(ByteBuffer source) throws IOException {
        checkWanted();
        return socket.awaitWritable(LOOK_NANOS) ? socket.write(source) : 0;
    }

    void writeFully(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            write(source);
        }
    }

    /** Waits for bytes, but not for ever, and reads them; 0 if none came, -1 at the end of the stream. */
    int read(ByteBuffer target) throws IOException {
        return read(target, LOOK_NANOS);
    }

    /** As {@link #read(ByteBuffer)}, but waits for no longer than this. */
    int read(ByteBuffer target, long patienceNanos) throws IOException {
        checkWanted();
        return socket.awaitReadable(Math.min(patienceNanos, LOOK_NANOS)) ? readNow(target) : 0;
    }

    /** Reads what is there without waiting; 0 if nothing is, -1 at the end of the stream. */
    int readNow(ByteBuffer target) {
        int count = socket.read(target);
        endSeen |= count < 0;
        return count;
    }

    void readFully(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (read(target) < 0) {
                throw new IOException("the stream ended " + target.remaining() + " bytes too early");
            }
        }
    }

    /** Ends the stream to the peer. */
    void end() {
        ended = true;
        socket.shutdownOutput();
    }

    private void checkWanted() throws IOException {
        if (unwanted.getAsBoolean()) {
            throw new IOException("given up");
        }
    }

    /** Resets the connection, unless both have ended their streams. */
    @Override
    public void close() {
        if (!ended || !endSeen) {
            socket.resetOnClose();
        }
        socket.close();
    }
}
