package net.hybridgateway.app.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import net.hybridgateway.app.relay.GapMeter;
import net.hybridgateway.mgmt.status.BreakStatus;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.HoldDownReading;
import net.hybridgateway.scheduler.Reason;
import net.hybridgateway.scheduler.UplinkState;
import org.junit.jupiter.api.Test;

class BreakLogTest {
    private static final long SECOND = 1_000_000_000L;

    private final Map<String, Long> bytesOfOthers = new HashMap<>();
    private Set<Integer> onBackup = Set.of();
    private long nowNanos = -3 * SECOND;

    private final BreakLog log = new BreakLog(new BreakLog.Sources() {
        @Override
        public GapMeter startGapMeter(String uplink) {
            return new GapMeter(0);
        }

        @Override
        public long bytesOfOthers(String uplink) {
            return bytesOfOthers.getOrDefault(uplink, 0L);
        }

        @Override
        public Set<Integer> connectionsOnBackup() {
            return onBackup;
        }
    });

    @Test
    void notesABreakWithItsReasonAndWhenAndHowLongItTookToNotice() {
        breaks("fixed");
        nowNanos += 65 * SECOND;

        BreakStatus noted = statuses().get(0);
        assertEquals("fixed", noted.uplink());
        assertEquals("The uplink lost its carrier.", noted.reason());
        assertEquals(3, noted.detectMillis());
        assertEquals(0, noted.kept());
        assertEquals(0, noted.lost());
        assertEquals(65, noted.agoSeconds());
        assertEquals(Instant.parse("2026-11-21T04:58:55Z"), noted.at());
    }

    @Test
    void countsBytesOnTheBackupUntilTheUplinkIsTrustedAgain() {
        bytesOfOthers.put("fixed", 1000L);
        breaks("fixed");
        bytesOfOthers.put("fixed", 1700L);
        assertEquals(700, statuses().get(0).bytesOnBackup());

        bytesOfOthers.put("fixed", 1900L);
        log.end("fixed", nowNanos);
        bytesOfOthers.put("fixed", 9999L);

        assertEquals(900, statuses().get(0).bytesOnBackup());
    }

    @Test
    void endsTheBreaksOfTheUplinkThatCameBackOnly() {
        breaks("fixed");
        breaks("cellular");
        log.end("fixed", nowNanos);
        bytesOfOthers.put("fixed", 5L);
        bytesOfOthers.put("cellular", 7L);

        assertEquals(List.of("cellular", "fixed"), uplinks());
        assertEquals(7, statuses().get(0).bytesOnBackup());
        assertEquals(0, statuses().get(1).bytesOnBackup());
    }

    @Test
    void measuresFromTheReturnUntilTheLastConnectionIsTakenOffTheBackup() {
        breaks("fixed");
        onBackup = Set.of(1, 2, 3);
        assertEquals(OptionalLong.empty(), drain());
        log.end("fixed", nowNanos);
        assertEquals(OptionalLong.empty(), drain());

        leaves(1, Set.of(2, 3), 10 * SECOND);
        leaves(2, Set.of(3), 5 * SECOND);
        assertEquals(OptionalLong.empty(), drain());
        // The third one ends by itself, which no decision tells.
        onBackup = Set.of();
        nowNanos += 100 * SECOND;

        assertEquals(OptionalLong.of(15_000), drain());
        leaves(1, Set.of(), 50 * SECOND);
        assertEquals(OptionalLong.of(15_000), drain());
    }

    @Test
    void hasNothingToDrainWhereNothingHadMoved() {
        breaks("fixed");
        log.end("fixed", nowNanos);
        assertEquals(OptionalLong.of(0), drain());
    }

    @Test
    void knowsNoDrainIfAllConnectionsEndedOrTheUplinkBrokeAgain() {
        breaks("fixed");
        onBackup = Set.of(1);
        log.end("fixed", nowNanos);
        onBackup = Set.of();
        assertEquals(OptionalLong.empty(), drain());

        breaks("fixed");
        onBackup = Set.of(2);
        log.end("fixed", nowNanos);
        breaks("fixed");
        leaves(2, Set.of(), SECOND);
        assertEquals(OptionalLong.empty(), statuses().get(1).drainMillis());
    }

    @Test
    void keepsTheLastTwentyNewestFirst() {
        for (int i = 0; i < 25; i++) {
            breaks("uplink" + i);
        }
        assertEquals(20, statuses().size());
        assertEquals("uplink24", uplinks().get(0));
        assertEquals("uplink5", uplinks().get(19));
    }

    private void leaves(int token, Set<Integer> remaining, long afterNanos) {
        nowNanos += afterNanos;
        onBackup = remaining;
        log.left(token, nowNanos);
    }

    private OptionalLong drain() {
        return statuses().get(0).drainMillis();
    }

    private List<BreakStatus> statuses() {
        return log.statuses(new Now(nowNanos, Instant.parse("2026-11-21T05:00:00Z")));
    }

    private List<String> uplinks() {
        return statuses().stream().map(BreakStatus::uplink).toList();
    }

    private void breaks(String uplink) {
        Decision.UplinkTransition transition = new Decision.UplinkTransition(
                uplink,
                UplinkState.ONLINE,
                UplinkState.OFFLINE,
                Reason.CARRIER_LOST,
                OptionalLong.empty(),
                HoldDownReading.CALM);
        log.begin(transition, 3_700_000, nowNanos);
    }
}
