package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyConfigTest {
    private static final HoldDownConfig HOLD = HoldDownConfig.DEFAULTS;

    static Stream<Arguments> mistakes() {
        UplinkConfig fixed = SimulatedGateway.uplinkConfig("fixed", 10, UplinkUse.ALWAYS);
        return Stream.of(
                mistake("two uplinks are named 'fixed'", () -> PolicyConfig.of(List.of(fixed, fixed))),
                mistake("an uplink needs a name", () -> SimulatedGateway.uplinkConfig(" ", 1, UplinkUse.ALWAYS)),
                mistake(
                        "upBitsPerSecond must be greater than zero: 0",
                        () -> new LineRate(OptionalLong.empty(), OptionalLong.of(0))),
                mistake("hold-down initial must be longer than zero", () -> holdDown(Duration.ZERO, HOLD.max())),
                mistake(
                        "hold-down max must be at least PT5S: PT1S",
                        () -> holdDown(HOLD.initial(), Duration.ofSeconds(1))),
                mistake(
                        "hold-down max must lie between zero and PT8760H: PT9600H",
                        () -> holdDown(HOLD.initial(), Duration.ofDays(400))),
                mistake(
                        "quick returns per minute must be at least 1: 0",
                        () -> new HoldDownConfig(HOLD.initial(), HOLD.max(), HOLD.decay(), 0, HOLD.settle())),
                mistake(
                        "interface index 0, present true",
                        () -> new UplinkObservation(true, true, 0, List.of(), true, true)));
    }

    private static Arguments mistake(String text, Executable making) {
        return Arguments.of(text, making);
    }

    private static HoldDownConfig holdDown(Duration initial, Duration max) {
        return new HoldDownConfig(initial, max, HOLD.decay(), HOLD.quickReturnsPerMinute(), HOLD.settle());
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesTheMistake(String text, Executable making) {
        assertEquals(text, assertThrows(IllegalArgumentException.class, making).getMessage());
    }

    @Test
    void refusesEventsAboutUnknownUplinks() {
        PolicyEngine engine = new PolicyEngine(PolicyConfig.of(List.of()), 0);
        EngineEvent event = new EngineEvent.UplinkObserved("dsl", UplinkObservation.ABSENT);
        assertThrows(IllegalArgumentException.class, () -> engine.handle(event, 0));
    }

    @Test
    void joinsOneUplinkOfACommunityOnly() {
        SimulatedGateway gateway = new SimulatedGateway(
                PolicyConfig.of(List.of(inCommunity("fixed", 10), inCommunity("cellular", 20))),
                SimulatedGateway.fixedLine(),
                SimulatedGateway.cellularLine());
        gateway.connect();
        gateway.mark();
        gateway.run(Duration.ofSeconds(1));
        assertEquals("", gateway.story());
        gateway.carrier("fixed", false);
        assertEquals("1000 fixed OFFLINE CARRIER_LOST\n1000 create cellular 1 to 192.0.2.1\n", gateway.story());
    }

    private static UplinkConfig inCommunity(String name, int preference) {
        return new UplinkConfig(
                name, UplinkKind.FIXED, preference, UplinkUse.ALWAYS, Optional.of("dslam-7"), LineRate.UNKNOWN);
    }
}
