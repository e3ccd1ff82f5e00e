package net.hybridgateway.app.daemon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.hybridgateway.app.kernel.TableGuard;
import net.hybridgateway.mgmt.status.HealthCode;
import net.hybridgateway.mgmt.status.HealthProblem;
import net.hybridgateway.netlink.NetlinkException;
import org.tinylog.Logger;

/**
 * Lets the guard look after the interception table, and says what others do to it: each time in the events, once a minute
 * at most in the log, and as a lasting condition if it does not stop. Everything here runs on the control thread.
 */
final class InterceptionKeeper implements ControlLoop.Clockwork {
    /** A firewall that is restarted takes everything away once or twice. */
    static final int MANY = 5;

    static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(10);

    private static final long BETWEEN_COMPLAINTS_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final TableGuard guard;
    private final Consumer<String> events;
    private final Deque<Long> repairsNanos = new ArrayDeque<>();
    private String lastProcess = "";
    private OptionalLong complainedNanos = OptionalLong.empty();

    /** @param events is told of each repair, in a sentence */
    InterceptionKeeper(TableGuard guard, Consumer<String> events) {
        this.guard = guard;
        this.events = events;
    }

    /**
     * A transaction touched the table.
     *
     * @param process who made it; empty if that is not known
     */
    void touched(String process, long nowNanos) {
        lastProcess = process;
        guard.look(nowNanos);
    }

    @Override
    public OptionalLong nextDeadlineNanos() {
        return OptionalLong.of(guard.nextLookNanos());
    }

    @Override
    public void tick(long nowNanos) {
        try {
            guard.tick(nowNanos).ifPresent(damage -> repaired(damage, nowNanos));
        } catch (NetlinkException e) {
            complain("The interception table cannot be looked after: " + e.getMessage(), nowNanos);
        }
    }

    private void repaired(TableGuard.Damage damage, long nowNanos) {
        repairsNanos.addLast(nowNanos);
        forget(nowNanos);
        String done = damage == TableGuard.Damage.REMOVED ? "removed" : "changed";
        String sentence = who() + " " + done + " the nftables table inet hybrid_gateway. It was put back.";
        events.accept(sentence);
        complain(sentence, nowNanos);
    }

    private String who() {
        return lastProcess.isEmpty() ? "Another program" : "Another program (" + lastProcess + ")";
    }

    private void complain(String text, long nowNanos) {
        if (complainedNanos.isEmpty() || nowNanos - complainedNanos.getAsLong() > BETWEEN_COMPLAINTS_NANOS) {
            complainedNanos = OptionalLong.of(nowNanos);
            Logger.warn("{}", text);
        }
    }

    private void forget(long nowNanos) {
        while (!repairsNanos.isEmpty() && nowNanos - repairsNanos.getFirst() > MEMORY_NANOS) {
            repairsNanos.removeFirst();
        }
    }

    /** That somebody does not leave the table alone, as long as that goes on. */
    List<HealthProblem> problems(long nowNanos) {
        forget(nowNanos);
        if (repairsNanos.size() < MANY) {
            return List.of();
        }
        return List.of(new HealthProblem(
                HealthCode.INTERCEPTION_REMOVED,
                "",
                who() + " removed or changed the nftables table inet hybrid_gateway " + repairsNanos.size()
                        + " times in 10 minutes: connections that begin in such a moment end with their uplink."));
    }
}
