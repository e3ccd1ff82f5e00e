package net.hybridgateway.netlink.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Both ends of a connection to a listener in the same namespace. */
record Connection(StreamSocket listener, StreamSocket client, StreamSocket server) implements AutoCloseable {
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Connects a client of one protocol, which sends nothing, with a listener of another. */
    static Connection open(StreamProtocol client, StreamProtocol server, String address) {
        StreamSocket listener = StreamSocket.open(server).bind(at(address, 0)).listen(8);
        StreamSocket socket = StreamSocket.open(client);
        socket.connect(listener.localAddress());
        return established(listener, socket);
    }

    /** Waits for both ends. */
    static Connection established(StreamSocket listener, StreamSocket client) {
        assertTrue(listener.awaitReadable(PATIENCE_NANOS), "no connection to accept");
        StreamSocket server = listener.accept().orElseThrow();
        assertTrue(client.awaitWritable(PATIENCE_NANOS), "not connected");
        assertEquals(Optional.empty(), SocketQuery.error(client.fd()));
        return new Connection(listener, client, server);
    }

    static InetSocketAddress at(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static void send(StreamSocket from, String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            assertTrue(from.awaitWritable(PATIENCE_NANOS), "not writable");
            from.write(bytes);
        }
    }

    /** Reads as many bytes as {@code text} has and compares them. */
    static void expect(StreamSocket at, String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.getBytes(StandardCharsets.UTF_8).length);
        while (bytes.hasRemaining()) {
            assertTrue(at.awaitReadable(PATIENCE_NANOS), "nothing to read");
            assertTrue(at.read(bytes) >= 0, "end of the stream");
        }
        assertEquals(text, new String(bytes.array(), StandardCharsets.UTF_8));
    }

    /** A question and an answer, after which an MPTCP connection is fully established. */
    void exchange() {
        send(client, "ping");
        expect(server, "ping");
        send(server, "pong");
        expect(client, "pong");
    }

    @Override
    public void close() {
        client.close();
        server.close();
        listener.close();
    }
}
