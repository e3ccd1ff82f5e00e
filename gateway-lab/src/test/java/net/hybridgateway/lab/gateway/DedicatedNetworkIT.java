package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.net.Topology;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A public fixed line, and a cellular network of its own that leads to the conversion point and to nobody else. */
class DedicatedNetworkIT {
    private static final String PUBLIC = House.conversionPointIpv4(0);
    private static final String PRIVATE = House.privateIpv4(0);
    private static final String OVER_FIXED = Access.FIXED.ipv4() + " > " + PUBLIC;
    private static final String OVER_CELLULAR = Access.CELLULAR.ipv4() + " > " + PRIVATE;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void thePrivateAddressThatTheConversionPointAnnouncesCarriesTheConnectionsDuringABreak() throws IOException {
        try (House house = house();
                ConversionPoint point = ConversionPoint.start(house, 0, "--announce", PRIVATE);
                Gateway gateway = Gateway.start(house, configuration("on-demand", List.of(PUBLIC)));
                Crossing crossing = Crossing.start(house, House.webIpv4(), 9100)) {
            crossing.awaitSubflows(OVER_FIXED);
            crossing.awaitAnnouncements();
            house.fixed().cut(Cut.CARRIER);
            crossing.awaitSubflows(OVER_CELLULAR);
            crossing.awaitProgress("over the dedicated network");
            house.fixed().mend();
            crossing.awaitSubflows(OVER_FIXED, OVER_CELLULAR);
            crossing.finish();
            assertTrue(point.process().isAlive());
            assertEquals(2, GatewayStatus.of(gateway).totalConnections());
        }
    }

    @Test
    void aConfiguredPrivateAddressIsWhereNewConnectionsBeginDuringABreak() throws IOException {
        try (House house = house();
                ConversionPoint point = ConversionPoint.start(house, 0);
                Gateway gateway = Gateway.start(house, configuration("always", List.of(PUBLIC, PRIVATE)));
                Crossing crossing = Crossing.start(house, House.webIpv4(), 9100)) {
            crossing.awaitSubflows(OVER_FIXED, OVER_CELLULAR);
            house.fixed().cut(Cut.CARRIER);
            crossing.awaitSubflows(OVER_CELLULAR);
            crossing.begin(Transfer.Way.DOWN, House.webIpv4());
            crossing.awaitSubflows(OVER_CELLULAR);
            house.fixed().mend();
            // What began at the private address joins the public one.
            crossing.awaitSubflows(OVER_FIXED, OVER_CELLULAR);
            crossing.finish();
            assertTrue(point.process().isAlive());
            assertEquals(3, GatewayStatus.of(gateway).totalConnections());
        }
    }

    @Test
    void withoutAConversionPointAConnectionFailsAtOnceAndNothingIsTriedOverTheDedicatedNetwork() throws IOException {
        try (House house = house();
                Gateway gateway = Gateway.start(house, configuration("on-demand", List.of(PUBLIC, PRIVATE)));
                Capture capture = Capture.start(house.router(), Access.CELLULAR.routerDevice(), folder)) {
            house.fixed().cut(Cut.CARRIER);
            assertTrue(
                    Pause.until(SOON, () -> GatewayStatus.of(gateway)
                            .uplink("fixed")
                            .getString("state")
                            .equals("offline")),
                    "the break was not noticed");
            // A reset, maybe before we look. A direct attempt over a network that drops it would last for the two
            // minutes
            // of the kernel's SYNs, and reading would time out before.
            SocketException end = assertThrows(SocketException.class, () -> {
                try (Socket socket = Lan.connect(house.lanHost(0), House.webIpv4(), 8080)) {
                    socket.getInputStream().read();
                }
            });
            assertFalse(end instanceof ConnectException, "somebody listens");
            Set<Integer> ports = new TreeSet<>();
            capture.segments().forEach(segment -> ports.add(segment.destinationPort()));
            assertEquals(Set.of(ConversionPoint.PORT), withoutEphemeral(ports), "what was tried");
        }
    }

    /** Answers come to ports that the kernel chose. */
    private static Set<Integer> withoutEphemeral(Set<Integer> ports) {
        Set<Integer> chosen = new TreeSet<>(ports);
        chosen.removeIf(port -> port >= 32_768);
        return chosen;
    }

    private static House house() {
        House house = Lan.build(HousePlan.shaped(LineShape.of(20, 10), LineShape.of(10, 20))
                .withTopology(Topology.dedicatedCellular(Topology.Reach.PRIVATE_ADDRESSES)));
        Crossing.keepBuffersSmall(house);
        return house;
    }

    private static String configuration(String use, List<String> addresses) {
        StringBuilder lines = new StringBuilder();
        addresses.forEach(
                address -> lines.append("list address '").append(address).append("'\n    "));
        return Gateway.configuration(use)
                .replace("option kind 'cellular'", "option kind 'cellular'\n    option reach 'conversion-point'")
                .replace("option address '" + PUBLIC + "'\n    ", lines.toString());
    }
}
