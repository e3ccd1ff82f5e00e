package net.hybridgateway.scheduler.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What the wall clock shows, and how far that is believed.
 *
 * @param correctedBy how far it is ahead of the clock that was found at the start of this run: the sum of all steps
 */
public record ClockReading(Instant wall, ClockTrust trust, Duration correctedBy) {
    public ClockReading {
        Objects.requireNonNull(wall, "wall");
        Objects.requireNonNull(trust, "trust");
        Objects.requireNonNull(correctedBy, "correctedBy");
    }
}
