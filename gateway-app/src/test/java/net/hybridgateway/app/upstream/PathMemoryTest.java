package net.hybridgateway.app.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.scheduler.ProbeAnswer;
import org.junit.jupiter.api.Test;

class PathMemoryTest {
    /** A clock that is about to overflow: times are only compared with each other. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

    private final PathMemory memory = new PathMemory();

    @Test
    void keepsAwayFromAllPathsForAsLongAsTheConversionPointAsksFor() {
        PointPause pause = new PointPause();
        PathMemory one = new PathMemory(pause, Duration.ofSeconds(15), 0, () -> {});
        PathMemory other = new PathMemory(pause, Duration.ofSeconds(15), 0, () -> {});

        one.pause(PointTrouble.OUT_OF_RESOURCES, Duration.ofSeconds(5), after(0));

        assertFalse(one.tryNow(after(4)));
        assertFalse(other.tryNow(after(4)));
        assertEquals(
                new PointStanding(PointStanding.State.PAUSED, after(0), Optional.of(PointTrouble.OUT_OF_RESOURCES)),
                other.standing(after(4)));
        assertTrue(one.tryNow(after(5)));
        assertTrue(other.tryNow(after(5)));
    }

    @Test
    void doesNotShortenAPause() {
        memory.pause(PointTrouble.OUT_OF_RESOURCES, Duration.ofSeconds(60), after(0));
        memory.pause(PointTrouble.NETWORK_FAILURE, Duration.ofSeconds(1), after(1));

        assertFalse(memory.tryNow(after(59)));
        assertTrue(memory.tryNow(after(60)));
    }

    @Test
    void asksOnceInAWhileWhoIsMeantByARefusal() {
        assertFalse(memory.takeConfirmation(after(0)));
        memory.refusedPerhapsAll();
        assertTrue(memory.tryNow(after(0)), "one server's refusal is no reason to go elsewhere");
        assertTrue(memory.takeConfirmation(after(0)));
        assertFalse(memory.takeConfirmation(after(0)));
        memory.refusedPerhapsAll();
        assertFalse(memory.takeConfirmation(after(29)));
        assertTrue(memory.takeConfirmation(after(30)));

        memory.infoRefused(PointTrouble.NOT_AUTHORIZED, after(30));

        assertFalse(memory.tryNow(after(30)));
    }

    @Test
    void staysAwayFromACaptivePortalWhoseHostAnswers() {
        memory.failed(PointTrouble.NO_CONVERT, after(0));
        assertTrue(memory.takeQuestion(after(1)));

        memory.probed(ProbeAnswer.HOST, after(1));
        memory.infoRefused(PointTrouble.NO_CONVERT, after(1));

        assertFalse(memory.tryNow(after(100)));
        assertEquals(PointStanding.State.DOWN, memory.standing(after(100)).state());
    }

    @Test
    void remembersWhatWasSeenLastAndWhen() {
        memory.synWithDataAnswered(true, after(1));
        memory.accepted(HandshakeMode.ZERO_RTT, true, after(2));
        memory.synWithDataAnswered(false, after(3));
        memory.learnExtensions(List.of(30, 3), after(4));

        assertEquals(Optional.of(new PathMemory.Seen<>(true, after(2))), memory.multipath());
        assertEquals(Optional.of(new PathMemory.Seen<>(PathMemory.SynData.STRIPPED, after(3))), memory.synData());
        assertEquals(Optional.of(new PathMemory.Seen<>(List.of(30, 3), after(4))), memory.extensions());
        memory.synWithDataLost(after(5));
        assertEquals(Optional.of(new PathMemory.Seen<>(PathMemory.SynData.LOST, after(5))), memory.synData());
    }

    @Test
    void isUsedThoughItSpeaksPlainTcpOnly() {
        memory.accepted(HandshakeMode.ZERO_RTT, false, START);
        memory.accepted(HandshakeMode.ONE_RTT, false, START);

        assertTrue(memory.tryNow(after(0)));
        assertFalse(memory.isFailing(after(0)));
    }

    @Test
    void remembersWhatAQuestionShowed() {
        memory.learn(
                Optional.of(new HandshakeLesson(PathHandshake.MULTIPATH, Optional.of(PathMemory.SynData.LOST), true)),
                after(1));

        assertEquals(PathHandshake.MULTIPATH, memory.handshake());
        assertEquals(Optional.of(new PathMemory.Seen<>(true, after(1))), memory.multipath());
        assertEquals(Optional.of(new PathMemory.Seen<>(PathMemory.SynData.LOST, after(1))), memory.synData());
        assertFalse(memory.wasTried(), "no connection was");
    }

    @Test
    void asksNothingOfTheHandshakeWhileTheConversionPointIsDownOrPaused() {
        memory.failed(PointTrouble.SILENT, after(0));
        assertFalse(memory.takeHandshakeQuestion(after(0)));
        assertEquals(Optional.of(Duration.ofSeconds(1)), memory.untilQuestion(after(0)), "whether it is back");
        memory.uplinkArrived(false);
        memory.pause(PointTrouble.OUT_OF_RESOURCES, Duration.ofSeconds(60), after(0));
        assertFalse(memory.takeHandshakeQuestion(after(0)));
        assertEquals(Optional.of(Duration.ofSeconds(60)), memory.untilQuestion(after(0)));
        assertTrue(memory.takeHandshakeQuestion(after(60)));
    }

    @Test
    void tellsOfNewsThatMayBeAReasonToAsk() {
        int[] news = {0};
        PathMemory one = new PathMemory(new PointPause(), Duration.ofSeconds(15), 0, () -> news[0]++);
        one.accepted(HandshakeMode.ZERO_RTT, true, after(0));
        assertEquals(0, news[0]);

        one.synWithDataLost(after(0));
        one.optionsLost(after(0));
        one.failed(PointTrouble.SILENT, after(0));
        one.infoRefused(PointTrouble.MUTE, after(0));

        assertEquals(4, news[0]);
    }

    @Test
    void failsOnTheSecondDoubtInARowOnly() {
        memory.doubted(after(0));
        assertTrue(memory.tryNow(after(0)));
        memory.reached(after(0));
        memory.doubted(after(0));
        assertTrue(memory.tryNow(after(0)));
        memory.doubted(after(0));
        assertFalse(memory.tryNow(after(0)));
    }

    @Test
    void tellsAnUntriedPathFromAGoodOne() {
        assertFalse(memory.wasTried());
        memory.reached(after(0));
        assertTrue(memory.wasTried());
    }

    private static long after(int seconds) {
        return START + Duration.ofSeconds(seconds).toNanos();
    }
}
