package net.hybridgateway.scheduler.overflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import net.hybridgateway.scheduler.overflow.SimulatedHouse.Change;
import net.hybridgateway.scheduler.overflow.SimulatedHouse.SimulatedLine;
import net.hybridgateway.scheduler.overflow.SimulatedHouse.SimulatedTransfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets help from the second line, for how long, and what it costs. */
class OverflowJudgeTest {
    private SimulatedHouse house = SimulatedHouse.usual();

    @Test
    void helpsALongDownloadForAsLongAsItRuns() {
        SimulatedTransfer download = house.download();
        house.run(Duration.ofSeconds(60));
        assertEquals("2.5 1 BACKUP SATURATED\n3.0 1 REGULAR SATURATED\n", house.story());
        double sum = (house.fixed.down + house.cellular.down) * 60;
        double reached = (download.overFixed + download.overCellular) / sum;
        assertTrue(reached > 0.95, () -> "only " + reached + " of the sum");
    }

    @Test
    void stopsSoonAfterTheDemandFalls() {
        SimulatedTransfer download = house.download();
        house.run(Duration.ofSeconds(20));
        download.demand = 10 * SimulatedHouse.MBIT;
        house.run(Duration.ofSeconds(20));
        assertEquals("""
                2.5 1 BACKUP SATURATED
                3.0 1 REGULAR SATURATED
                22.0 1 BACKUP NEED_ENDED
                23.0 1 NONE NEED_ENDED
                """, house.story());
    }

