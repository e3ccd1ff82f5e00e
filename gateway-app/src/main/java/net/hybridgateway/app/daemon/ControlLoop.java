package net.hybridgateway.app.daemon;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.hybridgateway.app.kernel.UrgentThread;
import org.tinylog.Logger;

/**
 * The control thread: runs what others post, and wakes up for the next deadline.
 *
 * <p>It owns the policy engine and what is known of the kernel. Nothing that it runs may block for long; netlink
 * commands, answered by the kernel at once, are the longest.
 */
public final class ControlLoop {
    /** What is to be done when no task is there. */
    public interface Clockwork {
        /** When {@link #tick} wants to be called, on the loop's clock; empty for never. */
        OptionalLong nextDeadlineNanos();

        /** The deadline has passed, or a task has run. Spurious calls are harmless. */
        void tick(long nowNanos);

        /** Several as one. */
        static Clockwork of(Clockwork... parts) {
            return new Clockwork() {
                @Override
                public OptionalLong nextDeadlineNanos() {
                    // Differences, for the clock may be below zero.
                    return Stream.of(parts)
                            .flatMapToLong(part -> part.nextDeadlineNanos().stream())
                            .reduce((one, other) -> one - other < 0 ? one : other);
                }

                @Override
                public void tick(long nowNanos) {
                    for (Clockwork part : parts) {
                        part.tick(nowNanos);
                    }
                }
            };
        }
    }

    /** A small router that reads its program from the flash for the first time takes more than five. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private static final int PAUSE_AFTER_FAILURE_MILLIS = 50;

    private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final LongSupplier nanoTime;
    private final Duration answerWithin;
    private final Thread thread = new Thread(this::work, "control");
    private volatile Clockwork clockwork;
    private volatile boolean stopping;

    /** Makes the loop; {@link #start} lets it work. */
    public ControlLoop(LongSupplier nanoTime) {
        this(nanoTime, ANSWER);
    }

    /** With another time in which questions have to be answered. */
    ControlLoop(LongSupplier nanoTime, Duration answerWithin) {
        this.nanoTime = nanoTime;
        this.answerWithin = answerWithin;
        thread.setDaemon(true);
    }

    public void start(Clockwork driven) {
        clockwork = driven;
        thread.start();
    }

    /** Runs a task on the control thread, in the order of posting. Callable from any thread. */
    public void post(Runnable task) {
        mailbox.add(task);
    }

    /**
     * Asks a question on the control thread and waits for the answer.
     *
     * @throws CompletionException with what the question threw, or a {@link DaemonException} if the answer takes too long
     */
    public <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        post(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.orTimeout(answerWithin.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                String text = "the control thread did not answer within " + answerWithin.toMillis() + " ms";
                throw new CompletionException(new DaemonException(text, e));
            }
            throw e;
        }
    }

    private void work() {
        UrgentThread.begin();
        while (!stopping) {
            try {
                Runnable task = await();
                for (; task != null; task = mailbox.poll()) {
                    task.run();
                }
                clockwork.tick(nanoTime.getAsLong());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // A bug in one task must not take the gateway down: say so, and go on with the next.
                Logger.error(e, "the control thread met a failure that it does not know");
                if (!pause()) {
                    return;
                }
            }
        }
    }

    /** A deadline that cannot be served stays due: without a pause, it would keep a core and the log busy. */
    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** The next task; null when the deadline came first. */
    private Runnable await() throws InterruptedException {
        OptionalLong deadline = clockwork.nextDeadlineNanos();
        if (deadline.isEmpty()) {
            return mailbox.take();
        }
        return mailbox.poll(Math.max(0, deadline.getAsLong() - nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
    }

    /** Ends the thread; tasks that still wait are not run. */
    public void stop() throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(5));
    }
}
