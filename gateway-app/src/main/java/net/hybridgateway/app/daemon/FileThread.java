package net.hybridgateway.app.daemon;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Writes what is kept over a restart, in order: a router's flash may take long, and nobody is to wait for it. */
final class FileThread implements Executor {
    private static final int STOP_SECONDS = 10;

    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "files");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public void execute(Runnable task) {
        worker.execute(task);
    }

    /** Waits until all is written, and ends. */
    void stop() throws InterruptedException {
        worker.shutdown();
        if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new DaemonException("files could not be written within " + STOP_SECONDS + " s");
        }
    }
}
