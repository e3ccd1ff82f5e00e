package net.hybridgateway.mgmt.control;

import java.time.Duration;

/** Switches how much is logged. Called on the thread "mgmt"; never blocks. */
public interface LogSwitch {
    /** How much is told, most first. */
    enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** Tells what is of this level or above, for so long; then as before. */
    void level(Level level, Duration period);
}
