package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which addresses of the conversion point are joined. */
class ConversionPointTest {
    private static final InetSocketAddress PER_SERVER =
            new InetSocketAddress(SimulatedGateway.address("192.0.2.77"), 7001);
    private static final InetSocketAddress OVER_IPV6 =
            new InetSocketAddress(SimulatedGateway.address("2001:db8::77"), 7000);
    private static final InetAddress CELLULAR_IPV6 = SimulatedGateway.address("2001:db8:1::10");

    private static Optional<SinglePathCause> cause(SimulatedGateway gateway) {
        return gateway.engine.snapshot(gateway.nowNanos()).connections().get(0).singlePath();
    }

    @Test
    void waitsForAnAnnouncedAddressWhenTheInitialOneIsDenied() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ALWAYS);
        gateway.mark();
        SimulatedConnection connection = gateway.connect(SimulatedGateway.POINT, true);
        gateway.run(Duration.ofSeconds(1));
        assertEquals(Optional.of(SinglePathCause.NO_ADDRESS_ANNOUNCED), cause(gateway));

        gateway.deliver(new EngineEvent.AddressAnnounced(connection.token, 3, PER_SERVER));
        gateway.run(Duration.ofSeconds(1));

        assertEquals("1000 create cellular 1 to 192.0.2.77\n", gateway.story());
        assertEquals(PER_SERVER, connection.on("cellular").orElseThrow().tuple.remote());
        assertEquals(Optional.empty(), cause(gateway));
    }

    @Test
    void keepsAnnouncedAddressesPerConnection() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ALWAYS);
        SimulatedConnection told = gateway.connect(SimulatedGateway.POINT, true);
        gateway.deliver(new EngineEvent.AddressAnnounced(told.token, 3, PER_SERVER));
        gateway.mark();
        gateway.connect(SimulatedGateway.POINT, true);
        gateway.run(Duration.ofSeconds(1));
        assertEquals("", gateway.story());
    }

    @Test
    void doesNotJoinTheDeniedAddressEvenIfItIsAnnounced() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ALWAYS);
        SimulatedConnection connection = gateway.connect(SimulatedGateway.POINT, true);
        gateway.mark();
        gateway.deliver(new EngineEvent.AddressAnnounced(connection.token, 1, SimulatedGateway.POINT));
        gateway.run(Duration.ofSeconds(1));
        assertEquals("", gateway.story());
    }

    @Test
    void returnsToTheFixedLineOverTheAnnouncedAddress() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        SimulatedConnection connection = gateway.connect(SimulatedGateway.POINT, true);
        gateway.deliver(new EngineEvent.AddressAnnounced(connection.token, 1, PER_SERVER));
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(10));
        gateway.mark();
        gateway.carrier("fixed", true);
        gateway.runUntilQuiet();
        assertEquals("""
                0 fixed HOLD_DOWN CAME_BACK
                5000 fixed ONLINE STAYED_UP
                5000 create fixed 0 to 192.0.2.77
                15040 remove cellular 1
                """, gateway.story());
    }

    @Test
    void forgetsAWithdrawnAddress() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        SimulatedConnection connection = gateway.connect();
        gateway.deliver(new EngineEvent.AddressAnnounced(connection.token, 1, PER_SERVER));
        gateway.deliver(new EngineEvent.AddressWithdrawn(connection.token, 0));
        gateway.mark();
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofMillis(50));
        assertEquals("""
                0 fixed OFFLINE CARRIER_LOST
                0 create cellular 1 to 192.0.2.77 backup
                """, gateway.story());
    }

    private static SimulatedGateway withIpv6Cellular() {
        return new SimulatedGateway(
                PolicyConfig.of(List.of(
                        SimulatedGateway.uplinkConfig("fixed", 10, UplinkUse.ALWAYS),
                        SimulatedGateway.uplinkConfig("cellular", 20, UplinkUse.ON_DEMAND))),
                SimulatedGateway.fixedLine(),
                new SimulatedUplink("cellular", 3, Duration.ofMillis(50), List.of(CELLULAR_IPV6), true));
    }

    @Test
    void joinsTheAnnouncedIpv6AddressOverAnIpv6OnlyUplink() {
        SimulatedGateway gateway = withIpv6Cellular();
        SimulatedConnection connection = gateway.connect();
        gateway.deliver(new EngineEvent.AddressAnnounced(connection.token, 2, OVER_IPV6));
        gateway.mark();

        gateway.carrier("fixed", false);
        gateway.run(Duration.ofMillis(120));

        assertEquals("""
                0 fixed OFFLINE CARRIER_LOST
                0 create cellular 1 to 2001:db8:0:0:0:0:0:77 backup
                100 remove fixed 0
                100 remove fixed 0
                100 destroy fixed 0
                """, gateway.story());
        assertTrue(connection.usable());
    }

    @Test
    void saysSoWhenNoAddressFitsTheFamilyOfTheUplink() {
        SimulatedGateway gateway = withIpv6Cellular();
        gateway.connect();
        assertEquals(Optional.of(SinglePathCause.NO_FITTING_FAMILY), cause(gateway));
        gateway.carrier("fixed", false);
        gateway.runUntilQuiet();
        gateway.carrier("fixed", true);
        gateway.run(Duration.ofSeconds(1));
        assertTrue(
                gateway.connections.values().iterator().next().usable(), "hold-down is ignored if nothing else works");
    }

    @Test
    void keepsAnOldSubflowThatNothingCanReplace() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        gateway.connect(SimulatedGateway.POINT, true);
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(20));
        gateway.mark();
        gateway.carrier("fixed", true);
        gateway.runUntilQuiet();
        assertEquals("""
                0 fixed HOLD_DOWN CAME_BACK
                5000 fixed ONLINE STAYED_UP
                """, gateway.story());
        assertEquals(
                SubflowState.ESTABLISHED,
                gateway.engine
                        .snapshot(gateway.nowNanos())
                        .connections()
                        .get(0)
                        .subflows()
                        .get(0)
                        .state());
    }

    @Test
    void triesTheNextAddressAfterAFailure() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        SimulatedConnection connection = gateway.connect();
        gateway.deliver(new EngineEvent.AddressAnnounced(connection.token, 1, PER_SERVER));
        gateway.uplink("cellular").peerRefusals = 1;
        gateway.mark();
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofMillis(350));
        assertEquals("""
                0 fixed OFFLINE CARRIER_LOST
                0 create cellular 1 to 192.0.2.1 backup
                300 create cellular 1 to 192.0.2.77 backup
                """, gateway.story());
    }

    @Test
    void asksASecondPointThatNobodyUsesBeforeItCallsTheLineSilent() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        gateway.deliver(
                new EngineEvent.ConversionPointsKnown(List.of(List.of(SimulatedGateway.POINT), List.of(PER_SERVER))));
        gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.uplink("fixed").cutOff.add(SimulatedGateway.POINT);
        gateway.uplink("cellular").cutOff.add(SimulatedGateway.POINT);
        gateway.mark();

        gateway.stall("fixed");
        gateway.run(Duration.ofMillis(500));

        assertTrue(gateway.story().contains("probe fixed 192.0.2.77"), gateway::story);
        assertEquals(UplinkState.ONLINE, gateway.state("fixed"), gateway::story);
        assertTrue(
                gateway.engine.initialPaths().get(0).suspect().contains(SimulatedGateway.POINT),
                "new connections go to the second one over the same line");
    }

    @Test
    void takesANewConnectionToASecondPointForAWitnessOfTheLine() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
        gateway.connect();
        gateway.run(Duration.ofSeconds(1));
        gateway.uplink("fixed").cutOff.add(SimulatedGateway.POINT);
        gateway.uplink("cellular").cutOff.add(SimulatedGateway.POINT);

        gateway.stall("fixed");
        gateway.connect(PER_SERVER, false);
        gateway.run(Duration.ofMillis(500));

        assertEquals(UplinkState.ONLINE, gateway.state("fixed"), gateway::story);
    }

    private static SimulatedGateway withDedicatedCellular() {
        return new SimulatedGateway(
                PolicyConfig.of(List.of(
                        SimulatedGateway.uplinkConfig("fixed", 10, UplinkUse.ALWAYS),
                        new UplinkConfig(
                                "cellular",
                                UplinkKind.CELLULAR,
                                20,
                                UplinkUse.ON_DEMAND,
                                Optional.empty(),
                                LineRate.UNKNOWN,
                                OptionalInt.empty(),
                                UplinkReach.CONVERSION_POINT))),
                SimulatedGateway.fixedLine(),
                SimulatedGateway.cellularLine());
    }

    private static void know(SimulatedGateway gateway, InetSocketAddress... addresses) {
        gateway.deliver(new EngineEvent.ConversionPointsKnown(List.of(List.of(addresses))));
    }

    @Test
    void joinsAKnownAddressOfTheSameHostWhereNothingElseFits() {
        SimulatedGateway gateway = withIpv6Cellular();
        know(gateway, SimulatedGateway.POINT, OVER_IPV6);
        gateway.connect();
        gateway.mark();
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofMillis(50));
        assertEquals("""
                0 fixed OFFLINE CARRIER_LOST
                0 create cellular 1 to 2001:db8:0:0:0:0:0:77 backup
                """, gateway.story());
    }

    @Test
    void joinsNoKnownAddressThatWasNotAnnouncedWhenTheInitialOneIsDenied() {
        SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ALWAYS);
        know(gateway, SimulatedGateway.POINT, PER_SERVER);
        gateway.mark();
        gateway.connect(SimulatedGateway.POINT, true);
        gateway.run(Duration.ofSeconds(1));
        assertEquals("", gateway.story());
        assertEquals(Optional.of(SinglePathCause.NO_ADDRESS_ANNOUNCED), cause(gateway));
    }

    @Test
    void prefersAnnouncedAddressesToKnownOnes() {
        SimulatedGateway gateway = withIpv6Cellular();
        know(gateway, SimulatedGateway.POINT, new InetSocketAddress(SimulatedGateway.address("2001:db8::1"), 7000));
        SimulatedConnection connection = gateway.connect();
        gateway.deliver(new EngineEvent.AddressAnnounced(connection.token, 2, OVER_IPV6));
        gateway.mark();
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofMillis(50));
        assertEquals("""
                0 fixed OFFLINE CARRIER_LOST
                0 create cellular 1 to 2001:db8:0:0:0:0:0:77 backup
                """, gateway.story());
    }

    @Test
    void triesPrivateAddressesFirstOnADedicatedNetworkAndLastElsewhere() {
        InetSocketAddress inside = new InetSocketAddress(SimulatedGateway.address("10.77.0.7"), 7000);
        SimulatedGateway gateway = withDedicatedCellular();
        SimulatedConnection connection = gateway.connect(inside, false);
        gateway.deliver(new EngineEvent.AddressAnnounced(connection.token, 1, PER_SERVER));
        gateway.mark();
        gateway.carrier("fixed", false);
        gateway.run(Duration.ofSeconds(3));
        gateway.carrier("fixed", true);
        gateway.run(Duration.ofMillis(5_050));
        assertEquals("""
                0 fixed OFFLINE CARRIER_LOST
                0 create cellular 1 to 10.77.0.7 backup
                100 remove fixed 0
                100 remove fixed 0
                100 destroy fixed 0
                3000 fixed HOLD_DOWN CAME_BACK
                8000 fixed ONLINE STAYED_UP
                8000 create fixed 0 to 192.0.2.77
                """, gateway.story());
    }

    @Test
    void doesNotTakeTheSilenceOfANetworkThatNeverLedThereForTheConversionPoints() {
        SimulatedGateway gateway = withDedicatedCellular();
        InetSocketAddress inside = new InetSocketAddress(SimulatedGateway.address("10.77.0.7"), 7000);
        gateway.uplink("cellular").cutOff.add(SimulatedGateway.POINT);
        SimulatedConnection connection = gateway.connect();
        gateway.deliver(new EngineEvent.AddressAnnounced(connection.token, 1, inside));
        gateway.run(Duration.ofSeconds(1));
        gateway.mark();
        gateway.uplink("fixed").silent = true;
        gateway.stall("fixed");
        gateway.run(Duration.ofSeconds(5));
        assertTrue(gateway.story().contains("fixed OFFLINE SILENT\n"), gateway::story);
        assertTrue(gateway.story().contains("create cellular 1 to 10.77.0.7 backup\n"), gateway::story);
        assertTrue(!gateway.story().contains("probe cellular 192.0.2.1"), gateway::story);
        assertEquals(UplinkState.OFFLINE, gateway.state("fixed"));
        assertTrue(connection.usable());
    }
}
