package net.hybridgateway.app.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.app.testing.Addresses;
import net.hybridgateway.netlink.socket.SocketQuery;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import net.hybridgateway.netlink.socket.TcpInfo;
import net.hybridgateway.netlink.socket.TcpState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One socket on a loop, and what becomes of its descriptor. */
@Timeout(30)
class EndpointTest {
    private final RelayLoops loops = new RelayLoops(1);
    private final RelayLoop loop = loops.all().get(0);
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final EndpointHandler noting = new EndpointHandler() {
        @Override
        public void onConnected(Endpoint endpoint) {
            events.add("connected");
        }

        @Override
        public void onReady(Endpoint endpoint) {
            events.add("ready");
        }

        @Override
        public void onFailed(Endpoint endpoint, IOException cause) {
            events.add(cause.getMessage());
        }
    };

    @AfterEach
    void close() {
        loops.close();
        assertEquals(0, loops.counters().openEndpoints());
        assertEquals(0, loops.counters().pendingBuffers());
    }

    @Test
    void failsWithACheckedErrorWhereThereIsNoConnection() throws IOException {
        Socket unconnected = Socket.newSocketStream();
        Endpoint endpoint = loop.ask(() -> Endpoint.connected(loop, unconnected.intValue(), noting));
        ByteBuf one = loop.ask(() -> loop.sharedBuffer().clear().writeByte(1));

        assertEquals(
                SocketFailure.ENOTCONN,
                errno(() -> endpoint.read(loop.sharedBuffer().clear())));
        assertEquals(SocketFailure.ENOTCONN, errno(() -> {
            endpoint.shutdownOutput();
            return one;
        }));
        loop.run(endpoint::close);
    }

    @Test
    void tellsAConnectionFromARefusal() throws Exception {
        try (StreamSocket listener = listener()) {
            Endpoint endpoint = connect(listener);
            assertEquals("connected", events.take());
            loop.run(endpoint::close);
        }
        StreamSocket gone = listener();
        InetSocketAddress address = gone.localAddress();
        gone.close();
        StreamSocket client = StreamSocket.open(StreamProtocol.TCP);
        client.connect(address);
        Endpoint refused = loop.ask(() -> Endpoint.connecting(loop, client.release(), noting));
        String event = events.take();
        assertTrue(event.contains("ECONNREFUSED"), event);
        assertTrue(refused.isOpen(), "whoever handles the failure closes it");
        loop.run(refused::close);
        loop.run(refused::close);
    }

    @Test
    void knowsThatAReadWhichLeftRoomTookEverything() throws Exception {
        try (StreamSocket listener = listener()) {
            Endpoint endpoint = connect(listener);
            assertEquals("connected", events.take());
            try (StreamSocket peer = accept(listener)) {
                say(peer, endpoint, "some");
                assertEquals(4, read(endpoint));
                assertFalse(loop.ask(endpoint::readable), "the kernel will tell of more");

                say(peer, endpoint, "more");
                assertEquals(4, read(endpoint));
            }
            awaitReadable(endpoint);
            assertEquals(-1, read(endpoint), "the kernel has told of the end");
            loop.run(endpoint::close);
        }
    }

    @Test
    void findsTheEndRightBehindTheLastBytes() throws Exception {
        try (StreamSocket listener = listener()) {
            StreamSocket client = StreamSocket.open(StreamProtocol.TCP);
            client.connect(listener.localAddress());
            try (StreamSocket peer = accept(listener)) {
                peer.write(ByteBuffer.wrap("last".getBytes(UTF_8)));
            }
            while (TcpInfo.of(client.fd()).state() != TcpState.CLOSE_WAIT) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            Endpoint endpoint = loop.ask(() -> Endpoint.connected(loop, client.release(), noting));
            awaitReadable(endpoint);
            assertEquals(4, read(endpoint));
            assertTrue(loop.ask(endpoint::readable), "no event comes a second time");
            assertEquals(-1, read(endpoint));
            loop.run(endpoint::close);
        }
    }

