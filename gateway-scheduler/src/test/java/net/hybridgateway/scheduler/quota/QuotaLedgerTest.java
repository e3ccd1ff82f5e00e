package net.hybridgateway.scheduler.quota;

import static net.hybridgateway.scheduler.quota.ClockTrust.DOUBTED;
import static net.hybridgateway.scheduler.quota.ClockTrust.FOUND;
import static net.hybridgateway.scheduler.quota.ClockTrust.SET;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import net.hybridgateway.scheduler.quota.LedgerState.Dated;
import org.junit.jupiter.api.Test;

/** Stories of a month of May, billed from the first on, in UTC. */
class QuotaLedgerTest {
    private static final BillingCycle CYCLE = new BillingCycle(1, ZoneId.of("UTC"));
    private static final Instant APRIL = Instant.parse("2026-04-20T00:00:00Z");
    private static final Instant MAY = Instant.parse("2026-05-10T00:00:00Z");
    private static final Instant LATER_IN_MAY = Instant.parse("2026-05-20T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2026-06-02T00:00:00Z");
    private static final Instant FAR_AHEAD = Instant.parse("2099-01-01T00:00:00Z");

    private QuotaLedger ledger = new QuotaLedger(CYCLE, LedgerState.EMPTY);

    @Test
    void addsUpWithinAPeriodAndBeginsAnewWithTheNext() {
        count(100, MAY, FOUND);
        count(20, LATER_IN_MAY, FOUND);
        assertEquals(120, ledger.usedBytes(LATER_IN_MAY));
        assertEquals(Optional.of(Instant.parse("2026-06-01T00:00:00Z")), ledger.periodEnd());

        count(3, JUNE, FOUND);
        assertEquals(3, ledger.usedBytes(JUNE));
        assertEquals(Optional.of(Instant.parse("2026-07-01T00:00:00Z")), ledger.periodEnd());
    }

    @Test
    void closesThePeriodAlsoIfNothingIsCarried() {
        count(100, MAY, FOUND);
        count(0, JUNE, FOUND);
        assertEquals(0, ledger.usedBytes(JUNE));
    }

    @Test
    void countsFromTheFirstByteOnAlsoWithoutAClock() {
        count(100, Instant.EPOCH, DOUBTED);
        assertEquals(100, ledger.usedBytes(Instant.EPOCH));
        assertEquals(Optional.empty(), ledger.periodEnd());

        count(10, MAY, SET);
        assertEquals(110, ledger.usedBytes(MAY));
    }

    @Test
    void keepsThePeriodOpenWhileTheClockIsDoubted() {
        count(100, MAY, FOUND);
        restart();
        count(20, Instant.EPOCH, DOUBTED);
        count(20, FAR_AHEAD, DOUBTED);
        assertEquals(140, ledger.usedBytes(FAR_AHEAD));

        count(1, LATER_IN_MAY, SET);
        assertEquals(141, ledger.usedBytes(LATER_IN_MAY));
    }

    @Test
    void countsWhatWasCarriedInDoubtToThePeriodInWhichTheDoubtEnds() {
        count(100, MAY, FOUND);
        restart();
        count(20, Instant.EPOCH, DOUBTED);
        count(1, JUNE, SET);
        assertEquals(21, ledger.usedBytes(JUNE));
    }

    /** Booted at the time of the newest file, two months ago; the time server answers only after hours. */
    @Test
    void takesBackWhatAStaleClockHasDated() {
        count(100, APRIL, FOUND);
        restart();
        count(20, APRIL, FOUND);
        count(5, JUNE, DOUBTED);
        assertEquals(125, ledger.usedBytes(JUNE));

        ledger.count(0, new ClockReading(JUNE, SET, Duration.between(APRIL, JUNE)));
        assertEquals(25, ledger.usedBytes(JUNE));
    }

    /** A step that comes and goes around midnight makes no bytes of May to bytes of June. */
    @Test
    void leavesWhatTheFoundClockHasDatedIfItWasRight() {
        count(100, LATER_IN_MAY, FOUND);
        count(5, FAR_AHEAD, DOUBTED);
        count(0, JUNE, SET);
        assertEquals(5, ledger.usedBytes(JUNE));
    }

    @Test
    void opensThePeriodAgainThatAWrongClockClosed() {
        count(100, MAY, FOUND);
        restart();
        count(7, FAR_AHEAD, FOUND);
        assertEquals(7, ledger.usedBytes(FAR_AHEAD));

        count(2, LATER_IN_MAY, DOUBTED);
        assertEquals(109, ledger.usedBytes(LATER_IN_MAY));
        count(0, LATER_IN_MAY, SET);
        assertEquals(109, ledger.usedBytes(LATER_IN_MAY));
        count(1, JUNE, SET);
        assertEquals(1, ledger.usedBytes(JUNE));
    }

    @Test
    void doesNotCountAPeriodAgainThatIsOverByAnyClock() {
        count(100, MAY, FOUND);
        restart();
        count(7, FAR_AHEAD, FOUND);
        restart();
        count(2, JUNE, SET);
        assertEquals(9, ledger.usedBytes(JUNE));
    }

    @Test
    void survivesAGlitchOfASetClock() {
        count(100, MAY, SET);
        count(10, FAR_AHEAD, SET);
        count(1, MAY, SET);
        assertEquals(111, ledger.usedBytes(MAY));
    }

    @Test
    void keepsWhatWasUsedWhenTheBillingDayChanges() {
        count(100, LATER_IN_MAY, SET);
        ledger = new QuotaLedger(new BillingCycle(15, ZoneId.of("UTC")), ledger.state());
        count(1, LATER_IN_MAY, FOUND);
        assertEquals(101, ledger.usedBytes(LATER_IN_MAY));
        assertEquals(Optional.of(Instant.parse("2026-06-15T00:00:00Z")), ledger.periodEnd());
    }

    @Test
    void saysTheSameAfterARestart() {
        count(100, APRIL, SET);
        count(10, MAY, SET);
        count(1, MAY, DOUBTED);
        LedgerState state = ledger.state();

        assertEquals(new LedgerState(Optional.of(new Dated(MAY, 10)), Optional.of(new Dated(APRIL, 100)), 1), state);
        assertEquals(state, new QuotaLedger(CYCLE, state).state());
    }

    private void count(long bytes, Instant wall, ClockTrust trust) {
        ledger.count(bytes, new ClockReading(wall, trust, Duration.ZERO));
    }

    private void restart() {
        ledger = new QuotaLedger(CYCLE, ledger.state());
    }
}
