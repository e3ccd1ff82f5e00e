package net.hybridgateway.app.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.mgmt.status.HealthProblem;
import net.hybridgateway.netlink.route.Link;
import net.hybridgateway.netlink.route.LinkCounters;
import net.hybridgateway.netlink.route.OperationalState;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.EngineEvent.UplinkAllowed;
import net.hybridgateway.scheduler.LineRate;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkReach;
import net.hybridgateway.scheduler.UplinkUse;
import net.hybridgateway.scheduler.quota.AllowanceReason;
import net.hybridgateway.scheduler.quota.Quota;
import net.hybridgateway.scheduler.quota.Schedule;
import net.hybridgateway.scheduler.quota.UplinkLimits;
import net.hybridgateway.scheduler.quota.WeeklyWindow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaKeeperTest {
    private static final long GB = 1_000_000_000L;
    private static final UplinkLimits QUOTA =
            new UplinkLimits(Optional.of(new Quota(10 * GB, 80, 1)), Schedule.ALWAYS, OptionalInt.empty());

    @TempDir
    private Path folder;

    private final Machine machine = new Machine();
    private final List<UplinkAllowed> told = new ArrayList<>();
    private QuotaKeeper keeper;

    @BeforeEach
    void start() {
        start(QUOTA);
    }

    @Test
    void countsFromItsFirstLookOnAndTellsTheEngineOfEachTier() {
        machine.carry(3 * GB);
        look();
        machine.carry(8 * GB - 1);
        look();
        assertEquals(List.of(), told);
        machine.carry(1);
        look();
        machine.carry(2 * GB);
        look();
        machine.carry(GB);
        look();

        assertEquals(
                List.of(
                        new UplinkAllowed("cellular", Allowance.NO_OVERFLOW),
                        new UplinkAllowed("cellular", Allowance.EMERGENCY_ONLY)),
                told);
        assertEquals(11 * GB, used());
        assertEquals(
                AllowanceReason.QUOTA_USED_UP,
                keeper.view().standings().get("cellular").reason());
    }

    @Test
    void tellsTheEngineThatANewPeriodHasBegun() {
        look();
        machine.carry(11 * GB);
        run(Duration.ofMinutes(20));
        run(Duration.ofDays(31));

        assertEquals(new UplinkAllowed("cellular", Allowance.FREE), told.get(told.size() - 1));
        assertEquals(0, used());
    }

    @Test
    void keepsToASchedule() {
        machine.wall = Instant.parse("2026-05-11T12:00:00Z");
        start(new UplinkLimits(
                Optional.empty(),
                new Schedule(List.of(new WeeklyWindow(Set.of(DayOfWeek.MONDAY), 0, 13 * 60))),
                OptionalInt.empty()));
        look();
        assertEquals(List.of(), told);
        run(Duration.ofHours(2));
        assertEquals(List.of(new UplinkAllowed("cellular", Allowance.EMERGENCY_ONLY)), told);
        keeper.stop();
        assertFalse(Files.exists(folder.resolve(QuotaFile.NAME)), "there is nothing to keep");
    }

    @Test
    void remembersWhatTheUplinkCarriedBeforeTheRestartAndBetween() {
        look();
        machine.carry(5 * GB);
        keeper.stop();
        machine.carry(GB);
        start();
        look();
        assertEquals(6 * GB, used(), "the kernel forwards while the program is away, and the device counts on");
    }

    @Test
    void losesNothingWhenTheProgramCrashes() {
        look();
        machine.carry(4 * GB);
        run(Duration.ofMinutes(16));
        machine.carry(3 * GB);
        run(Duration.ofMinutes(10));
        start();
        look();
        assertEquals(7 * GB, used());
    }

    @Test
    void losesWhatWasNotSavedYetWhenThePowerGoesAndCountsWhatCameBeforeTheStart() {
        look();
        machine.carry(4 * GB);
        run(Duration.ofMinutes(16));
        machine.carry(3 * GB);
        run(Duration.ofMinutes(13));

        machine.reboot();
        machine.carry(GB);
        start();
        look();
        assertEquals(5 * GB, used());
    }

    @Test
    void countsADeviceFromItsFirstByteThatComesLater() {
        machine.present = false;
        look();
        machine.plug();
        machine.carry(GB);
        look();
        assertEquals(GB, used());

        machine.plug();
        machine.carry(2 * GB);
        look();
        machine.present = false;
        look();
        assertEquals(3 * GB, used());
    }

    @Test
    void savesAtMostEveryQuarterOfAnHourAndOnlyWhatChanged() throws IOException {
        int saves = 0;
        Optional<String> before = content();
        for (int minute = 0; minute < 24 * 60; minute++) {
            if (minute < 12 * 60) {
                machine.carry(1000);
            }
            run(Duration.ofMinutes(1));
            Optional<String> now = content();
            saves += now.equals(before) ? 0 : 1;
            before = now;
        }
        assertTrue(saves >= 12 * 4 && saves <= 12 * 4 + 1, saves + " saves in half a day");
    }

    @Test
    void losesNothingWhenTheProgramCrashesBeforeTheFirstQuarterOfAnHour() {
        look();
        machine.carry(3 * GB);
        run(Duration.ofMinutes(1));
        start();
        look();
        assertEquals(3 * GB, used());
    }

    @Test
    void losesNothingOfAQuotaThatIsNewWhenTheProgramCrashes() {
        start(UplinkLimits.NONE);
        configure(QUOTA);
        look();
        machine.carry(2 * GB);
        run(Duration.ofMinutes(1));
        start();
        look();
        assertEquals(2 * GB, used());
    }

    @Test
    void savesAtTheStop() throws IOException {
        look();
        machine.carry(GB);
        Optional<String> before = content();
        keeper.stop();
        assertNotEquals(before, content());
    }

    @Test
    void saysThatAnEarlierCountIsLostAndCountsOn() throws IOException {
        Files.writeString(folder.resolve(QuotaFile.NAME), "rubbish\n");
        start();
        look();
        machine.carry(GB);
        look();

        assertEquals(GB, used());
        List<HealthProblem> health = keeper.view().problems();
        assertEquals(1, health.size());
        assertEquals("quota-lost", health.get(0).code().word());
        assertTrue(health.get(0).text().startsWith("What was counted for the quotas before is lost: "));
        keeper.stop();
        start();
        assertEquals(List.of(), keeper.view().problems());
    }

    @Test
    void looksAgainSoonWhenTheKernelGaveNoAnswer() {
        look();
        machine.silent = true;
        machine.carry(GB);
        assertThrows(IllegalStateException.class, this::look);
        assertTrue(keeper.nextDeadlineNanos().getAsLong() > machine.nanos);
        machine.silent = false;
        look();
        assertEquals(GB, used());
    }

    @Test
    void countsOnUnderAnotherQuotaAndAnotherScheduleHoldsAtOnce() {
        machine.carry(0);
        look();
        machine.carry(5 * GB);
        look();
        assertEquals(List.of(), told);
        configure(new UplinkLimits(Optional.of(new Quota(5 * GB, 80, 1)), Schedule.ALWAYS, OptionalInt.empty()));
        look();
        assertEquals(List.of(new UplinkAllowed("cellular", Allowance.EMERGENCY_ONLY)), told);
        assertEquals(5 * GB, used());
        configure(UplinkLimits.NONE);
        assertEquals(new UplinkAllowed("cellular", Allowance.FREE), told.get(told.size() - 1));
        configure(QUOTA);
        look();
        assertEquals(5 * GB, used(), "what was counted is not forgotten");
        assertEquals(2, told.size());
    }

    private void configure(UplinkLimits limits) {
        keeper.configure(List.of(uplink("cellular", "wwan0", UplinkKind.CELLULAR, limits)));
    }

    @Test
    void leavesEverythingAloneIfNoUplinkIsLimited() {
        machine.silent = true;
        start(UplinkLimits.NONE);
        assertEquals(OptionalLong.empty(), keeper.nextDeadlineNanos());
        keeper.tick(machine.nanos);
        keeper.stop();
        assertEquals(Map.of(), keeper.view().standings());
        assertFalse(Files.exists(folder.resolve(QuotaFile.NAME)));
    }

    private void start(UplinkLimits limits) {
        keeper = new QuotaKeeper(
                List.of(
                        uplink("fixed", "wan0", UplinkKind.FIXED, UplinkLimits.NONE),
                        uplink("cellular", "wwan0", UplinkKind.CELLULAR, limits)),
                ZoneId.of("UTC"),
                QuotaFile.open(folder),
                Runnable::run,
                machine,
                told::add);
    }

    private static UplinkConfig uplink(String name, String device, UplinkKind kind, UplinkLimits limits) {
        return new UplinkConfig(
                name,
                device,
                kind,
                10,
                UplinkUse.ALWAYS,
                Optional.empty(),
                true,
                LineRate.UNKNOWN,
                limits,
                UplinkReach.INTERNET);
    }

    /** Lets the time pass up to the next look. */
    private void look() {
        machine.pass(Duration.ofNanos(keeper.nextDeadlineNanos().getAsLong() - machine.nanos));
        keeper.tick(machine.nanos);
    }

    /** Lets time pass, with all looks that are due. */
    private void run(Duration time) {
        long end = machine.nanos + time.toNanos();
        while (keeper.nextDeadlineNanos().getAsLong() <= end) {
            look();
        }
        machine.pass(Duration.ofNanos(end - machine.nanos));
    }

    private long used() {
        return keeper.view().standings().get("cellular").usage().orElseThrow().usedBytes();
    }

    private Optional<String> content() throws IOException {
        Path file = folder.resolve(QuotaFile.NAME);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /** A machine with one modem. */
    private static final class Machine implements QuotaKeeper.Sources {
        private Instant wall = Instant.parse("2026-05-10T12:00:00Z");
        private long nanos = -5;
        private int boots = 1;
        private boolean present = true;
        private boolean silent;
        private int index = 7;
        private long in = 12 * GB;
        private long out = GB;

        void carry(long bytes) {
            in += bytes - bytes / 10;
            out += bytes / 10;
        }

        void pass(Duration time) {
            wall = wall.plus(time);
            nanos += time.toNanos();
        }

        void plug() {
            present = true;
            index++;
            in = 0;
            out = 0;
        }

        void reboot() {
            boots++;
            in = 0;
            out = 0;
        }

        @Override
        public Instant wall() {
            return wall;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public List<Link> links() {
            if (silent) {
                throw new IllegalStateException("the kernel is silent");
            }
            return present ? List.of(link("lo", 1, 77, 77), link("wwan0", index, in, out)) : List.of();
        }

        private static Link link(String name, int index, long in, long out) {
            return new Link(
                    index,
                    name,
                    0,
                    1500,
                    OperationalState.UP,
                    true,
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.of(new LinkCounters(0, 0, in, out, 0, 0, 0, 0)));
        }

        @Override
        public String boot() {
            return "boot-" + boots;
        }
    }
}
