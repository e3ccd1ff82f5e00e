package net.hybridgateway.app.upstream;

import java.util.Optional;

/**
 * The pause that a conversion point asked for, by error 64 or 65, or earned by another trouble of its own. It is about the
 * conversion point: all its addresses keep it, over every uplink. Thread-safe; times are monotonic nanoseconds.
 */
final class PointPause {
    private boolean asked;
    private PointTrouble why = PointTrouble.OTHER_ERROR;
    private long sinceNanos;
    private long untilNanos;

    /** Keeps away for so long, or for longer if that was asked for before. */
    synchronized void begin(PointTrouble trouble, long nanos, long nowNanos) {
        boolean running = isOn(nowNanos);
        if (!running) {
            sinceNanos = nowNanos;
        }
        if (!running || nowNanos + nanos - untilNanos > 0) {
            untilNanos = nowNanos + nanos;
        }
        asked = true;
        why = trouble;
    }

    synchronized boolean isOn(long nowNanos) {
        return asked && nowNanos - untilNanos < 0;
    }

    /** For how long it lasts from now on; 0 if it does not. */
    synchronized long leftNanos(long nowNanos) {
        return isOn(nowNanos) ? untilNanos - nowNanos : 0;
    }

    /** Why, while it lasts. */
    synchronized Optional<PointTrouble> why(long nowNanos) {
        return isOn(nowNanos) ? Optional.of(why) : Optional.empty();
    }

    /** When it began; of meaning while it lasts. */
    synchronized long sinceNanos() {
        return sinceNanos;
    }
}
