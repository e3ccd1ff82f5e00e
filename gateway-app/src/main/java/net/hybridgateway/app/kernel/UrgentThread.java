package net.hybridgateway.app.kernel;

import net.hybridgateway.netlink.ffi.LibC;
import org.tinylog.Logger;

/**
 * Threads that do little and must do it at once. When a line breaks, the relays are busiest, for the hosts send again what
 * they miss; yet what is relayed goes nowhere until the control thread has moved the connections.
 */
public final class UrgentThread {
    /** Some nine times the share of a relay thread, if both want the whole processor. */
    private static final int NICE = -10;

    private UrgentThread() {}

    /** Gives the calling thread its priority; without CAP_SYS_NICE, it stays as it is. */
    public static void begin() {
        int result = LibC.trySetNice(NICE);
        if (result < 0) {
            Logger.debug("{} gets no priority: errno {}", Thread.currentThread().getName(), -result);
        }
    }
}
