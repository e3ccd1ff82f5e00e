package net.hybridgateway.lab.traffic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.SocketOption;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;

/**
 * The other end of {@link Flow}s, in a node of the lab. Each connection begins with the number of its flow, by which both
 * ends, which live in one program, know what is to come.
 */
public final class TrafficServer implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final long LOOK_NANOS = 100_000_000L;
    // Streams of different flows have different bytes, also those of different servers.
    private static final AtomicLong FLOWS = new AtomicLong();

    private final StreamSocket listener;
    private final Thread accepting;
    private final Map<Long, ServedFlow> expected = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private TrafficServer(StreamSocket listener, Node node) {
        this.listener = listener;
        this.accepting = new Thread(this::acceptAll, "traffic-server-" + node);
        accepting.setDaemon(true);
    }

    /** Listens in this node, on all its addresses, IPv4 and IPv6; port 0 takes a free one. */
    public static TrafficServer listen(Node node, StreamProtocol protocol, int port) {
        StreamSocket listener = node.call(() -> StreamSocket.open(protocol));
        try {
            listener.set(SocketOption.SO_REUSEADDR, 1)
                    // Without an address, Java means 0.0.0.0, and that is IPv4 alone.
                    .bind(new InetSocketAddress("::", port))
                    .listen(BACKLOG);
        } catch (ErrnoException e) {
            listener.close();
            throw new LabException("cannot listen in " + node + ": " + e.getMessage(), e);
        }
        TrafficServer server = new TrafficServer(listener, node);
        server.accepting.start();
        return server;
    }

    /** A number for a flow that is about to connect. */
    static long nextFlow() {
        return FLOWS.incrementAndGet();
    }

    /** Prepares for a flow's connection. */
    void expect(long number, ServedFlow flow) {
        expected.put(number, flow);
    }

    /** Lets go of a flow, whether its connection came or not. */
    void forget(long number) {
        ServedFlow flow = expected.remove(number);
        if (flow != null) {
            flow.giveUp();
        }
    }

    public int port() {
        return listener.localAddress().getPort();
    }

    private void acceptAll() {
        try (listener) {
            while (!closed) {
                if (listener.awaitReadable(LOOK_NANOS)) {
                    accept().ifPresent(this::serveOnThreadOfItsOwn);
                }
            }
        }
    }

    private Optional<StreamSocket> accept() {
        try {
            return listener.accept();
        } catch (ErrnoException e) {
            // A client that went away again before it was accepted.
            return Optional.empty();
        }
    }

    private void serveOnThreadOfItsOwn(StreamSocket socket) {
        Thread thread = new Thread(() -> serve(socket), "traffic-server-flow");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(StreamSocket socket) {
        try (BlockingStream stream = new BlockingStream(socket, () -> closed)) {
            ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
            stream.readFully(number);
            ServedFlow flow = expected.get(number.flip().getLong());
            if (flow != null) {
                stream.giveUpWhen(() -> closed || flow.isUnwanted());
                flow.serve(stream);
            }
        } catch (IOException | ErrnoException e) {
            // It never said which flow it is; the client's side is where that is judged.
            return;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
