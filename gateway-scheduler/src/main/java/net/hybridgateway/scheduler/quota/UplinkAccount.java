package net.hybridgateway.scheduler.quota;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import net.hybridgateway.scheduler.LineRate;

/**
 * One uplink with a quota or a schedule: what it has carried, and what it may.
 *
 * <p>Between two looks nobody counts. The next look is due before the line could reach the next tier at twice its rate,
 * but not within {@link #SHORTEST_LOOK_NANOS}: a tier is therefore passed by no more than what the line carries in that
 * time, and what is in flight when the engine acts.
 */
public final class UplinkAccount {
    static final long SHORTEST_LOOK_NANOS = 500_000_000L;
    static final long LONGEST_LOOK_NANOS = 30_000_000_000L;

    /** Of a line whose rate nobody stated, in each direction: twice that is more than modems of this decade carry. */
    private static final long PRESUMED_BITS_PER_SECOND = 1_000_000_000;

    private final UplinkLimits limits;
    private final ZoneId zone;
    private final Optional<QuotaLedger> ledger;
    private final double mostBytesPerNano;

    /**
     * Opens the account.
     *
     * @param zone in which its days begin
     * @param restored what {@link #state} said when it was last kept
     */
    public UplinkAccount(UplinkLimits limits, LineRate rate, ZoneId zone, LedgerState restored) {
        this.limits = limits;
        this.zone = zone;
        this.ledger =
                limits.quota().map(quota -> new QuotaLedger(new BillingCycle(quota.billingDay(), zone), restored));
        this.mostBytesPerNano = 2.0 * (presumed(rate.downBitsPerSecond()) + presumed(rate.upBitsPerSecond())) / 8 / 1e9;
    }

    private static long presumed(OptionalLong rate) {
        return rate.orElse(PRESUMED_BITS_PER_SECOND);
    }

    /** Takes in what the uplink has carried since the last call. */
    public void count(long bytes, ClockReading clock) {
        ledger.ifPresent(open -> open.count(bytes, clock));
    }

    /** What it is allowed now. A clock that cannot be right closes no schedule. */
    public QuotaStanding standing(Instant wall) {
        return new QuotaStanding(
                reason(wall),
                limits.quota()
                        .map(quota -> new QuotaStanding.Usage(
                                quota.limitBytes(),
                                usedBytes(wall),
                                ledger.orElseThrow().periodEnd())));
    }

    private AllowanceReason reason(Instant wall) {
        long used = usedBytes(wall);
        if (limits.quota().isPresent() && used >= limits.quota().get().limitBytes()) {
            return AllowanceReason.QUOTA_USED_UP;
        }
        if (ClockWatch.isPossible(wall) && !limits.schedule().isOpen(LocalDateTime.ofInstant(wall, zone))) {
            return AllowanceReason.OUTSIDE_SCHEDULE;
        }
        return limits.quota().isPresent() && used >= limits.quota().get().softBytes()
                ? AllowanceReason.SOFT_TIER
                : AllowanceReason.WITHIN_LIMITS;
    }

    private long usedBytes(Instant wall) {
        return ledger.map(open -> open.usedBytes(wall)).orElse(0L);
    }

    /** How long until {@link #count} should be called again. */
    public long nanosToNextLook(Instant wall) {
        if (limits.quota().isEmpty()) {
            return LONGEST_LOOK_NANOS;
        }
        Quota quota = limits.quota().get();
        long used = usedBytes(wall);
        long tier = used < quota.softBytes() ? quota.softBytes() : quota.limitBytes();
        if (used >= tier) {
            return LONGEST_LOOK_NANOS;
        }
        double nanos = (tier - used) / mostBytesPerNano;
        return (long) Math.min(LONGEST_LOOK_NANOS, Math.max(SHORTEST_LOOK_NANOS, nanos));
    }

    /** What is to be kept over a restart. */
    public LedgerState state() {
        return ledger.map(QuotaLedger::state).orElse(LedgerState.EMPTY);
    }
}
