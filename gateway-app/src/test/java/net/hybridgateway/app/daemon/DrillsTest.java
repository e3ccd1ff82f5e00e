package net.hybridgateway.app.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.hybridgateway.app.probe.DrillRunner;
import net.hybridgateway.app.probe.DrillSchedule;
import net.hybridgateway.app.probe.DrillUplink;
import net.hybridgateway.app.probe.ProbeConnections;
import net.hybridgateway.app.upstream.ConversionPoint;
import net.hybridgateway.mgmt.config.DrillConfig;
import net.hybridgateway.mgmt.config.DrillPeriod;
import net.hybridgateway.mgmt.status.DrillStatus;
import net.hybridgateway.mgmt.status.DrillStatus.Result;
import net.hybridgateway.mgmt.status.HealthCode;
import net.hybridgateway.mgmt.status.HealthProblem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillsTest {
    private static final Instant FRIDAY = Instant.parse("2026-11-27T00:00:00Z");
    private static final Instant TEN_PAST_THREE = Instant.parse("2026-11-27T03:10:00Z");

    @TempDir
    private Path folder;

    private DrillFile file;
    private DrillRunner runner;
    private Drills drills;
    private long nanos = -5;

    @BeforeEach
    void open() {
        file = DrillFile.open(folder, Runnable::run, 0);
        runner = new DrillRunner(
                new NoWays(), 16_000, new ProbeConnections(() -> nanos), () -> nanos, () -> Instant.EPOCH);
        drills = new Drills(
                new DrillSchedule(
                        new DrillConfig(DrillPeriod.DAILY, LocalTime.of(3, 10), 16_000), ZoneOffset.UTC, Duration.ZERO),
                file,
                runner);
    }

    @AfterEach
    void stop() throws InterruptedException {
        runner.stop();
    }

    /** A house without backups: a drill begins, and is over at once. */
    private static final class NoWays implements DrillRunner.Ways {
        @Override
        public Set<String> backupNames() {
            return Set.of();
        }

        @Override
        public List<DrillUplink> uplinks() {
            return List.of();
        }

        @Override
        public List<ConversionPoint> conversionPoints() {
            return List.of();
        }

        @Override
        public long carried(String uplink) {
            return 0;
        }

        @Override
        public void used(String uplink) {}

        @Override
        public void done(DrillStatus drill) {}
    }

    /** Both clocks go on, with a look each minute. */
    private void live(Instant from, Instant to) {
        for (Instant wall = from; !wall.isAfter(to); wall = wall.plus(Drills.LOOK)) {
            drills.tick(new Now(nanos, wall));
            nanos += Drills.LOOK.toNanos();
        }
    }

    private static DrillStatus drill(String uplink, Instant at, Result result) {
        return new DrillStatus(uplink, at, 0, result, 0, OptionalLong.empty(), OptionalLong.empty(), "A sentence.");
    }

    @Test
    void followsAnotherSchedule() {
        live(FRIDAY, TEN_PAST_THREE.minusSeconds(60));
        drills.configure(new DrillSchedule(
                new DrillConfig(DrillPeriod.OFF, LocalTime.of(3, 10), 16_000), ZoneOffset.UTC, Duration.ZERO));

        assertEquals(Optional.empty(), drills.view(FRIDAY).next());
        live(TEN_PAST_THREE, TEN_PAST_THREE.plusSeconds(60));
        assertEquals(Optional.empty(), runner.report());
    }

    @Test
    void beginsWhenItIsTime() {
        live(FRIDAY, TEN_PAST_THREE.minusSeconds(60));
        assertEquals(Optional.empty(), runner.report());
        assertEquals(Optional.of(TEN_PAST_THREE), drills.view(FRIDAY).next());

        live(TEN_PAST_THREE, TEN_PAST_THREE);
        assertEquals(1, runner.report().orElseThrow().number());
        live(TEN_PAST_THREE.plusSeconds(60), TEN_PAST_THREE.plusSeconds(3600));
        assertEquals(1, runner.report().orElseThrow().number());
    }

    @Test
    void beginsNothingWithAClockThatIsNotBelieved() {
        // Set to a quarter of an hour before the time, five minutes ago.
        live(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-01T01:00:00Z"));
        live(TEN_PAST_THREE.minusSeconds(300), TEN_PAST_THREE.plusSeconds(300));
        assertEquals(Optional.empty(), runner.report());
        assertEquals(Optional.empty(), drills.view(FRIDAY).next());
    }

    @Test
    void complainsAsLongAsTheLastDrillThatSaysSomethingFailed() {
        file.add(drill("cellular", FRIDAY, Result.FAILED));
        file.add(drill("second", FRIDAY, Result.FAILED));
        file.add(drill("second", FRIDAY, Result.WORKED));
        file.add(drill("cellular", FRIDAY, Result.SKIPPED));
        assertEquals(
                List.of(new HealthProblem(
                        HealthCode.BACKUP_DRILL_FAILED,
                        "cellular",
                        "Uplink cellular would be of no use in a break. A sentence.")),
                drills.view(FRIDAY).problems());

        file.add(drill("cellular", FRIDAY, Result.WORKED));
        assertEquals(List.of(), drills.view(FRIDAY).problems());
        assertEquals(5, drills.view(FRIDAY).last().size());
        assertEquals(60, drills.view(FRIDAY.plusSeconds(60)).last().get(0).agoSeconds());
    }
}
