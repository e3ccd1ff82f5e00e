package net.hybridgateway.scheduler;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Spreads the creation of many subflows, so that a thousand connections that move at once neither fill the queue of the
 * line they move to, nor all knock at a conversion point that is dead: so many SYNs may be unanswered at a time, one more
 * with every answer. That doubles with each round trip, like slow start.
 */
final class CreationPacer {
    /** As many bytes as fourteen packets of full size; TCP itself begins with ten (RFC 6928). */
    private static final int FIRST_WINDOW = 256;

    private static final int LARGEST_WINDOW = 4096;
    /** A SYN without an answer gives its place up after this: it may be lost, or the kernel's word on it. */
    private static final long PLACE_NANOS = 1_000_000_000L;
    /** After such a pause the line may have become another. */
    private static final long FORGET_NANOS = 10_000_000_000L;

    private static final class Lane {
        /** With the time of each attempt, oldest first. */
        final Map<Subflow, Long> underWay = new LinkedHashMap<>();

        final Set<Integer> waiting = new LinkedHashSet<>();
        int window = FIRST_WINDOW;
        long lastNanos;
    }

    private final Map<UplinkTracker, Lane> lanes = new HashMap<>();

    /** Whether a connection may be joined over an uplink now. If not, it comes up in {@link #pollAdmitted} later. */
    boolean admits(UplinkTracker uplink, int token, long nowNanos) {
        Lane lane = lanes.computeIfAbsent(uplink, key -> new Lane());
        if (hasRoom(lane, nowNanos)) {
            lane.waiting.remove(token);
            return true;
        }
        lane.waiting.add(token);
        return false;
    }

    void created(Subflow subflow, long nowNanos) {
        Lane lane = lanes.computeIfAbsent(subflow.uplink(), key -> new Lane());
        lane.underWay.remove(subflow);
        lane.underWay.put(subflow, nowNanos);
        lane.lastNanos = nowNanos;
    }

    /** Something has happened to a subflow: an attempt that came to its end makes room, an answered one for two. */
    void look(Subflow subflow) {
        Lane lane = lanes.get(subflow.uplink());
        if (lane == null || subflow.state() == SubflowState.CREATING || lane.underWay.remove(subflow) == null) {
            return;
        }
        if (subflow.state().carries()) {
            lane.window = Math.min(LARGEST_WINDOW, lane.window + 1);
        }
    }

    private static boolean hasRoom(Lane lane, long nowNanos) {
        Iterator<Long> oldest = lane.underWay.values().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next() >= PLACE_NANOS) {
            oldest.remove();
        }
        if (nowNanos - lane.lastNanos > FORGET_NANOS) {
            lane.window = FIRST_WINDOW;
        }
        return lane.underWay.size() < lane.window;
    }

    /** A connection that had to wait and may be looked at again. */
    OptionalInt pollAdmitted(long nowNanos) {
        for (Lane lane : lanes.values()) {
            if (!lane.waiting.isEmpty() && hasRoom(lane, nowNanos)) {
                Iterator<Integer> first = lane.waiting.iterator();
                int token = first.next();
                first.remove();
                return OptionalInt.of(token);
            }
        }
        return OptionalInt.empty();
    }

    void forget(int token) {
        lanes.values().forEach(lane -> lane.waiting.remove(token));
    }

    /** When places become free although nobody answers. */
    OptionalLong deadlineNanos() {
        OptionalLong deadline = OptionalLong.empty();
        for (Lane lane : lanes.values()) {
            if (!lane.waiting.isEmpty() && !lane.underWay.isEmpty()) {
                long oldest = lane.underWay.values().iterator().next();
                deadline = Deadlines.earlier(deadline, OptionalLong.of(oldest + PLACE_NANOS));
            }
        }
        return deadline;
    }
}
