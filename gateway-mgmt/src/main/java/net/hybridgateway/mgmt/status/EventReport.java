package net.hybridgateway.mgmt.status;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What happened. Numbers have no holes: an event that happened several times in a row stands for as many numbers.
 *
 * @param boot another after each start of the daemon, which counts from 1 again
 * @param events the last ones, oldest first
 * @param lastSequence the number of the last thing that happened, told of here or not; 0 if nothing did
 * @param dropped how many of those that were asked for are no longer kept
 * @param dismissedSuspicions by uplink: how often since the start it was silent for a moment, was asked for a sign of life,
 *     and gave it
 */
public record EventReport(
        String boot, List<EventStatus> events, long lastSequence, long dropped, Map<String, Long> dismissedSuspicions) {
    public EventReport {
        Objects.requireNonNull(boot, "boot");
        events = List.copyOf(events);
        dismissedSuspicions = Collections.unmodifiableMap(new TreeMap<>(dismissedSuspicions));
    }

    /** All that is kept: what came before the first of the events was dropped. */
    public static EventReport of(String boot, List<EventStatus> kept, Map<String, Long> dismissedSuspicions) {
        return kept.isEmpty()
                ? new EventReport(boot, kept, 0, 0, dismissedSuspicions)
                : new EventReport(
                        boot,
                        kept,
                        kept.get(kept.size() - 1).sequence(),
                        kept.get(0).sequence() - kept.get(0).times(),
                        dismissedSuspicions);
    }

    /**
     * What happened after one number and not after another; to be asked of a report of all that is kept.
     *
     * @param since the number of the last event that is known already; 0 for none
     * @param until the number of the last event that is wanted
     */
    public EventReport between(long since, long until) {
        return new EventReport(
                boot,
                events.stream()
                        .filter(event -> event.sequence() > since && event.sequence() <= until)
                        .toList(),
                lastSequence,
                Math.max(0, dropped - since),
                dismissedSuspicions);
    }
}
