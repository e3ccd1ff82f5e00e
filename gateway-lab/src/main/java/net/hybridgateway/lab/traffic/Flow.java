package net.hybridgateway.lab.traffic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;

/**
 * One connection with traffic on it, from its start until {@link #finish} or {@link #close}. Every byte is compared with
 * what it must be when it arrives; the first wrong one ends the flow.
 */
public final class Flow implements AutoCloseable {
    /** Between two messages of an echo. */
    public static final Duration ECHO_INTERVAL = Duration.ofMillis(50);

    /** How long a message of an echo is. */
    public static final int ECHO_BYTES = 32;

    private static final Duration CONNECT = Duration.ofSeconds(30);

    private final TrafficKind kind;
    private final TrafficServer server;
    private final long number;
    private final FlowBytes bytes;
    private final ServedFlow served;
    private final ProgressLog replies = new ProgressLog();
    private final long startNanos = System.nanoTime();
    private final CompletableFuture<Long> end = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean finishing;
    private volatile boolean closed;

    private Flow(TrafficServer server, TrafficKind kind, StreamSocket socket, InetSocketAddress address) {
        this.kind = kind;
        this.server = server;
        this.number = TrafficServer.nextFlow();
        this.bytes = new FlowBytes(number);
        this.served = new ServedFlow(kind, new FlowBytes(number));
        this.thread = new Thread(() -> run(socket, address), "traffic-" + kind);
        thread.setDaemon(true);
    }

    /**
     * Starts a flow; connecting goes on meanwhile.
     *
     * @param server where it goes
     * @param host where it comes from
     * @param address the server's, as the host knows it
     */
    public static Flow start(
            TrafficServer server, Node host, StreamProtocol protocol, String address, TrafficKind kind) {
        StreamSocket socket = host.call(() -> StreamSocket.open(protocol));
        return start(server, socket, address, kind);
    }

    /**
     * As {@link #start(TrafficServer, Node, StreamProtocol, String, TrafficKind)}, with a socket that was prepared before: for
     * example, bound to a device.
     *
     * @param socket is the flow's from now on
     */
    public static Flow start(TrafficServer server, StreamSocket socket, String address, TrafficKind kind) {
        Flow flow = new Flow(server, kind, socket, new InetSocketAddress(address, server.port()));
        server.expect(flow.number, flow.served);
        flow.thread.start();
        return flow;
    }

    public TrafficKind kind() {
        return kind;
    }

    /** When {@link #start} was called. */
    public long startNanos() {
        return startNanos;
    }

    /** Arrivals, at the end where this kind of traffic is measured: {@link TrafficKind}. */
    public ProgressLog progress() {
        return kind == TrafficKind.UPLOAD ? served.arrivals() : replies;
    }

    /** Waits until so many bytes have arrived; false if they don't in time, or the flow ends before. */
    public boolean awaitBytes(long count, Duration timeout) {
        Pause.until(timeout, () -> progress().bytes() >= count || end.isDone());
        return progress().bytes() >= count;
    }

    /** Why the flow ended before its time; nothing while it runs, and after an orderly end. */
    public Optional<String> failure() {
        Optional<String> ofClient = reason(end);
        return ofClient.isPresent() ? ofClient : reason(served.end());
    }

    private static Optional<String> reason(CompletableFuture<Long> end) {
        if (!end.isCompletedExceptionally()) {
            return Optional.empty();
        }
        try {
            end.getNow(0L);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        }
    }

    /** From now on, the server of a download sends no faster than this, in bits per second; more than 0. */
    public void limit(long bitsPerSecond) {
        served.limit(bitsPerSecond);
    }

    /** Asks for the end: the sender stops, what is under way still arrives. {@link #finish} waits for that. */
    public void stop() {
        finishing = true;
    }

    /**
     * Lets the flow come to its end and gives its length in bytes.
     *
     * @throws LabException if it does not come to an end in time, if it died before, or if its ends don't agree
     */
    public long finish(Duration timeout) {
        stop();
        long deadline = System.nanoTime() + timeout.toNanos();
        long atClient = await(end, deadline);
        long atServer = await(served.end(), deadline);
        if (atClient != atServer) {
            throw new LabException(this + ": " + atClient + " bytes at the client, " + atServer + " at the server");
        }
        return atClient;
    }

    private long await(CompletableFuture<Long> side, long deadline) {
        try {
            return side.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        } catch (ExecutionException e) {
            throw new LabException(this + ": " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new LabException(
                    this + " does not come to its end, " + progress().bytes() + " bytes arrived", e);
        }
    }

    /** Resets the connection, unless it has come to its end; nobody waits for what is under way. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.forget(number);
    }

    @Override
    public String toString() {
        return "flow " + number + " (" + kind + ")";
    }

    private void run(StreamSocket socket, InetSocketAddress address) {
        try (BlockingStream stream = new BlockingStream(socket, () -> closed)) {
            stream.connect(address, CONNECT);
            stream.writeFully(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
            end.complete(
                    switch (kind) {
                        case DOWNLOAD -> download(stream);
                        case UPLOAD -> upload(stream);
                        case ECHO -> echo(stream);
                    });
        } catch (IOException | ErrnoException e) {
            end.completeExceptionally(e);
        }
    }

    private long download(BlockingStream stream) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(FlowBytes.BLOCK);
        boolean asked = false;
        while (stream.read(block.clear()) >= 0) {
            take(block);
            if (finishing && !asked) {
                stream.end();
                asked = true;
            }
        }
        if (!asked) {
            throw new IOException("the server ended the stream");
        }
        return replies.bytes();
    }

    private long upload(BlockingStream stream) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(FlowBytes.BLOCK);
        long sent = 0;
        while (!finishing) {
            bytes.put(sent, block.clear(), FlowBytes.BLOCK);
            block.flip();
            while (block.hasRemaining()) {
                sent += stream.write(block);
            }
        }
        stream.end();
        awaitEnd(stream, block);
        return sent;
    }

    private long echo(BlockingStream stream) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(ECHO_BYTES);
        ByteBuffer block = ByteBuffer.allocate(FlowBytes.BLOCK);
        long sent = 0;
        long nextNanos = System.nanoTime();
        while (!finishing) {
            bytes.put(sent, message.clear(), ECHO_BYTES);
            stream.writeFully(message.flip());
            sent += ECHO_BYTES;
            nextNanos += ECHO_INTERVAL.toNanos();
            for (long left = nextNanos - System.nanoTime(); left > 0; left = nextNanos - System.nanoTime()) {
                if (stream.read(block.clear(), left) < 0) {
                    throw new IOException("the server ended the stream");
                }
                take(block);
            }
        }
        stream.end();
        while (stream.read(block.clear()) >= 0) {
            take(block);
        }
        if (replies.bytes() != sent) {
            throw new IOException(replies.bytes() + " of " + sent + " bytes came back");
        }
        return sent;
    }

    /** Notes and checks what was read. */
    private void take(ByteBuffer block) throws IOException {
        block.flip();
        if (!block.hasRemaining()) {
            return;
        }
        long wrong = bytes.firstWrong(replies.bytes(), block);
        if (wrong >= 0) {
            throw new IOException("byte " + wrong + " arrived wrong at the client");
        }
        replies.add(System.nanoTime(), replies.bytes() + block.remaining());
    }

    private static void awaitEnd(BlockingStream stream, ByteBuffer block) throws IOException {
        for (int count = stream.read(block.clear()); count >= 0; count = stream.read(block.clear())) {
            if (count > 0) {
                throw new IOException("the server says something during an upload");
            }
        }
    }
}
