package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the engine can say of why things are as they are. */
class ExplanationTest {
    private final SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);

    @Test
    void saysOfEachSubflowWhyItIsThere() {
        gateway.connect();
        assertEquals(List.of("fixed ESTABLISHED Optional.empty"), subflows());

        gateway.run(Duration.ofSeconds(1));
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(10));
        assertEquals(Optional.of(Reason.PREFERRED_BROKE), reasonOn("cellular"));

        gateway.carrier("fixed", true);
        gateway.run(Duration.ofSeconds(7));
        assertEquals(Optional.of(Reason.SHARES_LOAD), reasonOn("fixed"));
        gateway.run(Duration.ofMillis(8_045));
        assertEquals(Optional.of(Reason.NO_LONGER_NEEDED), reasonOn("cellular"));
        gateway.runUntilQuiet();
    }

    @Test
    void saysThatAConnectionWasMadeBackupBecauseItStartedOnCellular() {
        gateway.carrier("fixed", false);
        gateway.connect();
        gateway.run(Duration.ofSeconds(1));

        assertEquals(Optional.of(Reason.STARTED_ON_BACKUP), reasonOn("cellular"));
    }

    @Test
    void saysWhatTheRulesAllowAConnection() {
        TrafficRights never = new TrafficRights(TrafficRights.Cellular.NEVER, false);
        SimulatedConnection connection = gateway.connect();
        gateway.deliver(new EngineEvent.ConnectionClassified(connection.token, never));

        assertEquals(
                never,
                gateway.engine.snapshot(gateway.nowNanos()).connections().get(0).rights());
    }

    @Test
    void countsTheBreaksThatMadeTheHoldDownLong() {
        assertEquals(0, holdDown().holdDownNanos());

        breakAndReturn(Duration.ofSeconds(30));
        breakAndReturn(Duration.ofSeconds(30));

        assertEquals(Duration.ofSeconds(10).toNanos(), holdDown().holdDownNanos());
        assertEquals(2, holdDown().breaks());
        assertFalse(holdDown().flapping());
        assertEquals(holdDown().holdDownNanos(), lastTransition().holdDown().holdDownNanos());
    }

    @Test
    void saysThatAnUplinkFlapsUntilItHasBeenCalmForAMinute() {
        for (int i = 0; i < 4; i++) {
            breakAndReturn(Duration.ofSeconds(2));
        }
        gateway.carrier("fixed", false);

        assertEquals(4, lastTransition().holdDown().returns());
        assertTrue(lastTransition().holdDown().flapping());
        assertEquals(Duration.ofSeconds(10).toNanos(), holdDown().settleNanos());

        gateway.run(Duration.ofMinutes(1));
        assertFalse(holdDown().flapping());
    }

    private void breakAndReturn(Duration upFor) {
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(2));
        gateway.carrier("fixed", true);
        gateway.run(upFor);
    }

    private HoldDownReading holdDown() {
        return gateway.engine.snapshot(gateway.nowNanos()).uplinks().get(0).holdDown();
    }

    private Decision.UplinkTransition lastTransition() {
        List<Decision> decisions = gateway.decisionsSinceMark();
        return (Decision.UplinkTransition) decisions.get(decisions.size() - 1);
    }

    private List<EngineSnapshot.SubflowView> views() {
        return gateway.engine.snapshot(gateway.nowNanos()).connections().get(0).subflows();
    }

    private List<String> subflows() {
        return views().stream()
                .map(subflow -> subflow.uplink() + " " + subflow.state() + " " + subflow.reason())
                .toList();
    }

    private Optional<Reason> reasonOn(String uplink) {
        return views().stream()
                .filter(subflow -> subflow.uplink().equals(uplink))
                .reduce((first, second) -> second)
                .orElseThrow()
                .reason();
    }
}
