package net.hybridgateway.app.intercept;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.path;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.app.progress.PathListener;
import net.hybridgateway.app.progress.PathProgress;
import net.hybridgateway.app.relay.Relay;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.relay.RelayLoops;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.Cookies;
import net.hybridgateway.app.upstream.DialSettings;
import net.hybridgateway.app.upstream.HandshakeMode;
import net.hybridgateway.app.upstream.UpstreamRouter;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.socket.SocketQuery;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import net.hybridgateway.scheduler.traffic.TrafficRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a LAN connection when its conversion point misbehaves. Everything is on a namespace's loopback device. */
@ExtendWith(NetnsExtension.class)
@Timeout(60)
class InterceptedConnectionIT {
    private static final InetSocketAddress POINT = at("192.0.2.1", 7000);
    private static final InetSocketAddress SERVER = at("192.0.2.9", 80);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    /** The fixed header and a Connect TLV without options (RFC 8803 §6.1, §6.2.5). */
    private static final int REQUEST_LENGTH = 4 + 20;

    /** The fixed header alone: the connection to the server stands. */
    private static final byte[] CONNECTED = {1, 1, 0x22, 0x63};

    private static final ConversionPoint OPERATOR =
            new ConversionPoint("operator", POINT, Optional.of(HandshakeMode.ONE_RTT));

    private final UpstreamRouter router = new UpstreamRouter();
    private RelayLoops loops;
    private RelayLoop loop;
    private Interceptor interceptor;
    private StreamSocket host;

    @BeforeEach
    void start() {
        for (String address : List.of("192.0.2.1", "192.0.2.2", "192.0.2.9")) {
            NetnsCommands.run("ip addr add " + address + "/32 dev lo");
        }
        loops = new RelayLoops(1);
        loop = loops.all().get(0);
        router.publishPaths(List.of(path("fixed", 1, "192.0.2.2")));
        router.publishConversionPoints(List.of(OPERATOR));
        interceptor = interceptor(Duration.ofMinutes(1));
    }

    /** @param reply how long it waits for a conversion point that is connected */
    private Interceptor interceptor(Duration reply) {
        return new Interceptor(
                loops,
                router,
                new DialSettings(
                        Duration.ofMinutes(1),
                        reply,
                        new Cookies(Map.of(), Runnable::run),
                        new PathProgress(PathListener.NOBODY),
                        System::nanoTime),
                new InterceptionLimits(10, Duration.ofMinutes(5), Duration.ofMinutes(1)),
                TrafficRules.NONE,
                event -> {});
    }

    @AfterEach
    void stop() throws InterruptedException {
        host.close();
        awaitNothingOpen();
        interceptor.close();
        loops.close();
    }

    @Test
    void resetsTheConversionPointWhenTheHostResets() throws Exception {
        try (StreamSocket point = listen(POINT)) {
            intercept();
            try (StreamSocket upstream = accept(point)) {
                readRequest(upstream);
                host.resetOnClose().close();
                assertTrue(upstream.awaitReadable(PATIENCE_NANOS));
                awaitNothingOpen();
            }
        }
    }

    @Test
    void goesDirectWhereNoConversionPointListens() throws Exception {
        try (StreamSocket server = listen(SERVER)) {
            intercept();
            host.write(ByteBuffer.wrap(HELLO));
            try (StreamSocket accepted = accept(server)) {
                assertArrayEquals(HELLO, read(accepted, HELLO.length));
                accepted.write(ByteBuffer.wrap(HELLO));
                assertArrayEquals(HELLO, read(host, HELLO.length));
            }
        }
    }

    @Test
    void goesDirectWhereThereIsNoRoute() throws Exception {
        router.publishPaths(List.of());
        try (StreamSocket server = listen(SERVER)) {
            intercept();
            accept(server).close();
        }
    }

    @Test
    void goesDirectWhenTheConversionPointBreaksOffBeforeAnythingWasSaid() throws Exception {
        try (StreamSocket point = listen(POINT);
                StreamSocket server = listen(SERVER)) {
            intercept();
            try (StreamSocket upstream = accept(point)) {
                readRequest(upstream);
                upstream.resetOnClose();
            }
            accept(server).close();
        }
    }

    @Test
    void goesDirectWhenTheConversionPointStaysSilentAndNothingWasSaid() throws Exception {
        interceptor.close();
        interceptor = interceptor(Duration.ofMillis(500));
        try (StreamSocket point = listen(POINT);
                StreamSocket server = listen(SERVER)) {
            intercept();
            try (StreamSocket upstream = accept(point)) {
                readRequest(upstream);
                accept(server).close();
            }
        }
    }

    @Test
    void holdsBackWhatMustNotBeSaidTwiceWhereTheOptionsMayGetLost() throws Exception {
        try (StreamSocket point = listen(POINT)) {
            intercept();
            host.write(ByteBuffer.wrap(HELLO));
            try (StreamSocket upstream = accept(point)) {
                readRequest(upstream);
                assertFalse(upstream.awaitReadable(TimeUnit.MILLISECONDS.toNanos(100)));
                upstream.write(ByteBuffer.wrap(CONNECTED));
                assertArrayEquals(HELLO, read(upstream, HELLO.length));
            }
        }
    }

