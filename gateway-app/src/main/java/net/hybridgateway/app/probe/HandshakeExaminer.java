package net.hybridgateway.app.probe;

import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import net.hybridgateway.app.upstream.HandshakeLesson;
import net.hybridgateway.app.upstream.HandshakeMode;
import net.hybridgateway.app.upstream.InfoReplies;
import net.hybridgateway.app.upstream.PathExaminer;
import net.hybridgateway.app.upstream.Route;
import net.hybridgateway.netlink.ffi.EventFd;
import org.tinylog.Logger;

/**
 * Examines paths as {@code hybrid-gateway probe} does, as far as new connections need it, on threads "questions" that wait for the
 * network and nobody for them. They end when there has been nothing to ask for a while.
 *
 * <p>What is asked at a time is bounded by who asks: once for each path and conversion point. Thread-safe.
 */
public final class HandshakeExaminer implements PathExaminer {
    /** More than one, for one path may be silent. */
    private static final int THREADS = 2;

    private static final int IDLE_SECONDS = 10;
    private static final int STOP_SECONDS = 5;

    private final ProbeConnections connections;
    private final LongSupplier nanoTime;
    private final EventFd stop = new EventFd();
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "questions");
                thread.setDaemon(true);
                return thread;
            });

    /** @param connections keeps the questions' connections from others */
    public HandshakeExaminer(ProbeConnections connections, LongSupplier nanoTime) {
        this.connections = connections;
        this.nanoTime = nanoTime;
        workers.allowCoreThreadTimeOut(true);
    }

    @Override
    public void examine(Route route) {
        try {
            workers.execute(() -> route.memory().learn(lesson(route), nanoTime.getAsLong()));
        } catch (RejectedExecutionException e) {
            // The gateway stops.
            route.memory().learn(Optional.empty(), nanoTime.getAsLong());
        }
    }

    private Optional<HandshakeLesson> lesson(Route route) {
        PathProbe probe = new PathProbe(
                route.source(),
                route.path().interfaceIndex(),
                route.conversionPoint().address(),
                connections,
                stop,
                nanoTime);
        boolean inSyn = route.conversionPoint().fixedMode().orElse(HandshakeMode.ZERO_RTT) == HandshakeMode.ZERO_RTT;
        try {
            Optional<HandshakeLesson> lesson = probe.handshake(inSyn);
            probe.reply().ifPresent(reply -> InfoReplies.learn(route.memory(), reply, nanoTime.getAsLong()));
            Logger.debug(
                    "uplink {}, conversion point {}: {}",
                    route.path().uplink(),
                    route.conversionPoint().name(),
                    lesson);
            return lesson;
        } catch (RuntimeException e) {
            // A path that cannot be examined now is one of which nothing is known.
            Logger.debug(
                    "uplink {}, conversion point {}: {}",
                    route.path().uplink(),
                    route.conversionPoint().name(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** Ends the threads, in the midst of a question too. */
    public void stop() throws InterruptedException {
        stop.signal();
        workers.shutdownNow();
        if (workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            stop.close();
        }
    }
}
