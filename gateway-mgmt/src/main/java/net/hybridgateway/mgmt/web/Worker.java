package net.hybridgateway.mgmt.web;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A thread for what the event loop must not wait for. It ends when there was nothing to do for half a minute. */
final class Worker implements AutoCloseable {
    private static final int QUEUE = 16;
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor executor;
    private final Executor loop;

    /** @param loop runs what follows, on the thread "web" */
    Worker(String name, Executor loop) {
        this.loop = loop;
        this.executor =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Has something worked out, and goes on with the result on the loop.
     *
     * @param work does not throw but for a bug or a broken disk
     * @param failed takes what it threw, on the loop
     * @return false if too much waits already; then nothing happens
     */
    <T> boolean ask(Supplier<T> work, Consumer<T> then, Consumer<RuntimeException> failed) {
        try {
            executor.execute(() -> {
                Runnable follows;
                try {
                    T result = work.get();
                    follows = () -> then.accept(result);
                } catch (RuntimeException e) {
                    follows = () -> failed.accept(e);
                }
                post(follows);
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void post(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The server was closed meanwhile, and nobody waits any more.
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
