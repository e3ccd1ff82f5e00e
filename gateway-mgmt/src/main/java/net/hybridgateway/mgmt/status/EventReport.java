package net.hybridgateway.mgmt.status;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happened.
 *
 * @param events the last ones, oldest first
 * @param dismissedSuspicions by uplink: how often since the start it was silent for a moment, was asked for a sign of life,
 *     and gave it
 */
public record EventReport(List<EventStatus> events, Map<String, Long> dismissedSuspicions) {
    public EventReport {
        events = List.copyOf(events);
        dismissedSuspicions = Collections.unmodifiableMap(new TreeMap<>(dismissedSuspicions));
    }
}
