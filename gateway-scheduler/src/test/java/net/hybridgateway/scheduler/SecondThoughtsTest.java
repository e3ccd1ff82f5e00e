package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was found out about paths is not for ever: most of these stories were first told by {@link RandomDaysTest}. */
class SecondThoughtsTest {
    private static final InetSocketAddress OVER_IPV6 =
            new InetSocketAddress(SimulatedGateway.address("2001:db8::1"), 7000);

    private static SimulatedGateway house(UplinkConfig... uplinks) {
        List<SimulatedUplink> lines = new ArrayList<>();
        for (int i = 0; i < uplinks.length; i++) {
            lines.add(new SimulatedUplink(
                    uplinks[i].name(),
                    2 + i,
                    Duration.ofMillis(20 + 10L * i),
                    List.of(SimulatedGateway.address("10.64." + i + ".10")),
                    true));
        }
        return new SimulatedGateway(PolicyConfig.of(List.of(uplinks)), lines.toArray(SimulatedUplink[]::new));
    }

    private static UplinkConfig inStreet(String name, int preference, UplinkUse use) {
        UplinkKind kind = name.startsWith("cellular") ? UplinkKind.CELLULAR : UplinkKind.FIXED;
        return new UplinkConfig(name, kind, preference, use, Optional.of("street"), LineRate.UNKNOWN);
    }

    @Test
    void takesALostFamilyForNoSilence() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        gateway.connect();

        gateway.stall("fixed", OVER_IPV6);
        gateway.run(Duration.ofSeconds(5));

