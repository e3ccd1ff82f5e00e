package net.hybridgateway.app.relay;

import java.util.concurrent.TimeUnit;

/**
 * Rings once when the connections of a loop have moved so much within a second, and is silent until it is set again. So
 * whoever has to do something only while there is load needs no timer while there is none. Belongs to its loop.
 */
final class BusyBell {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Runnable listener;
    private long threshold;
    private long moved;
    private long sinceNanos;

    /**
     * Sets the bell, in place of what was set before.
     *
     * @param bytes that ring it
     */
    void set(Runnable newListener, long bytes) {
        listener = newListener;
        threshold = bytes;
        moved = 0;
    }

    void moved(long bytes, long nowNanos) {
        if (listener == null) {
            return;
        }
        if (moved == 0 || nowNanos - sinceNanos > SECOND_NANOS) {
            moved = 0;
            sinceNanos = nowNanos;
        }
        moved += bytes;
        if (moved >= threshold) {
            Runnable rung = listener;
            listener = null;
            rung.run();
        }
    }
}
