package net.hybridgateway.app.intercept;

import java.util.concurrent.atomic.LongAdder;

/** Counts since the start. Written by the loops, read from anywhere. */
public final class ConnectionTotals {
    final LongAdder begun = new LongAdder();
    final LongAdder converted = new LongAdder();
    final LongAdder multipath = new LongAdder();
    final LongAdder bypassed = new LongAdder();
    final LongAdder direct = new LongAdder();
    final LongAdder refused = new LongAdder();

    /** Connections that were taken in. */
    public long begun() {
        return begun.sum();
    }

    /** Those that went through a conversion point. */
    public long converted() {
        return converted.sum();
    }

    /** Those that went straight to their server, in Multipath TCP. */
    public long bypassed() {
        return bypassed.sum();
    }

    /** Of both, the ones that could use several uplinks. */
    public long multipath() {
        return multipath.sum();
    }

    /** Those that went to their server in plain TCP, without a conversion point. */
    public long direct() {
        return direct.sum();
    }

    /** Those that were reset at once because there were too many. */
    public long refused() {
        return refused.sum();
    }
}
