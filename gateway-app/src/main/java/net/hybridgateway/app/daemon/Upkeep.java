package net.hybridgateway.app.daemon;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;

/** The thread "upkeep": does what is due now and then, and may wait for others meanwhile. */
final class Upkeep {
    private static final int STOP_SECONDS = 5;

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "upkeep");
        thread.setDaemon(true);
        return thread;
    });

    /** Runs a task once, as soon as the others are done. */
    void soon(Runnable task) {
        worker.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                Logger.warn("upkeep: {}", e.getMessage());
            }
        });
    }

    /** Runs a task again and again, so long after it has ended. One that fails is run again, too. */
    void every(Duration pause, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                // The executor would never run it again.
                Logger.warn("upkeep: {}", e.getMessage());
            }
        };
        var unused = worker.scheduleWithFixedDelay(guarded, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    void stop() throws InterruptedException {
        worker.shutdownNow();
        worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
