package net.hybridgateway.scheduler.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.hybridgateway.scheduler.quota.LedgerState.Dated;

/**
 * How much an uplink carried in the present billing period.
 *
 * <p>Each byte is in one of three places, and moves between them as a whole:
 *
 * <pre>
 *   undated ──the clock is believed──▶ current ──a believed clock shows a later period──▶ previous ──▶ forgotten
 *      ▲                               │     ▲                                               │
 *      └─the clock was behind: what    ┘     └──a believed clock shows that period, or one───┘
 *        the one FOUND has dated                before it
 * </pre>
 *
 * <p>So a wrong clock closes no period unless it is believed, see {@link ClockWatch}; what it closed is open again once
 * the clock turns back; and what is undated counts, as that of the last known period, until it gets a date. If in doubt,
 * {@link #usedBytes} is too large rather than too small: bytes of a doubtful time may count in the period in which the
 * doubt ended instead of the one before. One thing stays beyond it: a clock that was <em>set</em> wrong, is believed, is
 * set back by two periods or more, and forward again.
 */
final class QuotaLedger {
    private final BillingCycle cycle;
    private Optional<Dated> current;
    private Optional<Dated> previous;
    private long undatedBytes;

    /** Those of {@link #current} that a clock as it was found has dated, in this run. */
    private long foundBytes;

    QuotaLedger(BillingCycle cycle, LedgerState restored) {
        this.cycle = cycle;
        this.current = restored.current();
        this.previous = restored.previous();
        this.undatedBytes = restored.undatedBytes();
    }

    /** Takes in what was carried since the last call, and closes the period when it is over. */
    void count(long bytes, ClockReading clock) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes " + bytes);
        }
        undatedBytes += bytes;
        switch (clock.trust()) {
            case DOUBTED -> {}
            case FOUND -> {
                long dated = undatedBytes;
                boolean closed = date(clock.wall());
                foundBytes = closed ? dated : foundBytes + dated;
            }
            case SET -> {
                takeFoundBack(clock.correctedBy());
                date(clock.wall());
            }
        }
    }

    /**
     * The clock that was found has been set: what it dated was carried at another time, perhaps in a later period. All of
     * it moves on if the last of it did, for nobody knows which part did not.
     */
    private void takeFoundBack(Duration correctedBy) {
        if (foundBytes > 0) {
            Dated now = current.orElseThrow();
            Instant last = now.lastCounted();
            if (cycle.startOf(last.plus(correctedBy)).isAfter(cycle.startOf(last))) {
                undatedBytes += foundBytes;
                current = Optional.of(now.plus(-foundBytes));
            }
            foundBytes = 0;
        }
    }

    /** Gives all bytes a date. Returns whether that closed a period. */
    private boolean date(Instant wall) {
        if (current.isEmpty()) {
            current = Optional.of(new Dated(wall, 0));
        }
        Dated now = current.get();
        int newer = cycle.startOf(wall).compareTo(cycle.startOf(now.lastCounted()));
        if (newer > 0) {
            previous = current;
            now = new Dated(wall, 0);
        } else if (newer < 0) {
            // The clock was ahead when it opened the period: everything since then belongs to this one.
            if (countsAgain(wall)) {
                now = now.plus(previous.get().bytes());
                previous = Optional.empty();
            }
            now = now.at(wall);
        } else if (undatedBytes > 0) {
            now = now.at(wall);
        }
        current = Optional.of(now.plus(undatedBytes));
        undatedBytes = 0;
        return newer > 0;
    }

    /** Whether the previous period is over no more, if the clock is right. */
    private boolean countsAgain(Instant wall) {
        return previous.isPresent()
                && !cycle.startOf(previous.get().lastCounted()).isBefore(cycle.startOf(wall));
    }

    /** What counts against the quota now. */
    long usedBytes(Instant wall) {
        long ofPrevious = ClockWatch.isPossible(wall) && countsAgain(wall)
                ? previous.get().bytes()
                : 0;
        return current.map(Dated::bytes).orElse(0L) + undatedBytes + ofPrevious;
    }

    /** When the present period ends, by the last clock that was believed; empty if none ever was. */
    Optional<Instant> periodEnd() {
        return current.map(dated -> cycle.endOf(dated.lastCounted()));
    }

    LedgerState state() {
        return new LedgerState(current, previous, undatedBytes);
    }
}