    @Test
    void closesWhatIsStillOpenWhenTheLoopsEnd() throws Exception {
        try (StreamSocket listener = listener()) {
            Endpoint endpoint = connect(listener);
            assertEquals("connected", events.take());
            try (StreamSocket accepted = accept(listener)) {
                loops.close();
                assertFalse(endpoint.isOpen());
                assertTrue(accepted.awaitReadable(TimeUnit.SECONDS.toNanos(10)), "the peer sees the end");
            }
        }
    }

    @Test
    void refusesAnAcceptedConnectionWithAReset() throws Exception {
        try (StreamSocket listener = listener();
                StreamSocket client = StreamSocket.open(StreamProtocol.TCP)) {
            client.connect(listener.localAddress());
            Acceptor.refuse(accept(listener).release());
            assertTrue(client.awaitReadable(TimeUnit.SECONDS.toNanos(10)));
            assertEquals(
                    "ECONNRESET", SocketQuery.error(client.fd()).orElseThrow().name());
        }
    }

    @Test
    void acceptsAgainAfterDescriptorsRanOut() throws Exception {
        // A listener that is none yet stands for a kernel that refuses: accept fails until it listens.
        Socket listener = Socket.newSocketStream();
        listener.bind(Addresses.at("127.0.0.1", 0));
        BlockingQueue<IOException> refusals = new LinkedBlockingQueue<>();
        BlockingQueue<Integer> accepted = new LinkedBlockingQueue<>();
        Acceptor acceptor = loop.ask(() -> Acceptor.start(loop, listener.intValue(), accepted::add, refusals::add));
        assertTrue(refusals.poll(10, TimeUnit.SECONDS) != null, "level-triggered: accept was tried");

        listener.listen(8);
        try (StreamSocket client = StreamSocket.open(StreamProtocol.TCP)) {
            client.connect(listener.localAddress());
            Integer fd = accepted.poll(10, TimeUnit.SECONDS);
            assertTrue(fd != null, "accepting goes on");
            Acceptor.refuse(fd);
        }
        loop.run(acceptor::close);
        loop.run(acceptor::close);
    }

    @Test
    void runsTimersUnlessTheyAreCancelled() throws Exception {
        loop.run(() -> loop.schedule(() -> events.add("cancelled"), Duration.ofMillis(30))
                .cancel());
        var unused = loop.ask(() -> loop.schedule(() -> events.add("ran"), Duration.ofMillis(60)));

        assertEquals("ran", events.take());
    }

    private void say(StreamSocket peer, Endpoint endpoint, String word) throws InterruptedException {
        peer.write(ByteBuffer.wrap(word.getBytes(UTF_8)));
        awaitReadable(endpoint);
    }

    private void awaitReadable(Endpoint endpoint) throws InterruptedException {
        while (!loop.ask(endpoint::readable)) {
            assertEquals("ready", events.poll(10, TimeUnit.SECONDS));
        }
    }

    private int read(Endpoint endpoint) {
        return loop.ask(() -> endpoint.read(loop.sharedBuffer().clear()));
    }

    private Endpoint connect(StreamSocket listener) {
        StreamSocket client = StreamSocket.open(StreamProtocol.TCP);
        client.connect(listener.localAddress());
        return loop.ask(() -> Endpoint.connecting(loop, client.release(), noting));
    }

    private static StreamSocket listener() {
        return StreamSocket.open(StreamProtocol.TCP)
                .bind(Addresses.at("127.0.0.1", 0))
                .listen(8);
    }

    private static StreamSocket accept(StreamSocket listener) {
        assertTrue(listener.awaitReadable(TimeUnit.SECONDS.toNanos(10)));
        return listener.accept().orElseThrow();
    }

    /** The errno of the failure that a call on the loop ends with. */
    private int errno(Callable<?> call) {
        return loop.ask(() -> {
            try {
                call.call();
                return 0;
            } catch (SocketFailure e) {
                return e.errno();
            }
        });
    }
}
