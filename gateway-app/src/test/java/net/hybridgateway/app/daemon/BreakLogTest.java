package net.hybridgateway.app.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.hybridgateway.app.relay.GapMeter;
import net.hybridgateway.mgmt.status.BreakStatus;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.HoldDownReading;
import net.hybridgateway.scheduler.Reason;
import net.hybridgateway.scheduler.UplinkState;
import org.junit.jupiter.api.Test;

class BreakLogTest {
    private final Map<String, Long> bytesOfOthers = new HashMap<>();
    private final BreakLog log = new BreakLog(new BreakLog.Sources() {
        @Override
        public GapMeter startGapMeter(String uplink) {
            return new GapMeter(0);
        }

        @Override
        public long bytesOfOthers(String uplink) {
            return bytesOfOthers.getOrDefault(uplink, 0L);
        }
    });

    @Test
    void notesABreakWithItsReasonAndHowLongItTookToNotice() {
        breaks("fixed");

        BreakStatus noted = log.statuses().get(0);
        assertEquals("fixed", noted.uplink());
        assertEquals("The uplink lost its carrier.", noted.reason());
        assertEquals(3, noted.detectMillis());
        assertEquals(0, noted.kept());
        assertEquals(0, noted.lost());
    }

    @Test
    void ignoresAllOtherTransitions() {
        transition("fixed", UplinkState.OFFLINE, UplinkState.ONLINE, Reason.FIRST_SEEN_UP);
        transition("fixed", UplinkState.OFFLINE, UplinkState.HOLD_DOWN, Reason.CAME_BACK);
        transition("fixed", UplinkState.HOLD_DOWN, UplinkState.OFFLINE, Reason.CARRIER_LOST);

        assertEquals(List.of(), log.statuses());
    }

    @Test
    void countsBytesOnTheBackupUntilTheUplinkIsTrustedAgain() {
        bytesOfOthers.put("fixed", 1000L);
        breaks("fixed");
        bytesOfOthers.put("fixed", 1700L);
        assertEquals(700, log.statuses().get(0).bytesOnBackup());

        transition("fixed", UplinkState.OFFLINE, UplinkState.HOLD_DOWN, Reason.CAME_BACK);
        bytesOfOthers.put("fixed", 1900L);
        transition("fixed", UplinkState.HOLD_DOWN, UplinkState.ONLINE, Reason.STAYED_UP);
        bytesOfOthers.put("fixed", 9999L);

        assertEquals(900, log.statuses().get(0).bytesOnBackup());
    }

    @Test
    void endsTheBreaksOfTheUplinkThatCameBackOnly() {
        breaks("fixed");
        breaks("cellular");
        transition("fixed", UplinkState.OFFLINE, UplinkState.ONLINE, Reason.READDRESSED);
        bytesOfOthers.put("fixed", 5L);
        bytesOfOthers.put("cellular", 7L);

        assertEquals(List.of("cellular", "fixed"), uplinks());
        assertEquals(7, log.statuses().get(0).bytesOnBackup());
        assertEquals(0, log.statuses().get(1).bytesOnBackup());
    }

    @Test
    void keepsTheLastTwentyNewestFirst() {
        for (int i = 0; i < 25; i++) {
            breaks("uplink" + i);
        }
        assertEquals(20, log.statuses().size());
        assertEquals("uplink24", uplinks().get(0));
        assertEquals("uplink5", uplinks().get(19));
    }

    private List<String> uplinks() {
        return log.statuses().stream().map(BreakStatus::uplink).toList();
    }

    private void breaks(String uplink) {
        transition(uplink, UplinkState.ONLINE, UplinkState.OFFLINE, Reason.CARRIER_LOST);
    }

    private void transition(String uplink, UplinkState from, UplinkState to, Reason reason) {
        log.onTransition(
                new Decision.UplinkTransition(uplink, from, to, reason, OptionalLong.empty(), HoldDownReading.CALM),
                3_700_000);
    }
}
