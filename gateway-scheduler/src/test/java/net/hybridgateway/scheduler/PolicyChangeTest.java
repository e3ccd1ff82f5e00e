package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What becomes of running connections when the user changes the configuration. */
class PolicyChangeTest {
    private final SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);

    private static PolicyConfig policy(UplinkUse fixed, UplinkUse cellular) {
        return PolicyConfig.of(List.of(
                SimulatedGateway.uplinkConfig("fixed", 10, fixed),
                SimulatedGateway.uplinkConfig("cellular", 20, cellular)));
    }

    private SimulatedConnection connected() {
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();
        return connection;
    }

    @Test
    void joinsARunningConnectionToAnUplinkThatStandsByFromNowOn() {
        SimulatedConnection connection = connected();
        gateway.configure(policy(UplinkUse.ALWAYS, UplinkUse.STANDBY));
        gateway.run(Duration.ofSeconds(1));
        assertEquals("0 create cellular 1 to 192.0.2.1 backup\n", gateway.story());
        assertTrue(connection.on("cellular").orElseThrow().carries());
    }

    @Test
    void leavesAnUplinkThatIsOnDemandFromNowOnAfterTheQuietTime() {
        SimulatedConnection connection = connected();
        gateway.configure(policy(UplinkUse.ALWAYS, UplinkUse.STANDBY));
        gateway.run(Duration.ofSeconds(5));
        gateway.mark();
        gateway.configure(policy(UplinkUse.ALWAYS, UplinkUse.ON_DEMAND));
        gateway.runUntilQuiet();
        assertEquals("10000 remove cellular 1\n", gateway.story());
        assertTrue(connection.on("cellular").isEmpty());
        assertTrue(connection.usable());
    }

    @Test
    void sharesTheLoadOfARunningConnectionWithAnUplinkThatIsAlwaysUsedFromNowOn() {
        connected();
        gateway.configure(policy(UplinkUse.ALWAYS, UplinkUse.STANDBY));
        gateway.run(Duration.ofSeconds(5));
        gateway.mark();
        gateway.configure(policy(UplinkUse.ALWAYS, UplinkUse.ALWAYS));
        gateway.run(Duration.ofSeconds(5));
        // Nobody acknowledges MP_PRIO, so it is said again.
        assertEquals("""
                0 regular cellular 1
                50 regular cellular 1
                150 regular cellular 1
                350 regular cellular 1
                """, gateway.story());
    }

    @Test
    void changesPlacesWhenTheOtherUplinkIsPreferred() {
        SimulatedConnection connection = connected();
        gateway.configure(PolicyConfig.of(List.of(
                SimulatedGateway.uplinkConfig("fixed", 20, UplinkUse.ON_DEMAND),
                SimulatedGateway.uplinkConfig("cellular", 10, UplinkUse.ALWAYS))));
        gateway.runUntilQuiet();
        assertTrue(connection.on("cellular").orElseThrow().carries());
        assertTrue(connection.on("fixed").isEmpty());
        assertTrue(connection.usable());
        assertEquals("cellular", gateway.engine.initialPaths().get(0).uplink());
    }

    /** The new subflow stands before the old one is destroyed: nothing is lost, and nothing waits. */
    @Test
    void movesConnectionsAwayFromAnUplinkBeforeItIsLeft() {
        SimulatedConnection connection = connected();
        gateway.configure(PolicyConfig.of(List.of(SimulatedGateway.uplinkConfig("cellular", 20, UplinkUse.ON_DEMAND))));
        gateway.run(Duration.ofMillis(99));
        assertEquals("""
                0 fixed DISABLED SWITCHED_OFF
                0 create cellular 1 to 192.0.2.1
                """, gateway.story());
        assertTrue(connection.sockets.stream().anyMatch(socket -> socket.uplink.name.equals("fixed")));
        gateway.runUntilQuiet();
        assertTrue(connection.sockets.stream().noneMatch(socket -> socket.uplink.name.equals("fixed")));
        assertTrue(connection.usable());
        assertEquals(
                List.of("cellular"),
                gateway.engine.snapshot(gateway.nowNanos()).uplinks().stream()
                        .map(view -> view.config().name())
                        .toList());
    }

    @Test
    void usesAnUplinkAgainThatIsInTheConfigurationAgain() {
        SimulatedConnection connection = connected();
        gateway.configure(PolicyConfig.of(List.of(SimulatedGateway.uplinkConfig("cellular", 20, UplinkUse.ON_DEMAND))));
        gateway.run(Duration.ofMinutes(1));
        gateway.configure(policy(UplinkUse.ALWAYS, UplinkUse.ON_DEMAND));
        gateway.runUntilQuiet();
        assertEquals(UplinkState.ONLINE, gateway.state("fixed"));
        assertTrue(connection.on("fixed").orElseThrow().carries());
        assertTrue(connection.on("cellular").isEmpty());
    }

    /** What the operator's hand switched off stays off, whatever the configuration says. */
    @Test
    void leavesAnUplinkOffThatAnOperatorHasSwitchedOff() {
        connected();
        gateway.enable("cellular", false);
        gateway.configure(policy(UplinkUse.ALWAYS, UplinkUse.STANDBY));
        assertEquals(UplinkState.DISABLED, gateway.state("cellular"));
        gateway.enable("cellular", true);
        assertEquals(UplinkState.ONLINE, gateway.state("cellular"));
    }

    @Test
    void takesInAnUplinkThatIsNew() {
        SimulatedGateway alone = new SimulatedGateway(
                PolicyConfig.of(List.of(SimulatedGateway.uplinkConfig("fixed", 10, UplinkUse.ALWAYS))),
                SimulatedGateway.fixedLine());
        SimulatedConnection connection = alone.connect();
        alone.run(Duration.ofSeconds(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> alone.engine.handle(
                        new EngineEvent.UplinkObserved("cellular", UplinkObservation.ABSENT), alone.nowNanos()));
        alone.engine.handle(
                new EngineEvent.PolicyChanged(policy(UplinkUse.ALWAYS, UplinkUse.STANDBY)), alone.nowNanos());
        alone.engine.handle(
                new EngineEvent.UplinkObserved(
                        "cellular", SimulatedGateway.cellularLine().observation()),
                alone.nowNanos());
        assertTrue(alone.engine.pollDecision().orElseThrow() instanceof Decision.UplinkTransition);
        Decision.CreateSubflow create =
                (Decision.CreateSubflow) alone.engine.pollDecision().orElseThrow();
        assertEquals(connection.token, create.token());
        assertTrue(create.backup());
    }

    @Test
    void changesNothingWhenNothingIsChanged() {
        connected();
        gateway.configure(policy(UplinkUse.ALWAYS, UplinkUse.ON_DEMAND));
        gateway.runUntilQuiet();
        assertEquals("", gateway.story());
    }

    @Test
    void keepsConnectionsTogetherThatShareTheirFateFromNowOn() {
        SimulatedGateway both = SimulatedGateway.withCellular(UplinkUse.ALWAYS);
        SimulatedConnection connection = both.connect();
        both.run(Duration.ofSeconds(1));
        assertTrue(connection.on("cellular").isPresent());
        both.configure(PolicyConfig.of(List.of(inStreet("fixed", 10), inStreet("cellular", 20))));
        both.runUntilQuiet();
        assertTrue(connection.on("cellular").isEmpty());
        assertTrue(connection.usable());
    }

    private static UplinkConfig inStreet(String name, int preference) {
        return new UplinkConfig(
                name,
                SimulatedGateway.uplinkConfig(name, preference, UplinkUse.ALWAYS)
                        .kind(),
                preference,
                UplinkUse.ALWAYS,
                Optional.of("street"),
                LineRate.UNKNOWN);
    }

    @Test
    void aLongerHoldDownHoldsForTheNextReturn() {
        connected();
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(1));
        gateway.configure(policy(UplinkUse.ALWAYS, UplinkUse.ON_DEMAND)
                .withHoldDown(HoldDownConfig.between(Duration.ofSeconds(20), Duration.ofMinutes(5))));
        gateway.carrier("fixed", true);
        gateway.run(Duration.ofSeconds(19));
        assertEquals(UplinkState.HOLD_DOWN, gateway.state("fixed"));
        gateway.run(Duration.ofSeconds(2));
        assertEquals(UplinkState.ONLINE, gateway.state("fixed"));
    }

    @Test
    void aSmallerBudgetOfActivationsHoldsAtOnce() {
        UplinkTracker uplink = new UplinkTracker(cellular(OptionalInt.empty()), 0, false, HoldDownConfig.DEFAULTS, 0);
        assertTrue(uplink.mayWake(0));
        uplink.configure(cellular(OptionalInt.of(1)), 0, false, HoldDownConfig.DEFAULTS, 0);
        uplink.used(0);
        long later = ActivationBudget.SILENCE.toNanos() + 1;
        assertFalse(uplink.mayWake(later));
        // The same number is no new budget.
        uplink.configure(cellular(OptionalInt.of(1)), 0, false, HoldDownConfig.DEFAULTS, later);
        assertFalse(uplink.mayWake(later));
    }

    private static UplinkConfig cellular(OptionalInt activations) {
        return new UplinkConfig(
                "cellular",
                UplinkKind.CELLULAR,
                10,
                UplinkUse.OVERFLOW,
                Optional.empty(),
                LineRate.UNKNOWN,
                activations,
                UplinkReach.INTERNET);
    }
}
