package net.hybridgateway.app.progress;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.ip;
import static net.hybridgateway.app.testing.Addresses.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.EndpointHandler;
import net.hybridgateway.app.relay.Relay;
import net.hybridgateway.app.relay.RelayLoop;
import net.hybridgateway.app.relay.RelayLoops;
import net.hybridgateway.app.upstream.UpstreamSockets;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One relayed Multipath TCP connection, a line that goes silent without a word, and what the watch says. Everything is on a
 * namespace's loopback device.
 *
 * <p>A machine that is busy with something else may pause the traffic, which is then suspected rightly. So what counts is
 * what is said last. It may also let a stream stutter so that it is none for the watch; then it is tried again.
 */
@ExtendWith(NetnsExtension.class)
@Timeout(120)
class ProgressWatchIT {
    private static final InetSocketAddress POINT = at("192.0.2.1", 7000);
    private static final InetSocketAddress GATEWAY = at("192.0.2.9", 80);
    private static final String FIXED = "192.0.2.2";
    private static final int LOOPBACK = 1;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** Half a second of it, where nothing else is to be done. */
    private static final long STREAM_BYTES = 200_000;

    private final News news = new News();
    private final PathProgress paths = new PathProgress(news);
    private final List<Traffic> traffic = new ArrayList<>();
    private final AtomicLong swallowed = new AtomicLong();
    private RelayLoops loops;
    private RelayLoop loop;
    private ProgressWatch watch;
    private StreamSocket host;
    private StreamSocket point;

    @BeforeEach
    void connect() {
        for (String address : List.of("192.0.2.1", FIXED, "192.0.2.9")) {
            NetnsCommands.run("ip addr add " + address + "/32 dev lo");
        }
        NetnsCommands.run("nft add table inet cut");
        NetnsCommands.run("nft add chain inet cut in { type filter hook input priority 0 ; }");
        paths.publishPaths(List.of(path("fixed", LOOPBACK, FIXED)));
        loops = new RelayLoops(1);
        loop = loops.all().get(0);
        watch = new ProgressWatch(loop, paths, System::nanoTime);
        try (StreamSocket lan = listen(StreamProtocol.TCP, GATEWAY);
                StreamSocket points = listen(StreamProtocol.MPTCP, POINT)) {
            host = StreamSocket.open(StreamProtocol.TCP);
            host.connect(GATEWAY);
            StreamSocket near = accept(lan);
            loop.run(() -> join(near.release()));
            point = accept(points);
        }
    }

    private static StreamSocket listen(StreamProtocol protocol, InetSocketAddress address) {
        return StreamSocket.open(protocol).bind(address).listen(4);
    }

    private static StreamSocket accept(StreamSocket listener) {
        assertTrue(listener.awaitReadable(PATIENCE_NANOS), "nobody connects");
        return listener.accept().orElseThrow();
    }

