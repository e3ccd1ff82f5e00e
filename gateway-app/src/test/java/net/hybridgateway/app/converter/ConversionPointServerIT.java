package net.hybridgateway.app.converter;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.hybridgateway.app.convert.ConvertClientHandshake;
import net.hybridgateway.app.convert.ConvertClientOutcome;
import net.hybridgateway.app.convert.ConvertRequest;
import net.hybridgateway.app.convert.ConverterPolicy;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.relay.RelayLoops;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.HandshakeMode;
import net.hybridgateway.app.upstream.Prober;
import net.hybridgateway.app.upstream.UpstreamRouter;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.ProbeAnswer;
import net.hybridgateway.scheduler.Reason;
import net.hybridgateway.scheduler.UplinkObservation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A conversion point on the loopback device of a namespace, with clients that behave and clients that don't. */
@ExtendWith(NetnsExtension.class)
@Timeout(60)
class ConversionPointServerIT {
    private static final InetSocketAddress POINT = at("192.0.2.1", 7000);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private RelayLoops loops;
    private ConversionPointServer server;

    @BeforeEach
    void start() {
        NetnsCommands.sysctl("net.ipv4.tcp_fastopen", 7);
        NetnsCommands.run("ip addr add 192.0.2.1/32 dev lo");
        NetnsCommands.run("ip addr add 192.0.2.9/32 dev lo");
        loops = new RelayLoops(1);
        server = new ConversionPointServer(
                loops,
                new ConverterOptions(
                        List.of(POINT),
                        List.of(),
                        new TargetPolicy(false, address -> false),
                        ConverterPolicy.mptcpOnly(),
                        100,
                        3,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5)),
                System::nanoTime);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        assertEquals(0, loops.counters().openEndpoints());
        assertEquals(0, loops.counters().pendingBuffers());
        loops.close();
    }

    @Test
    void connectsAClientToItsServer() throws Exception {
        try (StreamSocket destination = listen();
                StreamSocket client = ask(ConvertRequest.connect(destination.localAddress()))) {
            assertTrue(destination.awaitReadable(PATIENCE_NANOS));
            try (StreamSocket accepted = destination.accept().orElseThrow()) {
                assertEquals(ConvertClientOutcome.Kind.ACCEPTED, outcome(client, destination.localAddress()));
                client.write(ByteBuffer.wrap(new byte[] {42}));
                assertTrue(accepted.awaitReadable(PATIENCE_NANOS));
                ByteBuffer heard = ByteBuffer.allocate(8);
                assertEquals(1, accepted.read(heard));
                assertEquals(42, heard.get(0));
            }
        }
        awaitNoConnections();
    }

    @Test
    void refusesForAServerThatRefuses() throws Exception {
        InetSocketAddress nobody = at("192.0.2.9", 81);
        try (StreamSocket client = ask(ConvertRequest.connect(nobody))) {
            assertEquals(ConvertClientOutcome.Kind.REFUSED, outcome(client, nobody));
        }
        awaitNoConnections();
    }

    @Test
    void refusesMoreConnectionsOfOneClientThanAreAllowed() throws Exception {
        try (StreamSocket destination = listen()) {
            InetSocketAddress target = destination.localAddress();
            try (StreamSocket first = ask(ConvertRequest.connect(target));
                    StreamSocket second = ask(ConvertRequest.connect(target));
                    StreamSocket third = ask(ConvertRequest.connect(target))) {
                assertEquals(ConvertClientOutcome.Kind.ACCEPTED, outcome(first, target));
                assertEquals(ConvertClientOutcome.Kind.ACCEPTED, outcome(second, target));
                assertEquals(ConvertClientOutcome.Kind.ACCEPTED, outcome(third, target));
                try (StreamSocket fourth = ask(ConvertRequest.connect(target))) {
                    assertEquals(ConvertClientOutcome.Kind.REFUSED, outcome(fourth, target));
                }
            }
        }
        awaitNoConnections();
    }

    @Test
    void keepsNothingOfClientsThatResetBeforeTheyAreTakenIn() throws Exception {
        long before = sockets();
        CountDownLatch goOn = new CountDownLatch(1);
        RelayLoop loop = loops.all().get(0);
        loop.execute(() -> awaitUninterruptibly(goOn));
        for (int i = 0; i < 20; i++) {
            try (StreamSocket client = StreamSocket.open(StreamProtocol.TCP)) {
                client.connect(POINT);
                assertTrue(client.awaitWritable(PATIENCE_NANOS));
                client.resetOnClose();
            }
        }
        goOn.countDown();

        // They are taken in one after the other: when this one is there, the others were.
        try (StreamSocket last = StreamSocket.open(StreamProtocol.TCP)) {
            last.connect(POINT);
            while (loops.counters().openEndpoints() < 2) {
                Thread.sleep(5);
            }
        }
        awaitNoConnections();
        assertTrue(sockets() <= before, "sockets before: " + before + ", after: " + sockets());
    }

    @Test
    void answersOnceWhenTheServerResetsBeforeTheClientIsEstablished() throws Exception {
        NetnsCommands.run("nft add table inet lossy");
        NetnsCommands.run("nft add chain inet lossy in { type filter hook input priority 0 ; }");
        NetnsCommands.run("nft add rule inet lossy in tcp dport 7000 tcp flags & (syn|ack) == ack drop");
        try (StreamSocket destination = listen();
                StreamSocket client = ask(ConvertRequest.connect(destination.localAddress()))) {
            assertTrue(destination.awaitReadable(PATIENCE_NANOS));
            try (StreamSocket accepted = destination.accept().orElseThrow()) {
                Thread.sleep(50);
                accepted.resetOnClose();
            }
            Thread.sleep(50);
            NetnsCommands.run("nft delete table inet lossy");

            assertEquals(ConvertClientOutcome.Kind.REFUSED, outcome(client, destination.localAddress()));
            assertTrue(client.awaitReadable(PATIENCE_NANOS));
            assertEquals(-1, client.read(ByteBuffer.allocate(1)), "an orderly end follows, and nothing else");
        }
        awaitNoConnections();
    }

    @ParameterizedTest
    @EnumSource
    void answersAProbe(HandshakeMode mode) throws Exception {
        UpstreamRouter router = new UpstreamRouter();
        router.publishConversionPoints(List.of(new ConversionPoint("operator", POINT, Optional.of(mode))));
        BlockingQueue<EngineEvent> answers = new LinkedBlockingQueue<>();
        Prober prober = new Prober(loops, router, System::nanoTime, answers::add);
        prober.observed("fixed", new UplinkObservation(true, true, 1, List.of(ip("192.0.2.9")), true, false));

        prober.probe(new Decision.ProbePath("fixed", POINT, PATIENCE_NANOS, Reason.CAME_BACK));

        for (ProbeAnswer expected : List.of(ProbeAnswer.HOST, ProbeAnswer.CONVERTER)) {
            assertEquals(new EngineEvent.ProbeAnswered("fixed", POINT, expected), answers.poll(10, TimeUnit.SECONDS));
        }
        awaitNoConnections();
    }

    @Test
    void answersNothingToAClientThatSaysNothingSensible() throws Exception {
        try (StreamSocket client = StreamSocket.open(StreamProtocol.TCP)) {
            client.connect(POINT);
            assertTrue(client.awaitWritable(PATIENCE_NANOS));
            client.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            assertTrue(client.awaitReadable(PATIENCE_NANOS));
        }
        awaitNoConnections();
    }

    /** Connects with the request in the SYN. */
    private static StreamSocket ask(ConvertRequest request) throws Exception {
        StreamSocket client = StreamSocket.open(StreamProtocol.MPTCP);
        byte[] bytes = new ConvertClientHandshake(request).requestBytes();
        int taken = client.connectWithData(POINT, bytes);
        assertTrue(client.awaitWritable(PATIENCE_NANOS));
        client.write(ByteBuffer.wrap(bytes, taken, bytes.length - taken));
        return client;
    }

    private static ConvertClientOutcome.Kind outcome(StreamSocket client, InetSocketAddress target) throws Exception {
        ConvertClientHandshake handshake = new ConvertClientHandshake(ConvertRequest.connect(target));
        assertTrue(handshake.requestBytes().length > 0);
        ConvertClientOutcome.Kind kind = ConvertClientOutcome.Kind.NEED_MORE;
        while (kind == ConvertClientOutcome.Kind.NEED_MORE) {
            assertTrue(client.awaitReadable(PATIENCE_NANOS), "no answer");
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            if (client.read(buffer) < 0) {
                return handshake.endOfStream().kind();
            }
            kind = handshake.feed(buffer.flip()).kind();
        }
        return kind;
    }

    private static StreamSocket listen() {
        return StreamSocket.open(StreamProtocol.TCP).bind(at("192.0.2.9", 0)).listen(10);
    }

    /** Waits until nothing but the listener is open. */
    private void awaitNoConnections() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (loops.counters().openEndpoints() > 1 && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        // What is accepted on the loop is done when the loop answers.
        assertFalse(loops.all().get(0).ask(() -> loops.counters().openEndpoints() > 1), "connections are left");
    }

    /** Of files, the virtual machine opens some when it likes. */
    private static long sockets() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(ConversionPointServerIT::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            // Closed meanwhile.
            return false;
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
