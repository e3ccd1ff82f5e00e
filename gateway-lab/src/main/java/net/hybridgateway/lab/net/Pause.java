package net.hybridgateway.lab.net;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting on the real clock: the lab runs on a real kernel, so there is no other. */
public final class Pause {
    private static final Duration POLL = Duration.ofMillis(5);

    private Pause() {}

    public static void of(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    /** Waits until {@code condition} holds; false if it does not within {@code timeout}. */
    public static boolean until(Duration timeout, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            of(POLL);
        }
        return true;
    }
}
