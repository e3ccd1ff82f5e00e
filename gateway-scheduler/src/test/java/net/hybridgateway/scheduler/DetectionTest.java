package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose silence it is. The patience with an answer is 60 ms here, and a verdict falls 75 ms after a stall. */
class DetectionTest {
    private static final InetSocketAddress SECOND_POINT =
            new InetSocketAddress(SimulatedGateway.address("192.0.2.2"), 7000);

    private final SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);

    @Test
    void movesConnectionsWhenAnUplinkFallsSilent() {
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();

        gateway.uplink("fixed").silent = true;
        gateway.stall("fixed");
        gateway.run(Duration.ofMillis(900));

        assertEquals("""
                0 probe fixed 192.0.2.1
                15 probe fixed 192.0.2.1
                75 fixed OFFLINE SILENT
                75 create cellular 1 to 192.0.2.1 backup
                175 remove fixed 0
                175 remove fixed 0
                175 destroy fixed 0
                """, gateway.story());
        assertTrue(connection.usable());
    }

    @Test
    void tellsWhenTheLineGaveItsLastSignOfLife() {
        gateway.connect();
        gateway.uplink("fixed").silent = true;
        long sign = gateway.nowNanos() - SimulatedGateway.STALL.toNanos();
        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(1));

        assertEquals(
                1,
                gateway.log.stream()
                        .filter(logged -> logged.decision() instanceof Decision.UplinkTransition transition
                                && transition.to() == UplinkState.OFFLINE
                                && transition.lastSignNanos().orElseThrow() == sign)
                        .count());
    }

    @Test
    void takesASlowServerForNothingElse() {
        gateway.connect();
        gateway.mark();

        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(10));

        assertEquals("""
                0 probe fixed 192.0.2.1
                15 probe fixed 192.0.2.1
                20 fixed 192.0.2.1 TRUSTED ANSWERED
                """, gateway.story());
    }

    @Test
    void publishesTheSuspicionToNewConnectionsWhileItLasts() {
        gateway.connect();
        gateway.stall("fixed");
        assertEquals(
                Set.of(SimulatedGateway.POINT),
                gateway.engine.initialPaths().get(0).suspect());

        gateway.run(Duration.ofMillis(100));

        assertEquals(Set.of(), gateway.engine.initialPaths().get(0).suspect());
    }

    @Test
    void asksAtMostOnceASecondForAServerThatPausesAllTheTime() {
        gateway.connect();
        for (int i = 0; i < 600; i++) {
            gateway.stall("fixed");
            gateway.run(Duration.ofMillis(100));
        }
        assertTrue(gateway.probes <= 2 * (60 + 4), gateway.probes + " questions in a minute");
    }

    @Test
    void asksNobodyOverABackupThatCarriesEverythingAlone() {
        gateway.connect();
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();

        gateway.stall("cellular");
        gateway.run(Duration.ofMillis(200));

        assertEquals(0, gateway.probes);
    }

    @Test
    void clearsTheUplinkWhenTheConversionPointAnswersOverNoOther() {
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.uplink("fixed").cutOff.add(SimulatedGateway.POINT);
        gateway.uplink("cellular").cutOff.add(SimulatedGateway.POINT);
        gateway.mark();

        gateway.stall("fixed");
        gateway.run(Duration.ofMillis(2_500));

        assertEquals("""
                0 probe fixed 192.0.2.1
                15 probe fixed 192.0.2.1
                75 fixed OFFLINE SILENT
                75 create cellular 1 to 192.0.2.1 backup
                325 probe cellular 192.0.2.1
                825 probe cellular 192.0.2.1
                1075 probe fixed 192.0.2.1
                1325 probe cellular 192.0.2.1
                1825 probe cellular 192.0.2.1
                2075 probe fixed 192.0.2.1
                2075 fixed 192.0.2.1 DEAD NO_ANSWER_ANYWHERE
                2075 fixed ONLINE POINT_WAS_SILENT
                2075 remove cellular 1
                """, gateway.story());
        gateway.uplink("fixed").cutOff.clear();
        gateway.uplink("cellular").cutOff.clear();
        gateway.run(Duration.ofSeconds(9));
        assertTrue(connection.usable());
        assertTrue(gateway.story().contains("fixed 192.0.2.1 TRUSTED ANSWERS_AGAIN"));
    }

    @Test
    void blamesOnlyTheWayToOneConversionPointWhenAnotherAnswers() {
        SimulatedConnection stalled = gateway.connect();
        SimulatedConnection other = gateway.connect(SECOND_POINT, false);
        gateway.run(Duration.ofSeconds(1));
        gateway.uplink("fixed").cutOff.add(SimulatedGateway.POINT);
        gateway.mark();

        gateway.stall("fixed");
        gateway.run(Duration.ofMillis(900));

        assertEquals("""
                0 probe fixed 192.0.2.1
                0 probe fixed 192.0.2.2
                15 probe fixed 192.0.2.1
                75 fixed 192.0.2.1 DEAD NO_ANSWER_HERE
                75 create cellular 1 to 192.0.2.1 backup
                175 remove fixed 0
                175 remove fixed 0
                175 destroy fixed 0
                """, gateway.story());
        assertTrue(stalled.usable());
        assertTrue(other.on("cellular").isEmpty());
        assertEquals(UplinkState.ONLINE, gateway.state("fixed"));
    }

    @Test
    void trustsASilentUplinkAgainAfterTheHoldDownIfItGoesOnAnswering() {
        SimulatedConnection connection = gateway.connect();
        gateway.uplink("fixed").silent = true;
        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(5));
        gateway.uplink("fixed").silent = false;
        gateway.run(Duration.ofSeconds(5));
        assertEquals(UplinkState.HOLD_DOWN, gateway.state("fixed"));

        gateway.run(Duration.ofSeconds(30));

        assertEquals(UplinkState.ONLINE, gateway.state("fixed"));
        assertTrue(connection.on("fixed").orElseThrow().carries());
        assertTrue(connection.on("cellular").isEmpty());
        gateway.mark();
        gateway.run(Duration.ofHours(1));
        assertEquals("", gateway.story());
    }

    @Test
    void doesNotTrustAnUplinkThatFallsSilentAgainDuringTheHoldDown() {
        gateway.connect();
        gateway.uplink("fixed").silent = true;
        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(5));
        gateway.uplink("fixed").silent = false;
        gateway.run(Duration.ofSeconds(4));
        gateway.uplink("fixed").silent = true;

        gateway.run(Duration.ofSeconds(5));

        assertEquals(UplinkState.OFFLINE, gateway.state("fixed"));
    }

    @Test
    void givesASilentLineItsChanceWhenItsCarrierComesBack() {
        gateway.connect();
        gateway.uplink("fixed").silent = true;
        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(5));
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(5));
        gateway.uplink("fixed").silent = false;
        gateway.carrier("fixed", true);

        gateway.run(Duration.ofMinutes(1));

        assertEquals(UplinkState.ONLINE, gateway.state("fixed"));
    }

    @Test
    void hardlyAsksOverASilentBackupThatNobodyNeeds() {
        gateway.connect();
        gateway.uplink("cellular").silent = true;
        gateway.stall("cellular");
        gateway.run(Duration.ofMinutes(1));
        int before = gateway.probes;

        gateway.run(Duration.ofHours(1));

        assertTrue(gateway.probes - before <= 12, gateway.probes - before + " questions in an hour");
    }

    @Test
    void asksOverASilentBackupAtOnceWhenItIsNeeded() {
        SimulatedConnection connection = gateway.connect();
        gateway.uplink("cellular").silent = true;
        gateway.stall("cellular");
        gateway.run(Duration.ofMinutes(10));
        gateway.uplink("cellular").silent = false;

        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(1));

        assertTrue(connection.usable());
    }
}
