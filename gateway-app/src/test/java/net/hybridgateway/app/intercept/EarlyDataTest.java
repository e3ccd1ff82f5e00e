package net.hybridgateway.app.intercept;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.EndpointHandler;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.relay.RelayLoops;
import net.hybridgateway.app.testing.Addresses;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Between real sockets on loopback. */
@Timeout(30)
class EarlyDataTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final RelayLoops loops = new RelayLoops(1);
    private final RelayLoop loop = loops.all().get(0);
    private final EarlyData early = new EarlyData(loop);
    private final Connection lan = new Connection(loop);
    private final Connection upstream = new Connection(loop);

    @AfterEach
    void close() {
        loop.run(early::release);
        lan.close();
        upstream.close();
        assertEquals(0, loops.counters().openEndpoints());
        assertEquals(0, loops.counters().pendingBytes());
        loops.close();
    }

    @Test
    void holdsNoMemoryBeforeTheHostSpeaks() throws IOException {
        read();

        assertEquals(0, loops.counters().pendingBuffers());
        assertEquals(0, loop.ask(() -> early.unsent().readableBytes()));
        assertFalse(early.wasSent());
    }

    @Test
    void saysEverythingAgainToANewUpstream() throws Exception {
        byte[] hello = bytes(1000);
        say(hello);
        readAll(1000);
        write();
        assertTrue(early.wasSent());
        assertArrayEquals(hello, heard(1000));
        assertEquals(0, loop.ask(() -> early.unsent().readableBytes()));

        loop.run(early::rewind);

        assertFalse(early.wasSent());
        write();
        assertArrayEquals(hello, heard(1000));
    }

    @Test
    void writesNothingTwiceToTheSameUpstream() throws Exception {
        say(bytes(10));
        readAll(10);
        write();
        write();
        say(bytes(5));
        readAll(5);
        write();

        assertEquals(15, heard(15).length);
        assertEquals(0, upstream.peer().read(ByteBuffer.allocate(1)));
    }

    @Test
    void letsTheHostWaitWhenItIsFull() throws Exception {
        say(bytes(EarlyData.CAPACITY));
        say(bytes(1000));
        readAll(EarlyData.CAPACITY);
        read();

        assertEquals(EarlyData.CAPACITY, loop.ask(() -> early.unsent().readableBytes()));
        assertEquals(EarlyData.CAPACITY, loops.counters().pendingBytes());
        assertTrue(loop.ask(lan.endpoint()::readable), "the rest is left for the relay");
        assertFalse(early.ended());
    }

    @Test
    void notesThatTheHostHasSaidAll() throws Exception {
        say(bytes(3));
        lan.peer().shutdownOutput();
        readAll(3);
        while (!loop.ask(early::ended)) {
            read();
        }

        assertEquals(3, loop.ask(() -> early.unsent().readableBytes()));
    }

    private void say(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            lan.peer().write(buffer);
        }
    }

    private byte[] heard(int length) {
        ByteBuffer heard = ByteBuffer.allocate(length);
        while (heard.hasRemaining()) {
            assertTrue(upstream.peer().awaitReadable(PATIENCE_NANOS));
            upstream.peer().read(heard);
        }
        return heard.array();
    }

    private void read() throws IOException {
        var unused = loop.ask(() -> {
            early.readFrom(lan.endpoint());
            return Boolean.TRUE;
        });
    }

    /** Reads until so many bytes more wait to be written. */
    private void readAll(int more) throws IOException {
        int wanted = loop.ask(() -> early.unsent().readableBytes()) + more;
        while (loop.ask(() -> early.unsent().readableBytes()) < wanted) {
            read();
        }
    }

    private void write() {
        var unused = loop.ask(() -> {
            early.writeTo(upstream.endpoint());
            return Boolean.TRUE;
        });
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** A connection whose one end is on the loop. */
    private record Connection(RelayLoop loop, Endpoint endpoint, StreamSocket peer) {
        private static final EndpointHandler IDLE = new EndpointHandler() {
            @Override
            public void onReady(Endpoint endpoint) {
                // The test looks at the endpoint itself.
            }

            @Override
            public void onFailed(Endpoint endpoint, IOException cause) {
                endpoint.close();
            }
        };

        Connection(RelayLoop loop) {
            this(loop, connect());
        }

        private Connection(RelayLoop loop, StreamSocket[] ends) {
            this(loop, loop.ask(() -> Endpoint.connected(loop, ends[0].release(), IDLE)), ends[1]);
        }

        private static StreamSocket[] connect() {
            StreamSocket client = StreamSocket.open(StreamProtocol.TCP);
            try (StreamSocket listener = StreamSocket.open(StreamProtocol.TCP)) {
                listener.bind(Addresses.at("127.0.0.1", 0)).listen(1);
                client.connect(listener.localAddress());
                assertTrue(listener.awaitReadable(PATIENCE_NANOS));
                return new StreamSocket[] {listener.accept().orElseThrow(), client};
            }
        }

        void close() {
            loop.run(endpoint::close);
            peer.close();
        }
    }
}
