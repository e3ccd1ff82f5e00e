package net.hybridgateway.app.upstream;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.app.relay.RelayLoops;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.SocketOption;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What a probe makes of conversion points in every state, on the loopback device of a namespace. */
@ExtendWith(NetnsExtension.class)
@Timeout(60)
class ProberIT {
    private static final InetSocketAddress POINT = at("192.0.2.1", 7000);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SHORT_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** The fixed header and an Info TLV (RFC 8803 §6.1, §6.2.3). */
    private static final String INFO = "0102226301010000";

    private final UpstreamRouter router = new UpstreamRouter();
    private final BlockingQueue<EngineEvent> answers = new LinkedBlockingQueue<>();
    private RelayLoops loops;
    private Prober prober;

    @BeforeEach
    void start() {
        NetnsCommands.sysctl("net.ipv4.tcp_fastopen", 7);
        NetnsCommands.run("ip addr add 192.0.2.1/32 dev lo");
        NetnsCommands.run("ip addr add 192.0.2.2/32 dev lo");
        loops = new RelayLoops(1);
        prober = new Prober(loops, router, System::nanoTime, answers::add);
        prober.observed("fixed", new UplinkObservation(true, true, 1, List.of(ip("192.0.2.2")), true, false));
    }

    @AfterEach
    void nothingIsLeftOpen() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (loops.counters().openEndpoints() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertEquals(0, loops.counters().openEndpoints());
        loops.close();
    }

    @ParameterizedTest
    @EnumSource
    void saysThatTheHostIsThereAndThenThatTheConverterIs(HandshakeMode mode) throws Exception {
        use(mode);
        try (StreamSocket point = listen()) {
            probe(PATIENCE_NANOS);
            try (StreamSocket client = accept(point)) {
                assertEquals("192.0.2.2", client.remoteAddress().getAddress().getHostAddress());
                assertEquals(INFO, read(client, INFO.length() / 2));
                assertAnswer(ProbeAnswer.HOST);
                // Supported TCP Extensions: Multipath TCP.
                say(client, "01032263150200001e000000");
                assertAnswer(ProbeAnswer.CONVERTER);
            }
        }
        assertNoAnswer();
    }

    @ParameterizedTest
    @ValueSource(strings = {"010322631e02030012345678", "010222631e014105"})
    void takesARefusalInConvertForASignOfLife(String errorForCookieOrOverload) throws Exception {
        try (StreamSocket point = listen()) {
            probe(PATIENCE_NANOS);
            try (StreamSocket client = accept(point)) {
                say(client, errorForCookieOrOverload);
                assertAnswer(ProbeAnswer.HOST);
                assertAnswer(ProbeAnswer.CONVERTER);
            }
        }
    }

    @Test
    void readsAReplyThatComesInPieces() throws Exception {
        try (StreamSocket point = listen()) {
            probe(PATIENCE_NANOS);
            try (StreamSocket client = accept(point)) {
                assertAnswer(ProbeAnswer.HOST);
                client.set(SocketOption.TCP_NODELAY, 1);
                say(client, "0103");
                Thread.sleep(20);
                say(client, "2263150200001e000000");
                assertAnswer(ProbeAnswer.CONVERTER);
            }
        }
    }

