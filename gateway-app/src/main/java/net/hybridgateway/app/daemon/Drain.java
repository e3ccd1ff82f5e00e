package net.hybridgateway.app.daemon;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import net.hybridgateway.scheduler.EngineSnapshot;
import net.hybridgateway.scheduler.UplinkConfig;
import net.hybridgateway.scheduler.UplinkUse;

/**
 * How long it takes after a return until the connections that had moved have left the uplinks that stepped in. Counts those
 * that are taken off by decision; connections that end before are of no interest. One owner thread.
 */
final class Drain {
    private final long returnNanos;
    private final Set<Integer> staying;
    private long lastLeftNanos;
    private boolean anyLeft;

    /** @param moved tokens of the connections that are on the uplinks that stepped in */
    Drain(Set<Integer> moved, long returnNanos) {
        this.returnNanos = returnNanos;
        this.staying = new HashSet<>(moved);
        this.lastLeftNanos = returnNanos;
        this.anyLeft = moved.isEmpty();
    }

    /** Tokens of the connections that have a subflow on an uplink that only steps in. */
    static Set<Integer> concerned(EngineSnapshot engine) {
        Set<String> steppingIn = engine.uplinks().stream()
                .map(EngineSnapshot.UplinkView::config)
                .filter(uplink -> uplink.use() == UplinkUse.ON_DEMAND || uplink.use() == UplinkUse.OVERFLOW)
                .map(UplinkConfig::name)
                .collect(Collectors.toSet());
        return engine.connections().stream()
                .filter(connection -> connection.subflows().stream()
                        .anyMatch(subflow -> subflow.state().carries() && steppingIn.contains(subflow.uplink())))
                .map(EngineSnapshot.ConnectionView::token)
                .collect(Collectors.toSet());
    }

    /** A connection was taken off an uplink. */
    void left(int token, long nowNanos) {
        if (staying.remove(token)) {
            lastLeftNanos = nowNanos;
            anyLeft = true;
        }
    }

    /**
     * From the return until the last one left; empty until that is so, and if all ended instead.
     *
     * @param present tokens of the connections that are there still
     */
    OptionalLong millis(Set<Integer> present) {
        staying.retainAll(present);
        return staying.isEmpty() && anyLeft
                ? OptionalLong.of((lastLeftNanos - returnNanos) / 1_000_000)
                : OptionalLong.empty();
    }
}
