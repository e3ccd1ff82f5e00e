package net.hybridgateway.app.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * One event loop of the relay and what its connections share: the thread, the buffer and the queue of those that have
 * more to do.
 *
 * <p>All methods but {@link #execute} must be called on the loop's own thread.
 */
public final class RelayLoop {
    /** Something that was scheduled. */
    @FunctionalInterface
    public interface Timer {
        /** Takes it back; harmless when it has run already. */
        void cancel();
    }

    /** How much one read takes. 64 KiB is where the cost per byte flattens out on small machines. */
    static final int BUFFER_BYTES = 64 * 1024;

    private final IoEventLoop eventLoop;
    private final RelayCounters counters;
    private final ArrayDeque<Runnable> unfinished = new ArrayDeque<>();
    private boolean unfinishedScheduled;
    private final BusyBell busyBell = new BusyBell();
    private ByteBuf buffer;

    RelayLoop(IoEventLoop eventLoop, RelayCounters counters) {
        this.eventLoop = eventLoop;
        this.counters = counters;
    }

    /** Runs a task on this loop's thread; from there, at once after what runs now. Callable from any thread. */
    public void execute(Runnable task) {
        eventLoop.execute(task);
    }

    /**
     * Asks a question on this loop's thread and waits for the answer. Not to be called on a loop.
     *
     * @throws java.util.concurrent.CompletionException with what the question threw
     */
    public <T> T ask(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        eventLoop.execute(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }

    /** Runs a task on this loop's thread and waits for its end. Not to be called on a loop. */
    public void run(Runnable task) {
        var unused = ask(() -> {
            task.run();
            return Boolean.TRUE;
        });
    }

    /** Runs a task on this loop after a delay, unless the timer is cancelled before. */
    public Timer schedule(Runnable task, Duration delay) {
        ScheduledFuture<?> future = eventLoop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Runs a task on this loop again and again, with a pause between one's end and the next one's start. */
    public Timer scheduleEvery(Runnable task, Duration pause) {
        ScheduledFuture<?> future =
                eventLoop.scheduleWithFixedDelay(task, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /**
     * Calls the listener on this loop as soon as its connections have moved so much within a second; once, and instead of
     * a listener that was named before.
     */
    public void ringWhenBusy(Runnable listener, long bytes) {
        busyBell.set(listener, bytes);
    }

    BusyBell busyBell() {
        return busyBell;
    }

    /** Whether the calling thread is the one that owns this loop's connections. */
    public boolean isOwnThread() {
        return eventLoop.inEventLoop();
    }

    RelayCounters counters() {
        return counters;
    }

    /**
     * The buffer that every read on this loop goes through. Its content is worth nothing after the handler that filled
     * it has returned.
     */
    public ByteBuf sharedBuffer() {
        if (buffer == null) {
            buffer = PooledByteBufAllocator.DEFAULT.directBuffer(BUFFER_BYTES, BUFFER_BYTES);
        }
        return buffer;
    }

    /** Continues a busy connection after the others have had their turn. */
    void continueLater(Runnable work) {
        unfinished.add(work);
        if (!unfinishedScheduled) {
            unfinishedScheduled = true;
            eventLoop.execute(this::runUnfinished);
        }
    }

    private void runUnfinished() {
        unfinishedScheduled = false;
        for (int n = unfinished.size(); n > 0; n--) {
            unfinished.remove().run();
        }
    }

    IoRegistration register(EpollIoHandle handle) throws IOException {
        Future<IoRegistration> registered = eventLoop.register(handle);
        if (!registered.isSuccess()) {
            throw new IOException("cannot watch " + handle, registered.cause());
        }
        return registered.getNow();
    }

    /** Gives the buffer back. Called once the thread has ended. */
    void close() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}