    @Test
    void knowsTheHostOnlyWhereSomethingElseIsSpoken() throws Exception {
        try (StreamSocket point = listen()) {
            probe(PATIENCE_NANOS);
            try (StreamSocket client = accept(point)) {
                say(
                        client,
                        HexFormat.of()
                                .formatHex("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
                awaitReset(client);
            }
        }
        assertAnswer(ProbeAnswer.HOST);
        assertNoAnswer();
    }

    @Test
    void knowsTheHostOnlyWhereTheRequestIsEndedOrReset() throws Exception {
        try (StreamSocket point = listen()) {
            probe(PATIENCE_NANOS);
            accept(point).close();
            assertAnswer(ProbeAnswer.HOST);
            probe(PATIENCE_NANOS);
            accept(point).resetOnClose().close();
            assertAnswer(ProbeAnswer.HOST);
        }
        assertNoAnswer();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void knowsTheHostWhereAllThatHappensBetweenTwoLooks(boolean ended) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (StreamSocket point = listen()) {
            probe(PATIENCE_NANOS);
            loops.all().get(0).execute(() -> awaitUninterruptibly(over));
            try (StreamSocket client = accept(point)) {
                if (ended) {
                    client.shutdownOutput();
                }
                client.resetOnClose();
            }
            over.countDown();
            assertAnswer(ProbeAnswer.HOST);
        }
        assertNoAnswer();
    }

    @Test
    void knowsTheHostOnlyWhereTheProcessHangs() throws Exception {
        try (StreamSocket point = listen()) {
            probe(SHORT_PATIENCE_NANOS);
            assertAnswer(ProbeAnswer.HOST);
            assertNoAnswer();
            awaitReset(accept(point));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedWhereNothingListens(HandshakeMode mode) throws Exception {
        use(mode);
        probe(PATIENCE_NANOS);
        assertAnswer(ProbeAnswer.REFUSED);
        assertNoAnswer();
    }

    @ParameterizedTest
    @EnumSource
    void hearsThatThereIsNoWay(HandshakeMode mode) throws Exception {
        use(mode);
        NetnsCommands.run("nft add table inet cut");
        NetnsCommands.run("nft add chain inet cut in { type filter hook input priority 0 ; }");
        NetnsCommands.run("nft add rule inet cut in tcp dport 7000 reject with icmpx type host-unreachable");
        probe(PATIENCE_NANOS);
        assertAnswer(ProbeAnswer.UNREACHABLE);
    }

    @ParameterizedTest
    @EnumSource
    void saysNothingWhereNothingIsHeard(HandshakeMode mode) throws Exception {
        use(mode);
        NetnsCommands.run("nft add table inet cut");
        NetnsCommands.run("nft add chain inet cut in { type filter hook input priority 0 ; }");
        NetnsCommands.run("nft add rule inet cut in tcp dport 7000 drop");
        probe(SHORT_PATIENCE_NANOS);
        assertNoAnswer();
    }

    @Test
    void hasNoWayOverAnUplinkWithoutAnAddressOfTheFamily() throws Exception {
        prober.observed("fixed", new UplinkObservation(true, true, 1, List.of(ip("2001:db8::2")), false, true));
        probe(PATIENCE_NANOS);
        assertAnswer(ProbeAnswer.UNREACHABLE);
        prober.observed("fixed", UplinkObservation.ABSENT);
        probe(PATIENCE_NANOS);
        assertAnswer(ProbeAnswer.UNREACHABLE);
    }

    @Test
    void sendsNoMoreAtATimeThanItMay() throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        try (StreamSocket point = listen()) {
            // None is over before the last is asked for.
            loops.all().get(0).execute(() -> awaitUninterruptibly(all));
            for (int i = 0; i < Prober.MOST_IN_FLIGHT + 3; i++) {
                probe(SHORT_PATIENCE_NANOS);
            }
            all.countDown();
            for (int i = 0; i < Prober.MOST_IN_FLIGHT; i++) {
                assertAnswer(ProbeAnswer.HOST);
            }
            assertNoAnswer();
            probe(SHORT_PATIENCE_NANOS);
            assertAnswer(ProbeAnswer.HOST);
            for (int i = 0; i < Prober.MOST_IN_FLIGHT + 1; i++) {
                accept(point).close();
            }
            assertEquals(Optional.empty(), point.accept());
        }
    }

    private void use(HandshakeMode mode) {
        router.publishConversionPoints(List.of(new ConversionPoint("operator", POINT, Optional.of(mode))));
    }

    private void probe(long patienceNanos) {
        prober.probe(new Decision.ProbePath("fixed", POINT, patienceNanos, Reason.CAME_BACK));
    }

    private void assertAnswer(ProbeAnswer expected) throws InterruptedException {
        assertEquals(new EngineEvent.ProbeAnswered("fixed", POINT, expected), answers.poll(10, TimeUnit.SECONDS));
    }

    /** Once no socket is open, no more answer can come. */
    private void assertNoAnswer() throws InterruptedException {
        nothingMoves();
        assertTrue(answers.isEmpty(), answers::toString);
    }

    private void nothingMoves() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        loops.all().get(0).run(() -> {});
        while (loops.counters().openEndpoints() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
    }

    private static StreamSocket listen() {
        return StreamSocket.open(StreamProtocol.MPTCP)
                .acceptSynData(8)
                .bind(POINT)
                .listen(64);
    }

    private static StreamSocket accept(StreamSocket listener) {
        assertTrue(listener.awaitReadable(PATIENCE_NANOS), "nobody connects");
        return listener.accept().orElseThrow();
    }

    private static void say(StreamSocket client, String hex) {
        client.write(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    private static String read(StreamSocket socket, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            assertTrue(socket.awaitReadable(PATIENCE_NANOS), "only " + buffer.position() + " bytes came");
            assertTrue(socket.read(buffer) >= 0, "the end came after " + buffer.position() + " bytes");
        }
        return HexFormat.of().formatHex(buffer.array());
    }

    /** Behind the request. */
    private static void awaitReset(StreamSocket client) {
        try (client) {
            ErrnoException end = assertThrows(ErrnoException.class, () -> {
                do {
                    assertTrue(client.awaitReadable(PATIENCE_NANOS), "it stays open");
                } while (client.read(ByteBuffer.allocate(64)) >= 0);
            });
            assertEquals(Errno.ECONNRESET, end.errno());
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
