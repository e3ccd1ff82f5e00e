package net.hybridgateway.mgmt.mqtt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import net.hybridgateway.mgmt.status.EventKind;
import net.hybridgateway.mgmt.status.EventStatus;

/**
 * The events that the broker has not acknowledged yet, oldest first; when there are too many, the oldest are dropped and counted.
 *
 * <p>A break is told up to three times, with the same sequence number: when it happens, when it is known what it did to the
 * connections, and when the last connection has left the uplinks that replaced the broken one.
 */
final class EventStore {
    static final int MOST = 200;

    /** On their way at once: few, for the broker has thousands of clients that come back at the same time. */
    static final int WINDOW = 8;

    /** After so long, a break's effects are counted (see {@link net.hybridgateway.mgmt.status.BreakStatus}). */
    private static final long SETTLED_SECONDS = 40;

    /**
     * An event to be told.
     *
     * @param atNanos when it happened
     * @param update 0 when it is told first
     */
    record Waiting(EventStatus event, long atNanos, int update) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<Long, Waiting> underWay = new LinkedHashMap<>();
    private final Map<Long, Integer> updatesOfBreaks = new HashMap<>();
    private long lastSequence;
    private long dropped;

    /** Takes what is new among the last events. */
    void look(List<EventStatus> events, Moment now) {
        for (EventStatus event : events) {
            int update = update(event);
            boolean told = event.sequence() <= lastSequence;
            Integer toldUpdate = updatesOfBreaks.get(event.sequence());
            if (!told || (toldUpdate != null && update > toldUpdate)) {
                add(new Waiting(event, now.nanos() - TimeUnit.SECONDS.toNanos(event.agoSeconds()), update));
                if (event.kind() == EventKind.BREAK) {
                    updatesOfBreaks.put(event.sequence(), update);
                }
            }
        }
        for (EventStatus event : events) {
            lastSequence = Math.max(lastSequence, event.sequence());
        }
        updatesOfBreaks
                .keySet()
                .retainAll(events.stream().map(EventStatus::sequence).collect(Collectors.toSet()));
    }

    private static int update(EventStatus event) {
        if (event.outage().isEmpty()) {
            return 0;
        }
        if (event.outage().get().drainMillis().isPresent()) {
            return 2;
        }
        return event.agoSeconds() >= SETTLED_SECONDS ? 1 : 0;
    }

    private void add(Waiting event) {
        waiting.addLast(event);
        while (waiting.size() + underWay.size() > MOST && !waiting.isEmpty()) {
            waiting.removeFirst();
            dropped++;
        }
    }

    /** The next event to send; empty if there is none, or enough are on their way. */
    Optional<Waiting> next() {
        return underWay.size() < WINDOW ? Optional.ofNullable(waiting.pollFirst()) : Optional.empty();
    }

    /** What {@link #next} gave was sent under this number. */
    void sent(long number, Waiting event) {
        underWay.put(number, event);
    }

    /** Whether this number was an event's. */
    boolean delivered(long number) {
        return underWay.remove(number) != null;
    }

    /** The connection is gone: what was on its way is sent again, for nobody knows whether it arrived. */
    void lost() {
        List<Waiting> again = List.copyOf(underWay.values());
        underWay.clear();
        for (int i = again.size() - 1; i >= 0; i--) {
            waiting.addFirst(again.get(i));
        }
    }

    /** Since the start. */
    long dropped() {
        return dropped;
    }

    int size() {
        return waiting.size() + underWay.size();
    }
}