    private void join(int nearFd) {
        try {
            Joining joining = new Joining();
            joining.near = Endpoint.connected(loop, nearFd, joining);
            int fd = UpstreamSockets.multipath(ip(FIXED), LOOPBACK, POINT, new byte[0])
                    .fd();
            var unused = Endpoint.connecting(loop, fd, joining);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Relays, and watches, as soon as there is a far end. */
    private final class Joining implements EndpointHandler {
        Endpoint near;

        @Override
        public void onConnected(Endpoint far) {
            Relay relay = new Relay(near, far, (ended, end) -> {}, System::nanoTime);
            watch.watch(relay, far, "fixed", ip(FIXED), POINT);
            relay.start();
        }

        @Override
        public void onReady(Endpoint endpoint) {
            // Readiness is remembered by the endpoint.
        }

        @Override
        public void onFailed(Endpoint endpoint, IOException cause) {
            endpoint.close();
        }
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        for (Traffic each : traffic) {
            each.stop();
        }
        host.close();
        point.close();
        loops.close();
    }

    // ---- breaks -----------------------------------------------------------------------------------------------------

    @Test
    void tellsThatADownloadStandsStillAndThatItGoesOn() throws Exception {
        swallow(host);
        stream(point);
        await(this::isWatched);
        tryUntilLast("fixed stalled", () -> {
            mend();
            awaitFlow(STREAM_BYTES);
            cut("ip saddr 192.0.2.1 tcp sport 7000 drop");
            cut("ip daddr 192.0.2.1 tcp dport 7000 drop");
        });

        mend();
        awaitLast("fixed progressed");
    }

    @Test
    void tellsThatAnUploadStandsStillWhenItsAcknowledgmentsAreLost() throws Exception {
        swallow(point);
        stream(host);
        awaitFlow(STREAM_BYTES);

        cut("ip saddr 192.0.2.1 tcp sport 7000 drop");
        awaitLast("fixed stalled");

        mend();
        awaitLast("fixed progressed");
    }

    @Test
    void tellsThatAnEchoStandsStillWhenItsQuestionsAreLost() throws Exception {
        traffic.add(new Traffic(() -> {
            host.write(ByteBuffer.allocate(8));
            Thread.sleep(50);
        }));
        traffic.add(new Traffic(() -> {
            ByteBuffer question = ByteBuffer.allocate(64);
            if (point.awaitReadable(TimeUnit.MILLISECONDS.toNanos(20)) && point.read(question) > 0) {
                point.write(question.flip());
            }
        }));
        swallow(host);
        awaitFlow(10 * 8);

        cut("ip daddr 192.0.2.1 tcp dport 7000 drop");
        awaitLast("fixed stalled");

        mend();
        awaitLast("fixed progressed");
    }

    // ---- what is no break -------------------------------------------------------------------------------------------

    @Test
    void saysNothingOfAnIdleConnectionAndStopsToLook() throws Exception {
        host.write(ByteBuffer.allocate(100));
        ByteBuffer heard = ByteBuffer.allocate(100);
        while (heard.hasRemaining()) {
            assertTrue(point.awaitReadable(PATIENCE_NANOS), "nothing comes");
            point.read(heard);
        }
        await(this::isWatched);
        await(() -> !ticking());
        int said = news.all.size();

        Thread.sleep(2_000);

        assertEquals(said, news.all.size(), news.all::toString);
        assertFalse(ticking());
    }

    @Test
    void suspectsAServerThatPausesOnceAndLetsItPause() throws Exception {
        swallow(host);
        tryUntilLast("fixed stalled", () -> {
            Traffic streaming = stream(point);
            awaitFlow(STREAM_BYTES);
            streaming.stop();
            await(() -> !ticking());
        });
        int said = news.all.size();
        Thread.sleep(2_000);

        assertEquals(said, news.all.size(), news.all::toString);
    }

    @Test
    void doesNotSuspectTheLineWhenTheHostDoesNotRead() throws Exception {
        // Much more than all buffers on the way hold; nobody reads, so it comes to a halt.
        traffic.add(new Traffic(() -> {
            point.awaitWritable(TimeUnit.MILLISECONDS.toNanos(100));
            point.write(ByteBuffer.allocate(16 * 1024));
        }));
        await(this::isWatched);
        await(() -> !ticking());

        assertFalse("fixed stalled".equals(news.last()), news.all::toString);
    }

    // ---- traffic ----------------------------------------------------------------------------------------------------

    /** Something that is done again and again, on a thread of its own. */
    private static final class Traffic {
        interface Step {
            void run() throws InterruptedException;
        }

        private final Thread thread;
        private volatile boolean stopping;

        Traffic(Step step) {
            thread = new Thread(() -> {
                try {
                    while (!stopping) {
                        step.run();
                    }
                } catch (InterruptedException e) {
                    // Asked to stop.
                }
            });
            thread.start();
        }

        void stop() throws InterruptedException {
            stopping = true;
            thread.join();
        }
    }

    private Traffic stream(StreamSocket from) {
        Traffic writing = new Traffic(() -> {
            from.write(ByteBuffer.allocate(1_000));
            Thread.sleep(2);
        });
        traffic.add(writing);
        return writing;
    }

    private void swallow(StreamSocket reader) {
        traffic.add(new Traffic(() -> {
            if (reader.awaitReadable(TimeUnit.MILLISECONDS.toNanos(20))) {
                swallowed.addAndGet(Math.max(0, reader.read(ByteBuffer.allocate(16 * 1024))));
            }
        }));
    }

    /** Waits until so much more has arrived. */
    private void awaitFlow(long bytes) throws InterruptedException {
        long before = swallowed.get();
        await(() -> swallowed.get() - before >= bytes);
    }

    private static void cut(String rule) {
        NetnsCommands.run("nft add rule inet cut in " + rule);
    }

    private static void mend() {
        NetnsCommands.run("nft flush chain inet cut in");
    }

    // ---- what is said -----------------------------------------------------------------------------------------------

    private boolean ticking() {
        return loop.ask(() -> watch.ticking());
    }

    /** Whether the watch has asked of the connection at all. */
    private boolean isWatched() {
        return paths.rtts().of("fixed", POINT).isPresent();
    }

    private void tryUntilLast(String what, Traffic.Step attempt) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        do {
            attempt.run();
            for (int i = 0; i < 200 && !what.equals(news.last()); i++) {
                Thread.sleep(10);
            }
        } while (!what.equals(news.last()) && System.nanoTime() - deadline < 0);
        assertEquals(what, news.last(), news.all::toString);
    }

    private void awaitLast(String what) throws InterruptedException {
        await(() -> what.equals(news.last()));
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "still waiting, and was told " + news.all);
            Thread.sleep(Duration.ofMillis(10).toMillis());
        }
    }

    private static final class News implements PathListener {
        final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void pathStalled(String uplink, InetSocketAddress conversionPoint, long sinceNanos, long rttNanos) {
            assertEquals(POINT, conversionPoint);
            all.add(uplink + " stalled");
        }

        @Override
        public void pathProgressed(String uplink, InetSocketAddress conversionPoint) {
            all.add(uplink + " progressed");
        }

        String last() {
            return all.isEmpty() ? "nothing" : all.get(all.size() - 1);
        }
    }
}
