package net.hybridgateway.app.upstream;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.ip;
import static net.hybridgateway.app.testing.Addresses.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import net.hybridgateway.app.convert.ByteString;
import net.hybridgateway.app.convert.ConvertException;
import net.hybridgateway.app.convert.ConvertRequest;
import net.hybridgateway.app.convert.ExtendedTcpHeaderTlv;
import net.hybridgateway.app.progress.PathListener;
import net.hybridgateway.app.progress.PathProgress;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.relay.RelayLoops;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.SocketQuery;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import net.hybridgateway.scheduler.LineRate;
import net.hybridgateway.scheduler.TrafficRights;
import net.hybridgateway.scheduler.UplinkConfig;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkUse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers that are said to speak Multipath TCP, and do or do not. On the loopback device of a namespace. */
@ExtendWith(NetnsExtension.class)
@Timeout(60)
class BypassDialIT {
    private static final InetSocketAddress SERVER = at("203.0.113.80", 443);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    private final UpstreamRouter router = new UpstreamRouter();
    private final ServerBypass bypass = ServerBypass.over(List.of(
            new UplinkConfig("fixed", UplinkKind.FIXED, 10, UplinkUse.ALWAYS, Optional.empty(), LineRate.UNKNOWN)));
    private final DialSettings settings = new DialSettings(
            DialSettings.DEFAULT_CONNECT,
            DialSettings.DEFAULT_REPLY,
            new Cookies(Map.of(), Runnable::run),
            new PathProgress(PathListener.NOBODY),
            System::nanoTime,
            List.of(),
            bypass);
    private final BlockingQueue<Optional<Endpoint>> outcomes = new LinkedBlockingQueue<>();
    private RelayLoops loops;
    private RelayLoop loop;

    @BeforeEach
    void start() throws ConvertException {
        NetnsCommands.run("ip addr add 203.0.113.80/32 dev lo");
        NetnsCommands.run("ip addr add 192.0.2.2/32 dev lo");
        loops = new RelayLoops(1);
        loop = loops.all().get(0);
        router.publishPaths(List.of(path("fixed", 1, "192.0.2.2")));
        bypass.learn(
                ConvertRequest.connect(SERVER),
                Optional.of(new ExtendedTcpHeaderTlv(ByteString.ofHex("1e0c0101aaaaaaaaaaaaaaaa"))),
                System.nanoTime());
        assertTrue(isBypassed());
    }

    @AfterEach
    void nothingIsLeftOpen() throws InterruptedException {
        awaitTrue(() -> loops.counters().openEndpoints() == 0);
        loops.close();
    }

    @Test
    void handsOverAServerThatSpeaksMultipathTcp() throws Exception {
        try (StreamSocket server = listen(StreamProtocol.MPTCP)) {
            dial();
            Endpoint connected = outcomes.poll(10, TimeUnit.SECONDS).orElseThrow();
            try (StreamSocket accepted = accept(server)) {
                assertEquals(ip("192.0.2.2"), accepted.remoteAddress().getAddress());
                assertTrue(SocketQuery.isMptcp(accepted.fd()));
            }
            loop.run(connected::abort);
            assertTrue(isBypassed());
        }
    }

    @Test
    void saysNothingToAServerOfPlainTcpAndForgetsIt() throws Exception {
        try (StreamSocket server = listen(StreamProtocol.TCP)) {
            dial();
            assertFailed();
            try (StreamSocket accepted = accept(server)) {
                assertTrue(accepted.awaitReadable(PATIENCE_NANOS));
                assertEquals(0, received(accepted));
            }
        }
    }

    @Test
    void forgetsAServerThatRefuses() throws Exception {
        dial();
        assertFailed();
    }

    @Test
    void forgetsAServerThatIsNotReachedFromHere() throws Exception {
        NetnsCommands.run("nft add table inet cut");
        NetnsCommands.run("nft add chain inet cut in { type filter hook input priority 0 ; }");
        NetnsCommands.run("nft add rule inet cut in tcp dport 443 drop");
        try (StreamSocket server = listen(StreamProtocol.MPTCP)) {
            dial();
            assertFailed();
            assertFalse(server.awaitReadable(0));
        }
    }