    @Test
    void stopsWithoutAnotherSampleWhenNothingMovesAnyMore() {
        SimulatedTransfer download = house.download();
        house.run(Duration.ofSeconds(20));
        download.demand = 0;
        house.run(Duration.ofSeconds(20));
        List<Change> ends = house.changes.subList(2, house.changes.size());
        assertEquals(
                List.of(OverflowWish.BACKUP, OverflowWish.NONE),
                ends.stream().map(Change::wish).toList());
        assertTrue(ends.get(1).atNanos() <= Duration.ofSeconds(24).toNanos(), house::story);
        assertEquals(OptionalLong.empty(), house.judge.nextDeadlineNanos());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, 6})
    void leavesPageLoadsAlone(double megabytes) {
        for (int page = 0; page < 20; page++) {
            for (int i = 0; i < 6; i++) {
                house.download().left = megabytes * 1_000_000 / 6;
            }
            house.run(Duration.ofSeconds(7));
        }
        assertEquals("", house.story());
    }

    @Test
    void aStreamThatItsServerLimitsNeverCountsAsAFullLine() {
        house.start(Direction.DOWN, 5);
        house.run(Duration.ofHours(1));
        assertEquals("", house.story());
    }

    @Test
    void aStreamThatLooksLikeAFullLineCostsAFewSecondsAnHour() {
        house = new SimulatedHouse(
                new SimulatedLine("fixed", 5 * SimulatedHouse.MBIT, SimulatedHouse.MBIT, Duration.ofMillis(20)),
                SimulatedHouse.cellularLine(20),
                OptionalLong.empty());
        SimulatedTransfer stream = house.start(Direction.DOWN, 5.01);
        house.run(Duration.ofHours(1));
        assertEquals(7, house.raises().size(), house::story);
        assertTrue(stream.overCellular < 0.001 * stream.overFixed, () -> stream.overCellular + " bytes");
    }

    @Test
    void helpsAnUploadOfItsOwnAccord() {
        SimulatedTransfer upload = house.start(Direction.UP, 1000);
        house.run(Duration.ofSeconds(30));
        assertEquals("2.5 1 BACKUP SATURATED\n3.0 1 REGULAR SATURATED\n", house.story());
        assertTrue(upload.overCellular > 0.8 * upload.overFixed);
    }

    @Test
    void helpsOnlyOneOfTwoDownloadsWhenThatFillsTheSecondLine() {
        house.download();
        house.download();
        house.run(Duration.ofMinutes(5));
        assertEquals("2.5 1 BACKUP SATURATED\n3.0 1 REGULAR SATURATED\n", house.story());
    }

    @Test
    void helpsTheNextOneToo_IfTheSecondLineHasRoom() {
        house = new SimulatedHouse(SimulatedHouse.fixedLine(), SimulatedHouse.cellularLine(200), OptionalLong.empty());
        SimulatedTransfer first = house.start(Direction.DOWN, 60);
        SimulatedTransfer second = house.start(Direction.DOWN, 60);
        house.run(Duration.ofSeconds(30));
        assertTrue(first.isHelped() && second.isHelped(), house::story);
    }

    @Test
    void helpsADownloadInManyStreams() {
        for (int i = 0; i < 8; i++) {
            house.download();
        }
        house.run(Duration.ofSeconds(30));
        assertEquals("10.5 1 BACKUP SATURATED\n11.0 1 REGULAR SATURATED\n", house.story());
    }

    @Test
    void stopsWhenTheSumIsWorseThanTheBestLineAlone() {
        SimulatedTransfer download = house.download();
        download.withHelp = 0.6;
        house.run(Duration.ofSeconds(30));
        assertEquals("""
                2.5 1 BACKUP SATURATED
                3.0 1 REGULAR SATURATED
                6.0 1 BACKUP NO_GAIN
                7.0 1 NONE NO_GAIN
                """, house.story());
        house.run(Duration.ofMinutes(10));
        assertEquals(
                List.of(3L, 36L, 100L, 223L, 467L),
                house.raises().stream().map(Duration::toSeconds).toList());
    }

    @Test
    void noticesThatTheSecondLineHasBecomeABurden() {
        SimulatedTransfer download = house.download();
        house.run(Duration.ofSeconds(20));
        download.withHelp = 0.6;
        house.run(Duration.ofSeconds(5));
        Change last = house.changes.get(house.changes.size() - 1);
        assertEquals(OverflowCause.NO_GAIN, last.cause(), house::story);
        assertTrue(!download.isHelped());
    }

    @Test
    void aConfiguredRateNeedsNoQueue() {
        house = new SimulatedHouse(
                SimulatedHouse.fixedLine(), SimulatedHouse.cellularLine(20), OptionalLong.of(42_000_000));
        SimulatedTransfer download = house.download();
        download.showsQueues = false;
        house.run(Duration.ofSeconds(10));
        assertTrue(download.isHelped());
    }

    @Test
    void withoutAQueueALearntRateIsNotBelieved() {
        house.download().showsQueues = false;
        house.run(Duration.ofMinutes(1));
        assertEquals("", house.story());
    }

    @Test
    void unlearnsARateThatOnlyABurstHad() {
        house = new SimulatedHouse(
                new SimulatedLine("fixed", 15 * SimulatedHouse.MBIT, SimulatedHouse.MBIT, Duration.ofMillis(20)),
                SimulatedHouse.cellularLine(20),
                OptionalLong.empty());
        house.withoutConnection = 40 * SimulatedHouse.MBIT;
        house.start(Direction.DOWN, 5);
        house.run(Duration.ofSeconds(3));
        house.withoutConnection = 0;
        SimulatedTransfer download = house.download();
        house.run(Duration.ofSeconds(40));
        assertTrue(download.isHelped(), house::story);
    }

    @Test
    void helpsWhatIsLeftOfALineThatOtherTrafficFills() {
        house.withoutConnection = 25 * SimulatedHouse.MBIT;
        SimulatedTransfer download = house.download();
        house.run(Duration.ofSeconds(20));
        assertTrue(download.isHelped(), house::story);
        house.withoutConnection = 0;
        house.run(Duration.ofSeconds(20));
        assertTrue(download.isHelped(), house::story);
    }

    @Test
    void takesHelpBackAtOnceWhenItIsNotAllowedAnyMore() {
        SimulatedTransfer download = house.download();
        house.run(Duration.ofSeconds(20));
        house.forbidden.add(download.token);
        house.reconsider();
        assertEquals(OverflowWish.BACKUP, house.judge.wish(download.token));
        assertEquals(
                OverflowCause.NOT_ALLOWED, house.judge.cause(download.token).orElseThrow());
        house.run(Duration.ofSeconds(60));
        assertEquals(4, house.changes.size(), house::story);
        house.forbidden.clear();
        house.run(Duration.ofSeconds(5));
        assertTrue(download.isHelped());
    }

    @Test
    void leavesABreakToOthers() {
        SimulatedTransfer download = house.download();
        house.run(Duration.ofSeconds(20));
        house.fixed.present = false;
        house.run(Duration.ofSeconds(2));
        Change last = house.changes.get(house.changes.size() - 1);
        assertEquals(OverflowWish.NONE, last.wish());
        assertEquals(OverflowCause.PREFERRED_BROKE, last.cause());
        house.fixed.present = true;
        house.run(Duration.ofSeconds(10));
        assertTrue(download.isHelped(), house::story);
    }

    @Test
    void givesUpOnASubflowThatDoesNotComeUp() {
        house.joinTakes = Duration.ofMinutes(1);
        house.download();
        house.run(Duration.ofSeconds(30));
        assertEquals("2.5 1 BACKUP SATURATED\n7.5 1 NONE JOIN_OVERDUE\n", house.story());
    }

    @Test
    void waitsForASubflowThatTakesItsTime() {
        house.joinTakes = Duration.ofMillis(1400);
        SimulatedTransfer download = house.download();
        house.run(Duration.ofSeconds(10));
        assertTrue(download.isHelped());
    }

    @Test
    void forgetsAConnectionThatIsOver() {
        SimulatedTransfer download = house.download();
        house.run(Duration.ofSeconds(20));
        house.end(download);
        assertEquals(OverflowWish.NONE, house.judge.wish(download.token));
        assertEquals(OptionalLong.empty(), house.judge.nextDeadlineNanos());
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 4, 6, 10})
    void demandThatComesAndGoesDoesNotMakeItSwing(long seconds) {
        SimulatedTransfer download = house.download();
        for (int i = 0; i < 40; i++) {
            download.demand = (i % 2 == 0 ? 100 : 10) * SimulatedHouse.MBIT;
            house.run(Duration.ofSeconds(seconds));
        }
        assertTrue(house.raises().size() <= 8, house::story);
    }
}
