package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to connections when an uplink stops to work. */
class BreakTest {
    private final SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);

    @Test
    void costsNothingOnCellularBeforeTheBreak() {
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofHours(1));

        assertTrue(connection.usable());
        assertEquals("""
                0 fixed ONLINE FIRST_SEEN_UP
                0 cellular ONLINE FIRST_SEEN_UP
                """, gateway.story());
    }

    static Stream<Arguments> breaks() {
        SimulatedUplink line = SimulatedGateway.fixedLine();
        return Stream.of(
                Arguments.of(line.withCarrier(false), Reason.CARRIER_LOST),
                Arguments.of(line.withAddresses(List.of()), Reason.ADDRESS_LOST),
                Arguments.of(line.withRoutes(false), Reason.ROUTE_LOST),
                Arguments.of(UplinkObservation.ABSENT, Reason.DEVICE_GONE));
    }

    /** Join: 2 round trips of 50 ms until the subflow is fully established, and over it the peer is told. */
    @ParameterizedTest
    @MethodSource("breaks")
    void makesTheCellularSubflowAfterTheBreakAndThenTellsThePeer(UplinkObservation broken, Reason reason) {
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();

        gateway.change("fixed", broken);
        gateway.run(Duration.ofSeconds(30));

        assertEquals("""
                0 fixed OFFLINE %s
                0 create cellular 1 to 192.0.2.1 backup
                100 remove fixed 0
                100 remove fixed 0
                100 destroy fixed 0
                """.formatted(reason), gateway.story());
        assertTrue(connection.usable());
        assertEquals(0, connection.removesLost);
        gateway.runUntilQuiet();
    }

    @Test
    void treatsAnUplinkThatIsSwitchedOffLikeABreak() {
        gateway.connect();
        gateway.mark();

        gateway.enable("fixed", false);
        gateway.run(Duration.ofSeconds(30));

        // The line works: REMOVE_ADDR takes 25 ms over cellular, the peer's close comes back over the fixed line.
        assertEquals("""
                0 fixed DISABLED SWITCHED_OFF
                0 create cellular 1 to 192.0.2.1 backup
                100 remove fixed 0
                100 remove fixed 0
                100 destroy fixed 0
                """, gateway.story());
    }

    @Test
    void leavesAConnectionOnAnUplinkThatIsSwitchedOffIfItMayNotMove() {
        SimulatedConnection connection = gateway.connect();
        TrafficRights never = new TrafficRights(TrafficRights.Cellular.NEVER, false);
        gateway.deliver(new EngineEvent.ConnectionClassified(connection.token, never));
        gateway.mark();

        gateway.enable("fixed", false);
        gateway.run(Duration.ofSeconds(30));

        assertEquals("0 fixed DISABLED SWITCHED_OFF\n", gateway.story());
        assertEquals(
                1,
                gateway.engine
                        .snapshot(gateway.nowNanos())
                        .connections()
                        .get(0)
                        .subflows()
                        .size());
    }

    @ParameterizedTest
    @MethodSource("standingUses")
    void tellsThePeerAtOnceOverASubflowThatStands(UplinkUse use) {
        SimulatedGateway standing = SimulatedGateway.withCellular(use);
        SimulatedConnection connection = standing.connect();
        standing.run(Duration.ofSeconds(1));
        standing.mark();

        standing.carrier("fixed", false);
        standing.run(Duration.ofSeconds(30));

        assertEquals("""
                0 fixed OFFLINE CARRIER_LOST
                0 remove fixed 0
                0 remove fixed 0
                0 destroy fixed 0
                """, standing.story());
        assertTrue(connection.usable());
    }

    static Stream<UplinkUse> standingUses() {
        return Stream.of(UplinkUse.ALWAYS, UplinkUse.STANDBY);
    }

    @ParameterizedTest
    @MethodSource("usesAndJoins")
    void joinsEachUplinkAsItsUseSays(UplinkUse use, String story) {
        SimulatedGateway started = SimulatedGateway.withCellular(use);
        started.mark();
        started.connect();
        started.run(Duration.ofSeconds(1));
        assertEquals(story, started.story());
    }

    static Stream<Arguments> usesAndJoins() {
        return Stream.of(
                Arguments.of(UplinkUse.ALWAYS, "0 create cellular 1 to 192.0.2.1\n"),
                Arguments.of(UplinkUse.STANDBY, "0 create cellular 1 to 192.0.2.1 backup\n"),
                Arguments.of(UplinkUse.ON_DEMAND, ""),
                Arguments.of(UplinkUse.OVERFLOW, ""));
    }

    @Test
    void servesConnectionsWithoutAnySubflowLeftFirst() {
        SimulatedUplink second = new SimulatedUplink(
                "second", 4, Duration.ofMillis(20), List.of(SimulatedGateway.address("203.0.113.10")), true);
        SimulatedGateway three = new SimulatedGateway(
                PolicyConfig.of(List.of(
                        SimulatedGateway.uplinkConfig("fixed", 10, UplinkUse.ALWAYS),
                        SimulatedGateway.uplinkConfig("second", 11, UplinkUse.ALWAYS),
                        SimulatedGateway.uplinkConfig("cellular", 20, UplinkUse.ON_DEMAND))),
                SimulatedGateway.fixedLine(),
                second,
                SimulatedGateway.cellularLine());
        for (int i = 0; i < 500; i++) {
            three.connect();
        }
        three.run(Duration.ofSeconds(1));
        three.uplink("second").peerRefusals = 500;
        int[] alone = new int[500];
        for (int i = 0; i < alone.length; i++) {
            alone[i] = three.connect().token;
        }
        three.run(Duration.ofMillis(100));
        three.mark();

        three.carrier("fixed", false);

        // So many joins as may be under way at a time, and the end of a dead subflow for those that another carries.
        List<Decision> decisions = three.decisionsSinceMark();
        assertEquals(1 + 256 + 3 * 500, decisions.size());
        for (int i = 1; i <= 256; i++) {
            assertEquals(alone[i - 1], ((Decision.ConnectionDecision) decisions.get(i)).token());
        }
        three.run(Duration.ofSeconds(1));
        assertTrue(three.connections.values().stream().allMatch(SimulatedConnection::usable));
    }

    @Test
    void keepsEverythingWhileNoUplinkWorksAndStartsWithTheFirstThatReturns() {
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.carrier("cellular", false);
        gateway.carrier("fixed", false);
        gateway.mark();
        gateway.run(Duration.ofSeconds(30));
        assertEquals("", gateway.story());
        assertFalse(connection.usable());

        gateway.carrier("cellular", true);
        gateway.run(Duration.ofSeconds(2));

        assertEquals("""
                30000 cellular HOLD_DOWN CAME_BACK
                30000 create cellular 1 to 192.0.2.1 backup
                30100 remove fixed 0
                30100 remove fixed 0
                30100 destroy fixed 0
                """, gateway.story());
        assertTrue(connection.usable());
    }

    @Test
    void replacesAStaleSubflowWhenItsOwnUplinkIsTheFirstToReturn() {
        SimulatedConnection connection = gateway.connect();
        gateway.carrier("cellular", false);
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(30));
        gateway.mark();

        gateway.carrier("fixed", true);
        gateway.run(Duration.ofSeconds(1));

        assertEquals("""
                0 fixed HOLD_DOWN CAME_BACK
                0 destroy fixed 0
                0 create fixed 0 to 192.0.2.1
                """, gateway.story());
        assertTrue(connection.usable());
    }

    @Test
    void usesASubflowAgainThatWasGoneForAMomentWhenNothingElseWorks() {
        SimulatedConnection connection = gateway.connect();
        gateway.carrier("cellular", false);
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofMillis(500));
        gateway.mark();

        gateway.carrier("fixed", true);
        gateway.run(Duration.ofSeconds(1));

        assertEquals("0 fixed HOLD_DOWN CAME_BACK\n", gateway.story());
        assertTrue(connection.usable());
    }

    @Test
    void undoesAnAttemptWhenItsUplinkBreaksTooAndTriesAgainOnReturn() {
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofMillis(20));
        gateway.carrier("cellular", false);
        gateway.run(Duration.ofSeconds(10));
        gateway.carrier("cellular", true);
        gateway.run(Duration.ofMillis(500));

        assertEquals("""
                0 fixed OFFLINE CARRIER_LOST
                0 create cellular 1 to 192.0.2.1 backup
                20 cellular OFFLINE CARRIER_LOST
                20 remove cellular 1
                10020 cellular HOLD_DOWN CAME_BACK
                10020 create cellular 1 to 192.0.2.1 backup
                10120 remove fixed 0
                10120 remove fixed 0
                10120 destroy fixed 0
                """, gateway.story());
        assertTrue(connection.usable());
    }

    @Test
    void ignoresConnectionsThatRunOverNoUplink() {
        gateway.mark();
        SubflowTuple foreign = new SubflowTuple(
                new InetSocketAddress(SimulatedGateway.address("172.16.0.1"), 1), SimulatedGateway.POINT);
        gateway.deliver(new EngineEvent.ConnectionEstablished(7, foreign, false));
        gateway.carrier("cellular", false);
        gateway.carrier("fixed", false);
        assertTrue(gateway.engine.snapshot(gateway.nowNanos()).connections().isEmpty());
    }

    @Test
    void savesAConnectionWhoseAddressWentJustBeforeItWasEstablished() {
        SubflowTuple initial =
                new SubflowTuple(new InetSocketAddress(SimulatedGateway.FIXED, 1), SimulatedGateway.POINT);
        gateway.change("fixed", gateway.uplink("fixed").withAddresses(List.of()));

        gateway.engine.handle(new EngineEvent.ConnectionEstablished(7, initial, false), gateway.nowNanos());

        assertTrue(gateway.engine.pollDecision().orElseThrow() instanceof Decision.CreateSubflow create
                && create.uplink().equals("cellular"));
    }
}
