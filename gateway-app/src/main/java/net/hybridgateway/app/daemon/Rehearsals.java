package net.hybridgateway.app.daemon;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Plays a break, again and again after the start, until the virtual machine has compiled the code for it: a few times at once,
 * so that it is loaded and linked, and then at leisure. A thousand connections that move at once are moved by compiled code
 * then, and no compiler takes half a processor away just when all is needed.
 */
final class Rehearsals implements ControlLoop.Clockwork {
    private static final int AT_ONCE = 20;
    /** The virtual machine compiles a method after 200 calls (Tier3InvocationThreshold); those within streams come later. */
    private static final int IN_ALL = 400;

    private static final Duration PAUSE = Duration.ofMillis(40);

    private final Runnable rehearsal;
    private int played;
    private long nextNanos;

    Rehearsals(Runnable rehearsal, long nowNanos) {
        this.rehearsal = rehearsal;
        this.nextNanos = nowNanos;
    }

    @Override
    public OptionalLong nextDeadlineNanos() {
        return played < IN_ALL ? OptionalLong.of(nextNanos) : OptionalLong.empty();
    }

    /** One by one: what really happens comes in between. */
    @Override
    public void tick(long nowNanos) {
        if (played < IN_ALL && nowNanos - nextNanos >= 0) {
            rehearsal.run();
            played++;
            nextNanos = played < AT_ONCE ? nowNanos : nowNanos + PAUSE.toNanos();
        }
    }
}