    @Test
    void saysNothingTwiceToAServerThatMayHaveHeardIt() throws Exception {
        router.memory(OPERATOR, "fixed").accepted(HandshakeMode.ZERO_RTT, true, System.nanoTime());
        try (StreamSocket point = listen(POINT);
                StreamSocket server = listen(SERVER)) {
            intercept();
            host.write(ByteBuffer.wrap(HELLO));
            try (StreamSocket upstream = accept(point)) {
                byte[] heard = read(upstream, REQUEST_LENGTH + HELLO.length);
                assertEquals('o', heard[heard.length - 1]);
                upstream.resetOnClose();
            }
            assertTrue(host.awaitReadable(PATIENCE_NANOS));
            assertEquals(Optional.of(Errno.ECONNRESET), SocketQuery.error(host.fd()));
            assertFalse(server.awaitReadable(TimeUnit.MILLISECONDS.toNanos(200)));
        }
    }

    @Test
    void resetsTheHostWhereNobodyListens() throws Exception {
        intercept();
        assertTrue(host.awaitReadable(PATIENCE_NANOS));
        assertEquals(Optional.of(Errno.ECONNRESET), SocketQuery.error(host.fd()));
    }

    @Test
    void resetsWhatIsDialledWhenItIsStopped() throws Exception {
        try (StreamSocket point = listen(POINT)) {
            InterceptedConnection connection = intercept();
            try (StreamSocket upstream = accept(point)) {
                loop.run(() -> connection.stop(Relay.End.STOPPED));
                awaitNothingOpen();
                assertTrue(upstream.awaitReadable(PATIENCE_NANOS));
            }
            assertTrue(host.awaitReadable(PATIENCE_NANOS));
            assertEquals(Optional.of(Errno.ECONNRESET), SocketQuery.error(host.fd()));
        }
    }

    @Test
    void readsWhatTheSubflowsOfABusyConnectionMoved() throws Exception {
        try (StreamSocket point =
                StreamSocket.open(StreamProtocol.MPTCP).bind(POINT).listen(8)) {
            InterceptedConnection connection = intercept();
            try (StreamSocket upstream = accept(point)) {
                readRequest(upstream);
                upstream.write(ByteBuffer.wrap(CONNECTED));
                upstream.write(ByteBuffer.wrap(HELLO));
                assertArrayEquals(HELLO, read(host, HELLO.length));

                TransferReading reading = readBusiest(connection).get(0);
                assertEquals(HELLO.length, reading.moved());
                TransferReading.SubflowReading subflow = reading.subflows().get(0);
                assertEquals("192.0.2.2", subflow.source().getHostAddress());
                assertEquals(POINT, subflow.ends().remote());
                assertEquals(CONNECTED.length + HELLO.length, subflow.bytesIn());
                assertTrue(subflow.bytesOut() >= REQUEST_LENGTH, reading::toString);
                assertTrue(subflow.minRttNanos() > 0, reading::toString);
                assertEquals(List.of(), readBusiest(connection), "nothing moved since");
            }
            loop.run(() -> connection.stop(Relay.End.STOPPED));
        }
    }

    private List<TransferReading> readBusiest(InterceptedConnection connection) {
        CompletableFuture<List<TransferReading>> answer = new CompletableFuture<>();
        BusiestConnections.read(Map.of(loop, Set.of(connection)), 16, System::nanoTime, answer::complete);
        return answer.orTimeout(PATIENCE_NANOS, TimeUnit.NANOSECONDS).join();
    }

    /** Connects a host, and hands the other end in as tproxy would. */
    private InterceptedConnection intercept() {
        host = StreamSocket.open(StreamProtocol.TCP);
        try (StreamSocket lan = listen(at("127.0.0.1", 0))) {
            host.connect(lan.localAddress());
            StreamSocket accepted = accept(lan);
            InetSocketAddress client = host.localAddress();
            return loop.ask(() -> {
                InterceptedConnection connection =
                        new InterceptedConnection(interceptor, loop, accepted.release(), client, SERVER);
                connection.start();
                return connection;
            });
        }
    }

    private static StreamSocket listen(InetSocketAddress address) {
        return StreamSocket.open(StreamProtocol.TCP).bind(address).listen(8);
    }

    private static StreamSocket accept(StreamSocket listener) {
        assertTrue(listener.awaitReadable(PATIENCE_NANOS), "nobody connects");
        return listener.accept().orElseThrow();
    }

    private static void readRequest(StreamSocket upstream) {
        assertEquals(1, read(upstream, REQUEST_LENGTH)[0], "version");
    }

    private static byte[] read(StreamSocket socket, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            assertTrue(socket.awaitReadable(PATIENCE_NANOS), "only " + buffer.position() + " bytes came");
            assertTrue(socket.read(buffer) >= 0, "the end came after " + buffer.position() + " bytes");
        }
        return buffer.array();
    }

    private void awaitNothingOpen() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while ((loops.counters().openEndpoints() > 0 || loops.counters().pendingBuffers() > 0)
                && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertEquals(0, loops.counters().openEndpoints());
        assertEquals(0, loops.counters().pendingBuffers());
    }
}
