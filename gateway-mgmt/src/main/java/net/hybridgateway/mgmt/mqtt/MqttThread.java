package net.hybridgateway.mgmt.mqtt;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The thread "mqtt": whoever makes it shuts it down. */
public final class MqttThread {
    private MqttThread() {}

    public static ScheduledExecutorService make() {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "mqtt");
            made.setDaemon(true);
            return made;
        });
        // An alarm is set anew with each event.
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return thread;
    }
}