    @Test
    void forgetsAServerWhoseFirstBytesLoseTheirOptionsAndLetsTheConnectionGoOn() throws Exception {
        NetnsCommands.run("nft add table inet strip");
        NetnsCommands.run("nft add chain inet strip out { type filter hook output priority raw ; }");
        NetnsCommands.run("nft add rule inet strip out tcp flags & syn == 0 reset tcp option mptcp");
        try (StreamSocket server = listen(StreamProtocol.MPTCP)) {
            dial();
            Endpoint connected = outcomes.poll(10, TimeUnit.SECONDS).orElseThrow();
            loop.run(() -> say(connected));
            try (StreamSocket accepted = accept(server)) {
                assertTrue(accepted.awaitReadable(PATIENCE_NANOS));
                assertEquals(HELLO.length, received(accepted));
                accepted.write(ByteBuffer.wrap(HELLO));
                awaitTrue(() -> !isBypassed());
                assertTrue(connected.isOpen());
            }
            loop.run(connected::abort);
        }
    }

    @Test
    void saysNothingMoreOnceItIsCancelled() throws Exception {
        try (StreamSocket server = listen(StreamProtocol.MPTCP)) {
            loop.run(() -> {
                BypassDial dial = newDial();
                dial.start();
                dial.cancel();
            });
            awaitTrue(() -> loops.counters().openEndpoints() == 0);
            loop.run(() -> {});
            assertTrue(outcomes.isEmpty());
            assertTrue(isBypassed(), "the server has done nothing wrong");
            server.accept().ifPresent(StreamSocket::close);
        }
    }

    @Test
    void failsWithoutBlamingTheServerWhenItsUplinkGoes() throws Exception {
        try (StreamSocket server = listen(StreamProtocol.MPTCP)) {
            loop.run(() -> {
                BypassDial dial = newDial();
                dial.start();
                dial.pathsChanged();
                assertTrue(outcomes.isEmpty(), "the uplink is still there");
                router.publishPaths(List.of(path("fixed", 1, "192.0.2.3")));
                dial.pathsChanged();
            });
            assertEquals(Optional.empty(), outcomes.poll(10, TimeUnit.SECONDS));
            assertTrue(isBypassed());
            server.accept().ifPresent(StreamSocket::close);
        }
    }

    @Test
    void leavesTheConnectionAloneOnceItIsHandedOver() throws Exception {
        try (StreamSocket server = listen(StreamProtocol.MPTCP)) {
            BypassDial dial = newDial();
            loop.run(dial::start);
            Endpoint connected = outcomes.poll(10, TimeUnit.SECONDS).orElseThrow();
            loop.run(() -> {
                router.publishPaths(List.of());
                dial.pathsChanged();
                dial.cancel();
            });
            assertTrue(connected.isOpen());
            assertTrue(outcomes.isEmpty());
            loop.run(connected::abort);
            accept(server).close();
        }
    }

    private void dial() {
        loop.run(() -> newDial().start());
    }

    private BypassDial newDial() {
        return new BypassDial(
                loop,
                router,
                new UpstreamRouter.DirectRoute(path("fixed", 1, "192.0.2.2"), ip("192.0.2.2")),
                SERVER,
                settings,
                new BypassDial.Listener() {
                    @Override
                    public void bypassConnected(Endpoint endpoint) {
                        outcomes.add(Optional.of(endpoint));
                    }

                    @Override
                    public void bypassFailed() {
                        outcomes.add(Optional.empty());
                    }
                });
    }

    private void assertFailed() throws InterruptedException {
        assertEquals(Optional.empty(), outcomes.poll(10, TimeUnit.SECONDS));
        assertFalse(isBypassed());
    }

    private boolean isBypassed() {
        return bypass.route(router, SERVER, TrafficRights.NORMAL, System.nanoTime())
                .isPresent();
    }

    private static void say(Endpoint endpoint) {
        try {
            endpoint.write(Unpooled.directBuffer().writeBytes(HELLO));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static StreamSocket listen(StreamProtocol protocol) {
        return StreamSocket.open(protocol).bind(SERVER).listen(8);
    }

    private static StreamSocket accept(StreamSocket listener) {
        assertTrue(listener.awaitReadable(PATIENCE_NANOS), "nobody connects");
        return listener.accept().orElseThrow();
    }

    /** How many bytes came; none before an end or a reset. */
    private static int received(StreamSocket socket) {
        try {
            return Math.max(0, socket.read(ByteBuffer.allocate(100)));
        } catch (ErrnoException e) {
            return 0;
        }
    }

    private static void awaitTrue(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertTrue(condition.getAsBoolean());
    }
}
