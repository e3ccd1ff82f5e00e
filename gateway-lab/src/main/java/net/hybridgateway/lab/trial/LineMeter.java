package net.hybridgateway.lab.trial;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Counters;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;

/** Watches the gateway's device of a line, on a thread of its own, and knows when the last byte passed. */
final class LineMeter implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(20);

    private final String device;
    private final Thread thread;
    private final CompletableFuture<Counters> first = new CompletableFuture<>();
    private volatile Reading last;
    private volatile boolean closed;

    /**
     * The counters, and when they were seen to have moved.
     *
     * @param changedNanos {@link System#nanoTime()}; at most one period late
     */
    record Reading(Counters counters, long changedNanos) {}

    private LineMeter(Node gateway, Access access) {
        this.device = access.device();
        this.thread = new Thread(() -> gateway.call(this::watch), "line-meter");
        thread.setDaemon(true);
    }

    static LineMeter start(Node gateway, Access access) {
        LineMeter meter = new LineMeter(gateway, access);
        meter.thread.start();
        meter.first.join();
        return meter;
    }

    private boolean watch() throws Exception {
        try {
            last = new Reading(Counters.read(device), System.nanoTime());
            first.complete(last.counters());
        } catch (Exception e) {
            first.completeExceptionally(e);
            throw e;
        }
        while (!closed) {
            Pause.of(PERIOD);
            Counters now = Counters.read(device);
            if (!now.equals(last.counters())) {
                last = new Reading(now, System.nanoTime());
            }
        }
        return true;
    }

    /** Bytes of both directions since the device was made. */
    long bytes() {
        return last.counters().bytes();
    }

    /** When the last byte passed, as far as is known. */
    long changedNanos() {
        return last.changedNanos();
    }

    /** True if nothing has passed for so long. */
    boolean isQuietFor(Duration span) {
        return System.nanoTime() - last.changedNanos() > span.toNanos();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
