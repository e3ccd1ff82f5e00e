package net.hybridgateway.mgmt.status;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that the gateway decided, and why.
 *
 * @param sequence counts what happened since the start, from 1; if it happened several times in a row, the number of the
 *     last time
 * @param at when, by the wall clock as it goes now
 * @param agoSeconds the same as an age
 * @param uptimeSeconds how long the daemon had run then
 * @param uplink the one that it is about; empty if it is about none
 * @param text one or two sentences
 * @param times how often it happened in a row; the time is that of the last
 * @param outage what the break did; present just for {@link EventKind#BREAK}
 */
public record EventStatus(
        long sequence,
        Instant at,
        long agoSeconds,
        long uptimeSeconds,
        EventKind kind,
        String uplink,
        String text,
        int times,
        Optional<BreakStatus> outage) {
    public EventStatus {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(uplink, "uplink");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(outage, "outage");
    }
}
