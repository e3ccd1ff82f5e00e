package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An uplink that comes and goes is trusted less each time. */
class FlappingTest {
    private static final int MOST_TRANSITIONS_A_MINUTE = 3 * (4 + 6) + 2;

    private final SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);

    private long transitionsSinceMark() {
        return gateway.decisionsSinceMark().stream()
                .filter(decision -> decision instanceof Decision.UplinkTransition)
                .count();
    }

    private Duration heldDownFor() {
        gateway.carrier("fixed", true);
        return Duration.ofNanos(gateway.engine.snapshot(gateway.nowNanos()).uplinks().stream()
                .filter(view -> view.config().name().equals("fixed"))
                .findFirst()
                .orElseThrow()
                .holdDownLeftNanos());
    }

    @Test
    void holdDownDoublesWithEveryBreakAndIsHalvedByCalm() {
        for (int seconds : List.of(5, 10, 20, 40, 80, 160, 300, 300)) {
            gateway.carrier("fixed", false);
            gateway.run(Duration.ofMinutes(1));
            assertEquals(Duration.ofSeconds(seconds), heldDownFor());
        }
        gateway.run(Duration.ofMinutes(5));
        assertEquals(UplinkState.ONLINE, gateway.state("fixed"));
        gateway.run(Duration.ofMinutes(7));
        gateway.carrier("fixed", false);
        assertEquals(Duration.ofSeconds(10), heldDownFor());
        gateway.run(Duration.ofHours(1));
        gateway.carrier("fixed", false);
        assertEquals(Duration.ofSeconds(5), heldDownFor());
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100, 500, 2_000, 5_000, 6_000, 11_000})
    void transitionsStayBoundedHoweverFastTheLineFlaps(int halfPeriodMillis) {
        SimulatedConnection connection = gateway.connect();
        for (int minute = 0; minute < 5; minute++) {
            gateway.mark();
            for (int millis = 0; millis < 60_000; millis += 2 * halfPeriodMillis) {
                gateway.carrier("fixed", false);
                gateway.run(Duration.ofMillis(halfPeriodMillis));
                gateway.carrier("fixed", true);
                gateway.run(Duration.ofMillis(halfPeriodMillis));
            }
            assertTrue(transitionsSinceMark() <= MOST_TRANSITIONS_A_MINUTE, gateway::story);
            assertTrue(connection.usable());
        }
        gateway.runUntilQuiet();
        assertEquals(UplinkState.ONLINE, gateway.state("fixed"));
        assertTrue(connection.on("cellular").isEmpty());
    }

    @Test
    void carriesOverTheFlappingLineOnceItIsCalmEnoughIfNothingElseWorks() {
        gateway.carrier("cellular", false);
        SimulatedConnection connection = gateway.connect();
        for (int i = 0; i < 50; i++) {
            gateway.carrier("fixed", false);
            gateway.run(Duration.ofMillis(100));
            gateway.carrier("fixed", true);
            gateway.run(Duration.ofMillis(100));
        }
        gateway.run(Duration.ofSeconds(11));
        assertEquals(UplinkState.HOLD_DOWN, gateway.state("fixed"));
        assertTrue(connection.usable());
    }
}
