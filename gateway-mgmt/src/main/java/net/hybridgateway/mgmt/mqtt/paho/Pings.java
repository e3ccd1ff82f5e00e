package net.hybridgateway.mgmt.mqtt.paho;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** When the next ping is sent, by a thread that is there anyway; Paho would make one for each client. */
final class Pings {
    private final ScheduledExecutorService thread;
    private ScheduledFuture<?> next;

    Pings(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /** The next one, instead of the one that was planned. */
    synchronized void schedule(Runnable ping, long delayMillis) {
        stop();
        try {
            next = thread.schedule(ping, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The daemon ends.
        }
    }

    synchronized void stop() {
        if (next != null) {
            next.cancel(false);
        }
    }
}
