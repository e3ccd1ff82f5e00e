package net.hybridgateway.mgmt.mqtt.paho;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;

/** How a connection ends, whichever of Paho's clients it is in: once, and not on a thread of Paho's. Thread-safe. */
final class LinkEnd {
    private static final long FAREWELL_MILLIS = 1_000;

    private final PahoLinks.Wire wire;
    private final Runnable close;
    private final ScheduledExecutorService thread;
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** @param close closes Paho's client, if it lets itself be closed */
    LinkEnd(PahoLinks.Wire wire, Runnable close, ScheduledExecutorService thread) {
        this.wire = wire;
        this.close = close;
        this.thread = thread;
    }

    /** Whether it has ended, or is about to. */
    boolean isOver() {
        return over.get();
    }

    /** Ends it by itself, if nobody did yet; then the news are told. */
    void end(Runnable news) {
        if (over.compareAndSet(false, true)) {
            releaseLater();
            news.run();
        }
    }

    /**
     * Ends it with a farewell, or without, if somebody has ended it already.
     *
     * @param farewell says good-bye within so many milliseconds, and calls {@link #releaseLater} then; false if it cannot
     */
    CompletableFuture<Void> disconnect(LongPredicate farewell) {
        if (!over.compareAndSet(false, true) || !farewell.test(FAREWELL_MILLIS)) {
            release();
            return gone;
        }
        try {
            var unused = thread.schedule(this::release, 2 * FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            release();
        }
        return gone;
    }

    /** Ends it without a word. */
    void abort() {
        over.set(true);
        release();
    }

    /** Not on a thread of Paho's, which this ends. */
    void releaseLater() {
        try {
            thread.execute(this::release);
        } catch (RejectedExecutionException e) {
            release();
        }
    }

    private void release() {
        wire.close();
        gone.complete(null);
        close.run();
    }
}
