package net.hybridgateway.app.daemon;

import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import net.hybridgateway.mgmt.control.CommandException;
import net.hybridgateway.mgmt.settings.Settings;
import net.hybridgateway.mgmt.settings.SettingsAccess;
import net.hybridgateway.mgmt.settings.SettingsHealth;
import org.tinylog.Logger;

/** The thread "settings": owns them, and wakes up when a change on trial is to be taken back. */
final class SettingsThread implements SettingsAccess {
    /** Flash may be slow, and the kernel busy. */
    private static final int ANSWER_SECONDS = 30;

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "settings");
        thread.setDaemon(true);
        return thread;
    });
    private final Settings settings;
    private final LongSupplier nanoTime;
    private volatile SettingsHealth health;

    SettingsThread(Settings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.health = settings.health();
    }

    @Override
    public <T> T ask(Question<T> question) throws CommandException {
        try {
            Future<T> answer = worker.submit(() -> {
                try {
                    return question.ask(settings);
                } finally {
                    look();
                }
            });
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new CommandException("the settings are busy; what was asked for may still be done");
        } catch (RejectedExecutionException e) {
            throw new CommandException("the gateway is stopping");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("the gateway is stopping");
        }
    }

    private void look() {
        health = settings.health();
        OptionalLong deadline = settings.nextDeadlineNanos();
        if (deadline.isPresent()) {
            long nanos = Math.max(0, deadline.getAsLong() - nanoTime.getAsLong());
            // Too many of them do no harm.
            var unused = worker.schedule(this::tick, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void tick() {
        try {
            settings.tick();
            look();
        } catch (RuntimeException e) {
            Logger.error("settings: {}", e.getMessage());
        }
    }

    /** The gateway runs. Returns at once. */
    void started() {
        worker.execute(() -> {
            settings.started();
            look();
        });
    }

    /** What is wrong with the settings. From any thread. */
    SettingsHealth health() {
        return health;
    }

    void stop() throws InterruptedException {
        worker.shutdown();
        worker.awaitTermination(ANSWER_SECONDS, TimeUnit.SECONDS);
    }
}
