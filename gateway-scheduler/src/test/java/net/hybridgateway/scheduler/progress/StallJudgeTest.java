package net.hybridgateway.scheduler.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories of one subflow. The line has 20 ms there and back unless the story says otherwise; it is cut at 2 s. */
class StallJudgeTest {
    private static final double RTT = 20;
    private static final double CUT = 2_000;
    private static final double END = 4_000;

    /** How long after the last byte a silent break may be suspected, at the latest. */
    private static final double LATEST = 110;

    // ---- traffic ----------------------------------------------------------------------------------------------------

    private static void every(SimulatedSubflow flow, double from, double to, double period, Runnable what) {
        for (double time = from; time < to; time += period) {
            flow.at(time, what);
        }
    }

    /** A peer that sends as fast as it may; we send nothing but acknowledgments. */
    private static void download(SimulatedSubflow flow, double from, double to) {
        every(flow, from, to, 1.7, flow::receive);
    }

    /** Sends as fast as it may, with answers while the line works; what is under way at the cut stays so. */
    private static void upload(SimulatedSubflow flow, double from, double heardUntil) {
        every(flow, from, heardUntil - RTT, 1.7, () -> flow.sendAcknowledged(RTT));
        every(flow, heardUntil - RTT, heardUntil, 1.7, flow::send);
    }

    /** A few bytes every 50 ms, which come back. */
    private static void echo(SimulatedSubflow flow, double from, double heardUntil) {
        every(flow, from, heardUntil + 50, 50, () -> {
            if (flow.now() + RTT < heardUntil) {
                flow.sendAcknowledged(RTT);
                flow.at(flow.now() + RTT, flow::receive);
            } else {
                flow.send();
            }
        });
    }

    private static void request(SimulatedSubflow flow, double at, double answerMillis) {
        flow.at(at, () -> flow.sendAcknowledged(RTT));
        every(flow, at + RTT, at + RTT + answerMillis, 1.7, flow::receive);
    }

    // ---- breaks -----------------------------------------------------------------------------------------------------

    static Stream<Arguments> cuts() {
        return IntStream.range(0, 25)
                .boxed()
                .flatMap(phase -> Stream.of(
                        cut("download", CUT + phase, flow -> download(flow, 100, CUT + phase)),
                        cut("upload", CUT + phase, flow -> upload(flow, 100, CUT + phase)),
                        // The last answer before the cut came at the end of a period that began 50 ms before the next
                        // one.
                        cut("echo", CUT + phase + RTT, flow -> echo(flow, 100 + phase, CUT + phase + RTT + 1))));
    }

    private static Arguments cut(String what, double lastByte, Consumer<SimulatedSubflow> traffic) {
        return Arguments.of(what, lastByte, traffic);
    }

    @ParameterizedTest(name = "{0}, last byte at {1} ms")
    @MethodSource("cuts")
    void suspectsASilentBreakWithin110Milliseconds(String what, double lastByte, Consumer<SimulatedSubflow> traffic) {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        traffic.accept(flow);

        flow.playUntil(lastByte);
        assertEquals(List.of(), flow.said(), "before the break");
        flow.playUntil(END);

        SimulatedSubflow.Said first = flow.said().get(0);
        assertTrue(first.atMillis() <= lastByte + LATEST, what + " cut at " + lastByte + ": " + flow.said());
        assertTrue(Math.abs(first.sinceMillis() - lastByte) <= 3, "since: " + flow.said());
    }

    @ParameterizedTest(name = "{0} ms after the pause")
    @ValueSource(ints = {2, 20, 100, 190})
    void suspectsABreakRightAfterAPauseThatWasSuspected(int more) {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        download(flow, 100, CUT);
        download(flow, CUT + 150, CUT + 150 + more);

        flow.playUntil(END);

        assertEquals(2, flow.said().size(), flow.said()::toString);
        // The pause of 150 ms is one that the server may make again.
        double latest = CUT + 150 + more + 1.5 * 150 + LATEST;
        assertTrue(flow.said().get(1).atMillis() <= latest, flow.said()::toString);
    }

    @Test
    void suspectsABreakOfTheWayUpWhileThePeerSendsTheSameAgainAndAgain() {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        // The peer does not hear our acknowledgments: a window's worth more, and then only what we have already.
        download(flow, 100, CUT + RTT);

        flow.playUntil(END);

        assertEquals(1, flow.said().size(), flow.said()::toString);
        assertTrue(flow.said().get(0).atMillis() <= CUT + RTT + LATEST, flow.said()::toString);
    }

    @Test
    void suspectsABreakOfTheWayDownWhileOurOwnDataArrivesThere() {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        // What we send after the cut arrives, and its acknowledgments do not: their stream stops.
        upload(flow, 100, CUT);
        every(flow, CUT, CUT + 300, 10, flow::send);

        flow.playUntil(CUT + LATEST);

        assertEquals(1, flow.said().size(), flow.said()::toString);
        assertEquals(Stall.Cause.ABSENT, flow.said().get(0).cause());
    }

    @Test
    void suspectsTheFirstWordAfterAnHourOfSilence() {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        request(flow, 100, 300);
        flow.playUntil(2_000);
        int before = flow.said().size();
        double hour = 3_600_000;
        flow.at(hour + 3, flow::send);

        flow.passUntil(hour);
        flow.playUntil(hour + 150);

        assertEquals(before + 1, flow.said().size(), flow.said()::toString);
        SimulatedSubflow.Said last = flow.said().get(before);
        assertEquals((long) hour + 3, last.sinceMillis());
        assertTrue(last.atMillis() <= hour + 3 + LATEST, flow.said()::toString);
    }

