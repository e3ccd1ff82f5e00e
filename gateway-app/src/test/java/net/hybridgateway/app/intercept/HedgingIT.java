package net.hybridgateway.app.intercept;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.path;
import static net.hybridgateway.app.testing.Addresses.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.app.progress.PathListener;
import net.hybridgateway.app.progress.PathProgress;
import net.hybridgateway.app.progress.PathRtt;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.relay.RelayLoops;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.app.upstream.Cookies;
import net.hybridgateway.app.upstream.DialSettings;
import net.hybridgateway.app.upstream.HandshakeLesson;
import net.hybridgateway.app.upstream.HandshakeMode;
import net.hybridgateway.app.upstream.PathHandshake;
import net.hybridgateway.app.upstream.UpstreamRouter;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.socket.MptcpInfo;
import net.hybridgateway.netlink.socket.SocketQuery;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.traffic.RuleAction;
import net.hybridgateway.scheduler.traffic.TrafficRule;
import net.hybridgateway.scheduler.traffic.TrafficRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * New connections while the first uplink is silent. Everything is on a namespace's loopback device; the uplinks are two of
 * its addresses, and what comes from one of them is dropped.
 */
@ExtendWith(NetnsExtension.class)
@Timeout(60)
class HedgingIT {
    private static final InetSocketAddress POINT = at("192.0.2.1", 7000);
    private static final InetSocketAddress SERVER = at("192.0.2.9", 80);
    private static final String FIXED = "192.0.2.2";
    private static final String CELLULAR = "192.0.2.3";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Longer than a hedge ever waits. */
    private static final long A_WHILE_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);
    /** The fixed header and a Connect TLV without options (RFC 8803 §6.1, §6.2.5). */
    private static final int REQUEST_LENGTH = 4 + 20;

    private final UpstreamRouter router = new UpstreamRouter();
    private final PathProgress progress = new PathProgress(new News());
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    private final BlockingQueue<EngineEvent> classified = new LinkedBlockingQueue<>();
    private StreamSocket host;
    private RelayLoops loops;
    private Interceptor interceptor;
    private StreamSocket point;

    @BeforeEach
    void start() {
        for (String address : List.of("192.0.2.1", FIXED, CELLULAR, "192.0.2.9")) {
            NetnsCommands.run("ip addr add " + address + "/32 dev lo");
        }
        NetnsCommands.run("nft add table inet cut");
        NetnsCommands.run("nft add chain inet cut in { type filter hook input priority 0 ; }");
        loops = new RelayLoops(1);
        router.publishConversionPoints(List.of(operator()));
        interceptor = interceptor(TrafficRules.NONE);
        point = listen(StreamProtocol.MPTCP, POINT);
        host = StreamSocket.open(StreamProtocol.TCP);
    }

    /** One that never gives up an attempt by itself, however slow this machine is. */
    private Interceptor interceptor(TrafficRules rules) {
        return new Interceptor(
                loops,
                router,
                new DialSettings(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        new Cookies(Map.of(), Runnable::run),
                        progress,
                        System::nanoTime),
                new InterceptionLimits(10, Duration.ofMinutes(5), Duration.ofMinutes(1)),
                rules,
                classified::add);
    }

    @AfterEach
    void stop() throws InterruptedException {
        host.close();
        point.close();
        interceptor.close();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while ((loops.counters().openEndpoints() > 0 || loops.counters().pendingBuffers() > 0)
                && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertEquals(0, loops.counters().openEndpoints());
        assertEquals(0, loops.counters().pendingBuffers());
        loops.close();
    }

    @Test
    void goesOverTheNextUplinkWhileTheFirstIsSuspectAndSaysEverythingOnce() {
        silence(FIXED);
        publish(suspect(fixed()), cellular());
        intercept();
        host.write(ByteBuffer.wrap(HELLO));
        try (StreamSocket upstream = acceptFrom(CELLULAR)) {
            byte[] heard = read(upstream, REQUEST_LENGTH + HELLO.length);
            assertArrayEquals(HELLO, Arrays.copyOfRange(heard, REQUEST_LENGTH, heard.length));
            assertEquals(2, loops.counters().openEndpoints(), "the LAN's socket and the winner");
            // The first SYN would be repeated after a second, if it were still under way.
            endSilence();
            assertFalse(point.awaitReadable(TimeUnit.SECONDS.toNanos(2)));
        }
    }

    @Test
    void sendsNothingOverTheNextUplinkForALostSyn() throws Exception {
        silence(FIXED);
        publish(fixed(), cellular());
        intercept();
        assertEquals("fixed stalled", news.poll(10, TimeUnit.SECONDS));
        assertFalse(point.awaitReadable(A_WHILE_NANOS));
        endSilence();
        // Closed with the request unread, it would answer with a reset, which may be there before the connection was
        // seen.
        try (StreamSocket upstream = acceptFrom(FIXED)) {
            String last = news.poll(10, TimeUnit.SECONDS);
            while ("fixed stalled".equals(last)) {
                // It is said again as long as it lasts.
                last = news.poll(10, TimeUnit.SECONDS);
            }
            assertEquals("fixed progressed", last);
            assertEquals(1, read(upstream, REQUEST_LENGTH)[0], "version");
        }
    }

    @Test
    void hedgesWhatIsUnderWayWhenASuspicionComesUp() throws Exception {
        silence(FIXED);
        publish(fixed(), cellular());
        intercept();
        assertEquals("fixed stalled", news.poll(10, TimeUnit.SECONDS));
        publish(suspect(fixed()), cellular());
        interceptor.pathsChanged();
        acceptFrom(CELLULAR).close();
    }

    @Test
    void doesNotHedgeWhenTheSuspicionEndsInTime() {
        silence(FIXED);
        publish(suspect(fixed()), cellular());
        intercept(() -> {
            publish(fixed(), cellular());
            interceptor.pathsChanged();
        });
        assertFalse(point.awaitReadable(A_WHILE_NANOS));
    }

    @Test
    void doesNotHedgeWhatIsAnsweredInTime() {
        // Of such a line, an answer within half a second is in time.
        progress.rtts().measured("fixed", POINT, new PathRtt(TimeUnit.MILLISECONDS.toNanos(200), 0, System.nanoTime()));
        publish(suspect(fixed()), cellular());
        intercept();
        try (StreamSocket upstream = acceptFrom(FIXED)) {
            assertEquals(1, read(upstream, REQUEST_LENGTH)[0], "version");
            assertFalse(point.awaitReadable(A_WHILE_NANOS));
        }
    }

    @Test
    void doesNotHedgeOverAPathThatIsSuspectAsWell() {
        silence(FIXED);
        publish(suspect(fixed()), suspect(cellular()));
        intercept();
        assertFalse(point.awaitReadable(A_WHILE_NANOS));
    }

    @Test
    void goesOnWithTheFirstWhenTheSecondFails() {
        silence(FIXED);
        refuse(CELLULAR);
        publish(suspect(fixed()), cellular());
        intercept();
        assertFalse(point.awaitReadable(A_WHILE_NANOS));
        endSilence();
        acceptFrom(FIXED).close();
    }

    @Test
    void goesDirectWhenBothAreSilent() {
        silence(FIXED);
        silence(CELLULAR);
        publish(suspect(fixed()), cellular());
        try (StreamSocket server = listen(StreamProtocol.TCP, SERVER)) {
            intercept();
            accept(server).close();
        }
    }

    @Test
    void letsTheServerAnswerWhereNoConversionPointDoesAndGoesThereAtOnceNextTime() throws Exception {
        silence(FIXED);
        publish(fixed());
        try (StreamSocket server = listen(StreamProtocol.TCP, SERVER)) {
            intercept();
            accept(server).close();
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (!router.memory(operator(), "fixed").isFailing(System.nanoTime())) {
                assertTrue(System.nanoTime() < deadline, "still taken for usable");
                Thread.sleep(5);
            }
            endSilence();
            host.close();
            host = StreamSocket.open(StreamProtocol.TCP);
            intercept();
            accept(server).close();
            assertFalse(point.awaitReadable(0));
        }
    }

    @Test
    void waitsForAConversionPointThatAnswersQuestionsThoughItsSynIsLost() {
        router.askThrough((asked, uplink) -> progress.dialAnswered(uplink, asked.address(), System.nanoTime()));
        silence(FIXED);
        publish(fixed());
        try (StreamSocket server = listen(StreamProtocol.TCP, SERVER)) {
            intercept();
            assertFalse(server.awaitReadable(2 * A_WHILE_NANOS), "gone directly because of a lost packet");
            endSilence();
            acceptFrom(FIXED).close();
        }
    }

    @Test
    void asksAnotherConversionPointOverTheSameUplinkWhenTheFirstIsSilent() {
        InetSocketAddress second = at("192.0.2.1", 7001);
        router.publishConversionPoints(
                List.of(operator(), new ConversionPoint("second", second, Optional.of(HandshakeMode.ONE_RTT))));
        silence(FIXED);
        publish(fixed(), cellular());
        try (StreamSocket other = listen(StreamProtocol.MPTCP, second)) {
            intercept();
            try (StreamSocket upstream = accept(other)) {
                assertEquals(FIXED, upstream.remoteAddress().getAddress().getHostAddress());
                assertFalse(point.awaitReadable(0));
            }
        }
    }

    private static ConversionPoint operator() {
        return new ConversionPoint("operator", POINT, Optional.of(HandshakeMode.ONE_RTT));
    }

    @Test
    void beginsAnewOverTheNextUplinkWhenTheFirstIsDeclaredDead() {
        silence(FIXED);
        publish(fixed(), cellular());
        intercept();
        publish(cellular());
        interceptor.pathsChanged();
        acceptFrom(CELLULAR).close();
    }

    @Test
    void goesOnWithTheFirstWhenTheUplinkOfTheSecondGoes() {
        silence(FIXED);
        silence(CELLULAR);
        publish(suspect(fixed()), cellular());
        intercept();
        assertFalse(point.awaitReadable(A_WHILE_NANOS));
        publish(suspect(fixed()));
        interceptor.pathsChanged();
        awaitLoop();
        endSilence();
        acceptFrom(FIXED).close();
    }

    @Test
    void neverGoesOverCellularAgainstTheRules() {
        restartWith(RuleAction.FIXED_ONLY);
        silence(FIXED);
        publish(suspect(fixed()), cellular());
        intercept();
        assertFalse(point.awaitReadable(A_WHILE_NANOS));
        publish(cellular());
        interceptor.pathsChanged();
        assertTrue(host.awaitReadable(PATIENCE_NANOS));
        assertEquals(Optional.of(Errno.ECONNRESET), SocketQuery.error(host.fd()));
    }

    @Test
    void goesDirectByTheRules() {
        restartWith(RuleAction.DIRECT);
        publish(fixed());
        try (StreamSocket server = listen(StreamProtocol.TCP, SERVER)) {
            intercept();
            accept(server).close();
            assertFalse(point.awaitReadable(0));
        }
    }

    @Test
    void tellsWhatAConnectionMayDoAsSoonAsItHasAToken() throws Exception {
        restartWith(RuleAction.BACKUP_ONLY);
        publish(fixed());
        intercept();
        try (StreamSocket upstream = acceptFrom(FIXED)) {
            read(upstream, REQUEST_LENGTH);
            assertTrue(MptcpInfo.of(upstream.fd()).isPresent());
            EngineEvent.ConnectionClassified event =
                    (EngineEvent.ConnectionClassified) classified.poll(10, TimeUnit.SECONDS);
            assertEquals(RuleAction.BACKUP_ONLY.rights(), event.rights());
        }
    }

    @Test
    void tellsNothingWhereThereAreNoRules() {
        publish(fixed());
        intercept();
        try (StreamSocket upstream = acceptFrom(FIXED)) {
            read(upstream, REQUEST_LENGTH);
            awaitLoop();
            assertTrue(classified.isEmpty());
        }
    }

    private final class News implements PathListener {
        @Override
        public void pathStalled(String uplink, InetSocketAddress conversionPoint, long sinceNanos, long rttNanos) {
            news.add(uplink + " stalled");
        }

        @Override
        public void pathProgressed(String uplink, InetSocketAddress conversionPoint) {
            news.add(uplink + " progressed");
        }
    }

    private void restartWith(RuleAction action) {
        interceptor.close();
        interceptor =
                interceptor(new TrafficRules(List.of(new TrafficRule("all", List.of(), List.of(), List.of(), action))));
    }

    private static void silence(String source) {
        NetnsCommands.run("nft add rule inet cut in ip saddr " + source + " tcp dport 7000 drop");
    }

    private static void refuse(String source) {
        NetnsCommands.run("nft add rule inet cut in ip saddr " + source + " tcp dport 7000 reject with tcp reset");
    }

    private static void endSilence() {
        NetnsCommands.run("nft flush chain inet cut in");
    }

    private void publish(InitialPath... paths) {
        router.publishPaths(List.of(paths));
        for (InitialPath path : paths) {
            // What the host says is not to be held back.
            router.memory(operator(), path.uplink())
                    .learn(
                            Optional.of(new HandshakeLesson(PathHandshake.FAST_OPEN, Optional.empty(), true)),
                            System.nanoTime());
        }
    }

    private static InitialPath fixed() {
        return path("fixed", 1, FIXED);
    }

    private static InitialPath cellular() {
        return with(path("cellular", 1, CELLULAR), Set.of(), Allowance.FREE, UplinkKind.CELLULAR);
    }

    private static InitialPath suspect(InitialPath path) {
        return with(path, Set.of(POINT), path.allowance(), path.kind());
    }

    private void intercept() {
        intercept(() -> {});
    }

    /**
     * Connects the host, and hands the other end in as tproxy would.
     *
     * @param atOnce what happens on the loop before any time passes for the connection
     */
    private void intercept(Runnable atOnce) {
        RelayLoop loop = loops.all().get(0);
        try (StreamSocket lan = listen(StreamProtocol.TCP, at("127.0.0.1", 0))) {
            host.connect(lan.localAddress());
            StreamSocket accepted = accept(lan);
            InetSocketAddress client = host.localAddress();
            loop.run(() -> {
                interceptor.begin(loop, accepted.release(), client, SERVER);
                atOnce.run();
            });
        }
    }

    /** Until the loop has done what it was given so far. */
    private void awaitLoop() {
        loops.all().get(0).run(() -> {});
    }

    private static StreamSocket listen(StreamProtocol protocol, InetSocketAddress address) {
        return StreamSocket.open(protocol).bind(address).listen(8);
    }

    private StreamSocket acceptFrom(String source) {
        StreamSocket accepted = accept(point);
        assertEquals(source, accepted.remoteAddress().getAddress().getHostAddress());
        return accepted;
    }

    private static StreamSocket accept(StreamSocket listener) {
        assertTrue(listener.awaitReadable(PATIENCE_NANOS), "nobody connects");
        return listener.accept().orElseThrow();
    }

    private static byte[] read(StreamSocket socket, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            assertTrue(socket.awaitReadable(PATIENCE_NANOS), "only " + buffer.position() + " bytes came");
            assertTrue(socket.read(buffer) >= 0, "the end came after " + buffer.position() + " bytes");
        }
        return buffer.array();
    }
}