        assertEquals(UplinkState.ONLINE, gateway.state("fixed"), "it never had IPv6");
        assertEquals(0, gateway.probes);
    }

    @Test
    void dropsASuspicionWhenTheLineBlinks() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        gateway.connect();
        gateway.uplink("fixed").silent = true;
        gateway.stall("fixed");
        gateway.run(Duration.ofMillis(60));
        gateway.carrier("fixed", false);
        gateway.uplink("fixed").silent = false;
        gateway.carrier("fixed", true);

        gateway.run(Duration.ofMillis(100));

        assertEquals(UplinkState.HOLD_DOWN, gateway.state("fixed"), "it may be another line now");
    }

    @Test
    void givesASilentLineItsChanceWhenItGetsAnotherAddress() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        gateway.connect();
        gateway.uplink("fixed").silent = true;
        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(5));
        assertEquals(UplinkState.OFFLINE, gateway.state("fixed"));

        gateway.change(
                "fixed", gateway.uplink("fixed").withAddresses(List.of(SimulatedGateway.address("198.51.100.11"))));

        assertEquals(UplinkState.HOLD_DOWN, gateway.state("fixed"));
        gateway.uplink("fixed").silent = false;
        gateway.run(Duration.ofMinutes(1));
        assertEquals(UplinkState.ONLINE, gateway.state("fixed"));
    }

    @Test
    void acquitsBothOfTwoUplinksThatOneDeadConversionPointMadeSilent() {
        SimulatedGateway gateway = house(
                SimulatedGateway.uplinkConfig("fixed", 10, UplinkUse.ALWAYS),
                SimulatedGateway.uplinkConfig("other", 20, UplinkUse.ALWAYS));
        gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.uplinks().forEach(line -> line.deadPoints.add(SimulatedGateway.POINT));

        gateway.stall("fixed");
        gateway.stall("other");
        gateway.run(Duration.ofMillis(200));
        assertEquals(UplinkState.OFFLINE, gateway.state("fixed"));
        assertEquals(UplinkState.OFFLINE, gateway.state("other"));

        gateway.run(Duration.ofSeconds(3));
        assertEquals(UplinkState.ONLINE, gateway.state("fixed"));
        assertEquals(UplinkState.ONLINE, gateway.state("other"));
    }

    @Test
    void asksWitnessesInTurnForTheFirstMayBeSilentAsWell() {
        SimulatedGateway gateway = house(
                SimulatedGateway.uplinkConfig("fixed", 10, UplinkUse.ALWAYS),
                SimulatedGateway.uplinkConfig("second", 20, UplinkUse.ON_DEMAND),
                SimulatedGateway.uplinkConfig("third", 30, UplinkUse.ON_DEMAND));
        SimulatedConnection connection = gateway.connect();
        gateway.uplink("fixed").silent = true;
        gateway.uplink("second").silent = true;

        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(10));

        assertEquals(UplinkState.OFFLINE, gateway.state("fixed"));
        assertTrue(connection.on("third").orElseThrow().carries());
    }

    @Test
    void asksASilentBackupOftenAsSoonAsTheLineThatIsOnlineLetsConnectionsDown() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        SimulatedConnection connection = gateway.connect();
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(3));
        gateway.carrier("fixed", true);
        gateway.run(Duration.ofSeconds(1));
        gateway.uplink("cellular").silent = true;
        gateway.stall("cellular");
        gateway.run(Duration.ofMinutes(7));
        assertEquals(UplinkState.ONLINE, gateway.state("fixed"));
        assertEquals(UplinkState.OFFLINE, gateway.state("cellular"));
        int probesWhileNobodyNeedsIt = gateway.probes;

        gateway.uplink("fixed").silent = true;
        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(30));
        assertTrue(gateway.probes - probesWhileNobodyNeedsIt >= 4, "it is needed now");
        gateway.uplink("cellular").silent = false;
        gateway.run(Duration.ofSeconds(20));

        assertTrue(connection.on("cellular").orElseThrow().carries());
    }

    @Test
    void followsUpAStallThatCameWhenThereWasNothingToMoveTo() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        SimulatedConnection connection = gateway.connect();
        gateway.carrier("cellular", false);
        gateway.uplink("fixed").silent = true;
        gateway.stall("fixed");
        gateway.run(Duration.ofMinutes(10));
        assertEquals(0, gateway.probes);

        gateway.carrier("cellular", true);
        gateway.run(Duration.ofSeconds(2));

        assertEquals(UplinkState.OFFLINE, gateway.state("fixed"));
        assertTrue(connection.on("cellular").orElseThrow().carries());
    }

    @Test
    void asksAboutADeadConversionPointOverTheOthersNowAndThen() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        SimulatedConnection connection = gateway.connect();
        gateway.uplink("fixed").silent = true;
        gateway.uplink("cellular").silent = true;
        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(5));
        assertEquals(UplinkState.ONLINE, gateway.state("fixed"), "it looks like the conversion point's silence");

        gateway.uplink("cellular").silent = false;
        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(40));

        assertEquals(UplinkState.OFFLINE, gateway.state("fixed"));
        assertTrue(connection.on("cellular").orElseThrow().carries());
    }

    @Test
    void asksOtherConversionPointsOverALineThatOneOfThemMadeLookSilent() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        gateway.connect();
        gateway.uplink("fixed").silent = true;
        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(1));
        assertEquals(UplinkState.OFFLINE, gateway.state("fixed"));
        InetSocketAddress another = new InetSocketAddress(SimulatedGateway.address("192.0.2.99"), 7000);
        gateway.deliver(
                new EngineEvent.ConversionPointsKnown(List.of(List.of(SimulatedGateway.POINT), List.of(another))));
        gateway.mark();

        gateway.run(Duration.ofSeconds(60));

        assertTrue(
                gateway.decisionsSinceMark().stream()
                        .anyMatch(decision -> decision instanceof Decision.ProbePath probe
                                && probe.uplink().equals("fixed")
                                && probe.conversionPoint().equals(another)),
                "the first one may be dead, too");
    }

    @Test
    void movesToAnUplinkOfTheSameFateIfThereIsNoOther() {
        SimulatedGateway gateway =
                house(inStreet("fixed", 10, UplinkUse.ALWAYS), inStreet("cellular", 20, UplinkUse.ON_DEMAND));
        SimulatedConnection connection = gateway.connect();
        gateway.uplink("fixed").silent = true;

        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(1));

        assertTrue(connection.on("cellular").orElseThrow().carries());
    }

    @Test
    void doesNotLetTwoUplinksRuleEachOtherOut() {
        SimulatedGateway gateway = house(
                SimulatedGateway.uplinkConfig("fixed", 10, UplinkUse.ALWAYS),
                inStreet("cellular", 20, UplinkUse.ON_DEMAND),
                inStreet("cable", 30, UplinkUse.STANDBY));
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofSeconds(1));

        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(1));

        assertTrue(connection.usable());
        assertTrue(connection.on("cellular").isEmpty(), "the cable stands by");
    }

    @Test
    void keepsABrokenSubflowFromComingBackWhereItIsForbidden() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        gateway.carrier("fixed", false);
        SimulatedConnection connection = gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.carrier("cellular", false);
        gateway.deliver(new EngineEvent.UplinkAllowed("cellular", Allowance.EMERGENCY_ONLY));
        gateway.carrier("cellular", true);

        gateway.run(Duration.ofSeconds(1));

        assertTrue(connection.on("cellular").isEmpty());
    }

    @Test
    void takesARefusalForThatOfItsOwnAttempt() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        SimulatedConnection connection = gateway.connect();
        gateway.carrier("fixed", false);
        gateway.mark();

        gateway.deliver(new EngineEvent.SubflowCreateFailed(connection.token, "cellular", 9, "an attempt of before"));
        gateway.run(Duration.ofMillis(300));

        assertEquals(
                List.of(),
                gateway.decisionsSinceMark().stream()
                        .filter(decision -> decision instanceof Decision.CreateSubflow)
                        .toList());
    }
}
