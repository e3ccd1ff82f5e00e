package net.hybridgateway.app.daemon;

import static net.hybridgateway.app.testing.Addresses.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import net.hybridgateway.app.relay.GapMeter;
import net.hybridgateway.mgmt.status.EventReport;
import net.hybridgateway.mgmt.status.EventStatus;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.HoldDownReading;
import net.hybridgateway.scheduler.PathState;
import net.hybridgateway.scheduler.Reason;
import net.hybridgateway.scheduler.UplinkState;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final long SECOND = 1_000_000_000L;

    private long nowNanos;
    private Set<Integer> onBackup = Set.of();
    private final EventLog log = new EventLog(
            new BreakLog(new BreakLog.Sources() {
                @Override
                public GapMeter startGapMeter(String uplink) {
                    return new GapMeter(0);
                }

                @Override
                public long bytesOfOthers(String uplink) {
                    return 0;
                }

                @Override
                public Set<Integer> connectionsOnBackup() {
                    return onBackup;
                }
            }),
            "start",
            () -> nowNanos);

    @Test
    void tellsABreakAndItsReturnInWords() {
        transition(UplinkState.OFFLINE, UplinkState.ONLINE, Reason.FIRST_SEEN_UP, HoldDownReading.CALM);
        transition(UplinkState.ONLINE, UplinkState.OFFLINE, Reason.CARRIER_LOST, once());
        transition(UplinkState.OFFLINE, UplinkState.HOLD_DOWN, Reason.CAME_BACK, once());
        transition(UplinkState.HOLD_DOWN, UplinkState.ONLINE, Reason.STAYED_UP, once());

        assertEquals(
                List.of(
                        "1 UPLINK fixed The uplink is up.",
                        "2 BREAK fixed The uplink lost its carrier.",
                        "3 HOLD_DOWN fixed It is back, and watched for 5 s before it is trusted, for it broke once of late.",
                        "4 RETURN fixed The uplink came back and stayed up."),
                lines());
    }

    @Test
    void tellsOfABreakWhatItDid() {
        transition(UplinkState.ONLINE, UplinkState.OFFLINE, Reason.SILENT, once());
        onBackup = Set.of(7);
        transition(UplinkState.HOLD_DOWN, UplinkState.ONLINE, Reason.STAYED_UP, once());
        nowNanos += 12 * SECOND;
        onBackup = Set.of();
        log.onDecision(new Decision.RemoveAddress(7, 1, "cellular", Reason.NO_LONGER_NEEDED), 0);

        EventStatus told = report().events().get(0);
        assertEquals(OptionalLong.of(12_000), told.outage().orElseThrow().drainMillis());
        assertEquals(250, told.outage().orElseThrow().detectMillis());
        assertTrue(report().events().get(1).outage().isEmpty());
    }

    @Test
    void saysWhyTheHoldDownGrewAndWhenAnUplinkFlaps() {
        HoldDownReading flapping = new HoldDownReading(80 * SECOND, 5, 4, 10 * SECOND);
        transition(UplinkState.HOLD_DOWN, UplinkState.OFFLINE, Reason.CARRIER_LOST, flapping);
        transition(UplinkState.OFFLINE, UplinkState.HOLD_DOWN, Reason.CAME_BACK, flapping);

        assertEquals(
                List.of(
                        "1 UPLINK fixed The uplink lost its carrier. It was not trusted yet.",
                        "2 FLAPPING fixed It came back 4 times in a minute: it has to be up for 10 s before it is used at all.",
                        "3 HOLD_DOWN fixed It is back, and watched for 80 s before it is trusted, for it broke 5 times of late."),
                lines());
    }

    @Test
    void countsSuspicionsThatWereDismissedInsteadOfListingThem() {
        verdict(PathState.TRUSTED, Reason.ANSWERED);
        verdict(PathState.TRUSTED, Reason.PROGRESSED);

        assertEquals(List.of(), lines());
        assertEquals(Map.of("fixed", 2L), report().dismissedSuspicions());
    }

    @Test
    void tellsVerdictsOnConversionPointsAndCountsThoseThatRepeat() {
        verdict(PathState.TRUSTED, Reason.REFUSES);
        nowNanos += 5 * SECOND;
        verdict(PathState.TRUSTED, Reason.REFUSES);

        EventStatus told = report().events().get(0);
        assertEquals(1, report().events().size());
        assertEquals(2, told.times());
        assertEquals(0, told.agoSeconds());
        assertEquals(5, told.uptimeSeconds());
        assertEquals(2, told.sequence(), "a follower is told again");
        assertEquals(0, report().dropped());
        assertEquals("203.0.113.1 port 7000: " + Reason.REFUSES.sentence(), told.text());
    }

    @Test
    void keepsTheLastFiveHundredAndSaysTheirTimeByTheClockAsItGoesNow() {
        for (int i = 0; i < 600; i++) {
            transition(UplinkState.OFFLINE, UplinkState.HOLD_DOWN, Reason.CAME_BACK, new HoldDownReading(0, i, 0, 0));
        }
        nowNanos += 90 * SECOND;

        List<EventStatus> events = report().events();
        assertEquals(500, events.size());
        assertEquals(101, events.get(0).sequence());
        assertEquals(100, report().dropped());
        assertEquals(600, report().lastSequence());
        assertEquals("start", report().boot());
        assertEquals(90, events.get(499).agoSeconds());
        assertEquals(Instant.parse("2026-11-21T04:58:30Z"), events.get(499).at());
    }

    private static HoldDownReading once() {
        return new HoldDownReading(5 * SECOND, 1, 1, 0);
    }

    private void transition(UplinkState from, UplinkState to, Reason reason, HoldDownReading holdDown) {
        log.onDecision(
                new Decision.UplinkTransition("fixed", from, to, reason, OptionalLong.empty(), holdDown), SECOND / 4);
    }

    private void verdict(PathState state, Reason reason) {
        log.onDecision(new Decision.PathVerdict("fixed", at("203.0.113.1", 7000), state, reason), 0);
    }

    private EventReport report() {
        return log.report(new Now(nowNanos, Instant.parse("2026-11-21T05:00:00Z")));
    }

    private List<String> lines() {
        return report().events().stream()
                .map(event -> event.sequence() + " " + event.kind() + " " + event.uplink() + " " + event.text())
                .toList();
    }
}
