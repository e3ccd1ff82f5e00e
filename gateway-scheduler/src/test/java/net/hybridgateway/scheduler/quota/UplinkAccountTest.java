package net.hybridgateway.scheduler.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.LineRate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UplinkAccountTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Monday noon in Berlin. */
    private static final Instant NOON = Instant.parse("2026-03-02T11:00:00Z");

    private static final Schedule OFFICE_HOURS =
            new Schedule(List.of(new WeeklyWindow(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), 8 * 60, 18 * 60)));

    @ParameterizedTest
    @CsvSource({
        "0,WITHIN_LIMITS,FREE",
        "799,WITHIN_LIMITS,FREE",
        "800,SOFT_TIER,NO_OVERFLOW",
        "999,SOFT_TIER,NO_OVERFLOW",
        "1000,QUOTA_USED_UP,EMERGENCY_ONLY",
        "5000,QUOTA_USED_UP,EMERGENCY_ONLY",
    })
    void allowsLessFromTierToTier(long used, AllowanceReason reason, Allowance allowance) {
        UplinkAccount account = account(Optional.of(new Quota(1000, 80, 1)), Schedule.ALWAYS, LineRate.UNKNOWN);
        account.count(used, set(NOON));

        QuotaStanding standing = account.standing(NOON);

        assertEquals(reason, standing.reason());
        assertEquals(allowance, standing.allowance());
        assertEquals(
                Optional.of(new QuotaStanding.Usage(1000, used, Optional.of(Instant.parse("2026-03-31T22:00:00Z")))),
                standing.usage());
    }

    @Test
    void isFreeAgainWhenTheNextPeriodBegins() {
        UplinkAccount account = account(Optional.of(new Quota(1000, 80, 1)), Schedule.ALWAYS, LineRate.UNKNOWN);
        account.count(2000, set(NOON));
        Instant april = Instant.parse("2026-03-31T22:00:00Z");

        account.count(0, set(april.minusMillis(1)));
        assertEquals(AllowanceReason.QUOTA_USED_UP, account.standing(april).reason());
        account.count(0, set(april));
        assertEquals(AllowanceReason.WITHIN_LIMITS, account.standing(april).reason());
    }

    @Test
    void keepsToItsHoursInLocalTime() {
        UplinkAccount account = account(Optional.empty(), OFFICE_HOURS, LineRate.UNKNOWN);

        assertEquals(Allowance.FREE, account.standing(NOON).allowance());
        Instant evening = Instant.parse("2026-03-02T17:00:00Z");
        assertEquals(new QuotaStanding(AllowanceReason.OUTSIDE_SCHEDULE, Optional.empty()), account.standing(evening));
        assertEquals(Allowance.FREE, account.standing(evening.minusMillis(1)).allowance());
    }

    @Test
    void closesNoScheduleByAClockThatCannotBeRight() {
        UplinkAccount account = account(Optional.empty(), OFFICE_HOURS, LineRate.UNKNOWN);
        assertEquals(Allowance.FREE, account.standing(Instant.EPOCH).allowance());
    }

    @Test
    void saysFirstThatTheQuotaIsUsedUp() {
        UplinkAccount account = account(Optional.of(new Quota(1000, 80, 1)), OFFICE_HOURS, LineRate.UNKNOWN);
        Instant evening = Instant.parse("2026-03-02T20:00:00Z");
        account.count(900, set(NOON));
        assertEquals(AllowanceReason.OUTSIDE_SCHEDULE, account.standing(evening).reason());
        account.count(100, set(NOON));
        assertEquals(AllowanceReason.QUOTA_USED_UP, account.standing(evening).reason());
    }

    @Test
    void looksMoreOftenTheNearerATierIs() {
        LineRate rate = new LineRate(OptionalLong.of(60_000_000), OptionalLong.of(20_000_000));
        UplinkAccount account = account(Optional.of(new Quota(1_000_000_000, 50, 1)), Schedule.ALWAYS, rate);

        assertEquals(Duration.ofSeconds(25), look(account, 0), "500 MB at twice 10 MB/s");
        assertEquals(Duration.ofSeconds(2), look(account, 460_000_000));
        assertEquals(Duration.ofMillis(500), look(account, 39_999_999));
        assertEquals(Duration.ofSeconds(25), look(account, 1), "the soft tier is passed, the hard one comes");
        assertEquals(Duration.ofSeconds(30), look(account, 500_000_000), "nothing is left to watch");
    }

    private static Duration look(UplinkAccount account, long bytes) {
        account.count(bytes, set(NOON));
        return Duration.ofNanos(account.nanosToNextLook(NOON));
    }

    /** The promise: a quota is exceeded by half a second's bytes and those in flight, whatever the line does. */
    @Test
    void exceedsTheQuotaByNoMoreThanTheSlack() {
        for (long seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            long limit = 1_000_000L + random.nextInt(2_000_000_000);
            long stated = 1_000_000L + random.nextInt(500_000_000);
            LineRate rate = random.nextBoolean()
                    ? new LineRate(OptionalLong.of(stated), OptionalLong.of(stated / 4))
                    : LineRate.UNKNOWN;
            double presumed = rate.equals(LineRate.UNKNOWN) ? 250e6 : (stated + stated / 4) / 8.0;
            double most = 2 * presumed;
            double flightSeconds = random.nextDouble();
            UplinkAccount account =
                    account(Optional.of(new Quota(limit, 1 + random.nextInt(100), 1)), Schedule.ALWAYS, rate);
            double used = 0;
            long counted = 0;
            while (account.standing(NOON).allowance() != Allowance.EMERGENCY_ONLY) {
                double now = random.nextInt(3) == 0 ? most : most * random.nextDouble();
                used += now * account.nanosToNextLook(NOON) / 1e9;
                account.count((long) used - counted, set(NOON));
                counted = (long) used;
            }
            used += most * flightSeconds;
            double slack = most * (UplinkAccount.SHORTEST_LOOK_NANOS / 1e9 + flightSeconds);
            assertTrue(used <= limit + slack + 1, "seed " + seed + ": " + used + " of " + limit + ", slack " + slack);
        }
    }

    private static ClockReading set(Instant wall) {
        return new ClockReading(wall, ClockTrust.SET, Duration.ZERO);
    }

    private static UplinkAccount account(Optional<Quota> quota, Schedule schedule, LineRate rate) {
        return new UplinkAccount(
                new UplinkLimits(quota, schedule, OptionalInt.empty()), rate, BERLIN, LedgerState.EMPTY);
    }
}