    @Test
    void saysUnacknowledgedDataAgainWhenTheWaitHasDoubled() {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        flow.at(100, flow::send);

        flow.playUntil(10_000);

        List<Long> times =
                flow.said().stream().map(SimulatedSubflow.Said::atMillis).toList();
        assertEquals(7, times.size(), times::toString);
        for (int n = 1; n < times.size(); n++) {
            double growth = (times.get(n) - 100) / (double) (times.get(n - 1) - 100);
            assertTrue(growth > 1.5 && growth < 2.5, times::toString);
        }
    }

    // ---- what is no break -------------------------------------------------------------------------------------------

    @Test
    void neverSuspectsAnIdleConnection() {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        flow.at(100, () -> flow.sendAcknowledged(RTT));

        flow.playUntil(60_000);

        assertEquals(List.of(), flow.said());
    }

    @Test
    void neverSuspectsAServerThatThinks() {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        for (int n = 0; n < 20; n++) {
            flow.at(100 + n * 1_000, () -> flow.sendAcknowledged(RTT));
            every(flow, 600 + n * 1_000, 700 + n * 1_000, 1.7, flow::receive);
        }

        flow.playUntil(20_000);

        assertEquals(List.of(), flow.said());
    }

    @Test
    void suspectsAServerThatPausesOncePerPause() {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        for (int n = 0; n < 5; n++) {
            download(flow, 100 + n * 10_000, 1_100 + n * 10_000);
        }

        flow.playUntil(50_000);

        assertEquals(5, flow.said().size(), flow.said()::toString);
    }

    @Test
    void getsUsedToAServerWithPausesOfItsOwn() {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        Random random = new Random(3);
        double end = 100_000;
        // As at a desk: twenty times a second on average, at random.
        for (double time = 100; time < end; time -= 50 * Math.log(1 - random.nextDouble())) {
            flow.at(time, flow::receive);
        }

        flow.playUntil(end);

        assertTrue(flow.said().size() <= end / 5_000, "one in five seconds at most: " + flow.said());
    }

    static Stream<Arguments> ackDelays() {
        // How long the peer holds its acknowledgments, and how often it may be suspected for that.
        return Stream.of(Arguments.of(40, 0), Arguments.of(60, 1), Arguments.of(100, 1), Arguments.of(200, 3));
    }

    @ParameterizedTest(name = "by {0} ms")
    @MethodSource("ackDelays")
    void bearsWithAPeerThatDelaysItsAcknowledgments(double delay, int mostSuspicions) {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        every(flow, 100, 60_000, 500, () -> flow.sendAcknowledged(RTT + delay));

        flow.playUntil(60_000);

        assertTrue(flow.said().size() <= mostSuspicions, flow.said()::toString);
    }

    @Test
    void followsAQueueThatGrows() {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        // An echo beside an upload that fills the modem's buffer within a second and a half.
        every(flow, 100, 5_000, 50, () -> {
            double rtt = RTT + Math.min(280, Math.max(0, flow.now() - 500) * 280 / 1_500);
            flow.sendAcknowledged(rtt);
            flow.at(flow.now() + rtt, flow::receive);
        });

        flow.playUntil(5_000);

        assertEquals(List.of(), flow.said());
        assertTrue(flow.srtt() > 290, "the queue is there: " + flow.srtt());
    }

    @Test
    void doesNotMindALossThatIsRepairedByATailProbe() {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        // The last of a few is lost, sent again after two round trips (RFC 8985 §7), and then acknowledged.
        flow.at(100, () -> flow.sendAcknowledged(RTT));
        flow.at(101, () -> flow.sendAcknowledged(RTT));
        flow.at(102, flow::send);
        flow.at(102 + 2 * RTT, () -> {});
        flow.at(102 + 3 * RTT, () -> flow.acknowledge(3 * RTT));

        flow.playUntil(3_000);

        assertEquals(List.of(), flow.said());
    }

    @Test
    void suspectsALossThatTakesATimeoutOnceAndSeesItPass() {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        flow.at(100, flow::send);
        flow.at(100 + 200 + RTT, () -> flow.acknowledge(RTT));

        flow.playUntil(5_000);

        assertTrue(flow.said().size() <= 2, flow.said()::toString);
        assertFalse(flow.said().stream().anyMatch(said -> said.atMillis() > 330), flow.said()::toString);
    }

    @Test
    void doesNotSuspectAPeerWhoseSenderWaitsForOurReader() {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        download(flow, 100, 1_000);
        // The LAN host stops to read; our window is full a moment later, and reopens after nine seconds.
        flow.at(900, () -> flow.reading(false));
        flow.at(10_000, () -> flow.reading(true));
        download(flow, 10_000 + RTT, 12_000);

        flow.playUntil(12_000);

        assertEquals(List.of(), flow.said());
    }

    @Test
    void suspectsABreakThatHappenedWhileNobodyRead() {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        download(flow, 100, CUT);
        flow.at(CUT - 100, () -> flow.reading(false));
        flow.at(CUT + 400, () -> flow.reading(true));

        flow.playUntil(END);

        assertEquals(1, flow.said().size(), flow.said()::toString);
        assertTrue(flow.said().get(0).atMillis() > CUT + 400, flow.said()::toString);
    }

    @Test
    void doesNotTakeItsOwnLateLookForSilence() {
        SimulatedSubflow flow = new SimulatedSubflow(RTT);
        download(flow, 100, 5_000);
        flow.playUntil(2_000);
        // The loop was busy for half a second.
        flow.passUntil(2_500);

        flow.playUntil(4_900);

        assertEquals(List.of(), flow.said());
    }
}
