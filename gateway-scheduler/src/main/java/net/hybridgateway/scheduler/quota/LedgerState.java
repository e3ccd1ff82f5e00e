package net.hybridgateway.scheduler.quota;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link QuotaLedger} knows, to be kept over a restart.
 *
 * @param current of the present billing period
 * @param previous of the one before, should the clock turn back
 * @param undatedBytes carried while no clock was believed, at least 0
 */
public record LedgerState(Optional<Dated> current, Optional<Dated> previous, long undatedBytes) {
    /** Nothing was ever counted. */
    public static final LedgerState EMPTY = new LedgerState(Optional.empty(), Optional.empty(), 0);

    public LedgerState {
        Objects.requireNonNull(current, "current");
        Objects.requireNonNull(previous, "previous");
        if (undatedBytes < 0) {
            throw new IllegalArgumentException("undatedBytes " + undatedBytes);
        }
    }

    /**
     * The bytes of a billing period. A moment and not the period's own name, so that a changed billing day finds its way.
     *
     * @param lastCounted when the last of them was counted, by the clock of the time
     */
    public record Dated(Instant lastCounted, long bytes) {
        public Dated {
            Objects.requireNonNull(lastCounted, "lastCounted");
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes " + bytes);
            }
        }

        Dated at(Instant moment) {
            return new Dated(moment, bytes);
        }

        Dated plus(long more) {
            return new Dated(lastCounted, bytes + more);
        }
    }
}
