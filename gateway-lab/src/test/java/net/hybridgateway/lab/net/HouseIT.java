package net.hybridgateway.lab.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A house of plain lines: who reaches whom, and what a cut does. */
class HouseIT {
    private static final int PORT = 8080;
    private static final int PATIENCE_MILLIS = 30_000;
    /** Nobody answers; and who came before has been seen. */
    private static final int IN_VAIN_MILLIS = 700;

    private static final Duration SOON = Duration.ofSeconds(30);

    private static House house;
    private static ServerSocket webListener;

    @BeforeAll
    static void build() {
        assumeTrue(
                Requirements.missing(false).isEmpty(),
                Requirements.missing(false).orElse(""));
        house = House.build(HousePlan.plain().withLanHosts(2).withConversionPoints(2));
        webListener = house.web().call(() -> new ServerSocket(PORT));
    }

    @AfterAll
    static void remove() throws IOException {
        if (house != null) {
            webListener.close();
            house.close();
        }
    }

    @AfterEach
    void mend() {
        house.fixed().mend();
        house.cellular().mend();
        house.gateway().ip("link set " + Access.FIXED.device() + " up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.80", "2001:db8:80::80"})
    void plainRoutingPrefersTheFixedLine(String address) throws IOException {
        Counters before = house.gateway().counters(Access.CELLULAR.device());
        assertTrue(connects(house.lanHost(0), "", address));
        assertEquals(Access.FIXED, lastVisitor());
        assertEquals(
                0,
                house.gateway().counters(Access.CELLULAR.device()).since(before).bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.80", "2001:db8:80::80"})
    void plainRoutingTakesCellularWhileTheCarrierIsGone(String address) throws IOException {
        house.fixed().cut(Cut.CARRIER);
        awaitRoute(address, Access.CELLULAR);
        assertTrue(connects(house.lanHost(1), "", address));
        assertEquals(Access.CELLULAR, lastVisitor());
        house.fixed().mend();
        awaitRoute(address, Access.FIXED);
        assertTrue(connects(house.lanHost(1), "", address));
        assertEquals(Access.FIXED, lastVisitor());
    }

    @Test
    void carrierCutIsSeenOnTheDeviceAndItsAddressesStay() {
        house.fixed().cut(Cut.CARRIER);
        assertTrue(Pause.until(SOON, () -> !house.gateway().hasCarrier(Access.FIXED.device())));
        assertTrue(house.gateway().run("ip", "addr", "show", "dev", "wan0").contains(Access.FIXED.ipv4()));
        house.fixed().mend();
        assertTrue(Pause.until(SOON, () -> house.gateway().hasCarrier(Access.FIXED.device())));
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "SILENT_UP", "SILENT_DOWN"})
    void silentCutDropsAndLeavesTheCarrier(Cut cut) throws IOException {
        house.fixed().cut(cut);
        assertFalse(connects(house.lanHost(0), "", House.webIpv4(), IN_VAIN_MILLIS));
        assertTrue(house.gateway().hasCarrier(Access.FIXED.device()));
        house.fixed().mend();
        assertTrue(connects(house.lanHost(0), "", House.webIpv4()));
    }

    @ParameterizedTest
    @CsvSource({"SILENT_UP, false, true", "SILENT_DOWN, true, false", "SILENT, false, false"})
    void aCutInOneDirectionLeavesTheOther(Cut cut, boolean up, boolean down) {
        Access cellular = Access.CELLULAR;
        house.cellular().cut(cut);
        Counters routerBefore = house.router().counters(cellular.routerDevice());
        Counters gatewayBefore = house.gateway().counters(cellular.device());
        sendOnePacket(house.gateway(), cellular.routerIpv4());
        sendOnePacket(house.router(), cellular.ipv4());
        assertEquals(up, arrives(house.router(), cellular.routerDevice(), routerBefore, up));
        assertEquals(down, arrives(house.gateway(), cellular.device(), gatewayBefore, down));
    }

    private static boolean arrives(Node node, String device, Counters before, boolean expected) {
        return Pause.until(
                expected ? SOON : Duration.ofMillis(200),
                () -> node.counters(device).since(before).packetsIn() > 0);
    }

    /** The carrier is seen at once, and the route a moment later. */
    private static void awaitRoute(String address, Access access) {
        assertTrue(Pause.until(
                SOON,
                () -> house.gateway().run("ip", "route", "get", address).contains(" dev " + access.device() + " ")));
    }

    @Test
    void theOperatorDropsAndCountsForeignSources() throws IOException {
        // What happens to an old connection when its device goes: its packets leave through the other uplink.
        house.gateway().ip("route add " + House.webIpv4() + " via " + Access.CELLULAR.routerIpv4() + " dev wwan0");
        long before = house.foreignSources(Access.CELLULAR);
        assertFalse(connects(house.gateway(), Access.FIXED.ipv4(), House.webIpv4(), IN_VAIN_MILLIS));
        assertTrue(house.foreignSources(Access.CELLULAR) > before);
        house.gateway().ip("route del " + House.webIpv4());
    }

    @Test
    void everyConversionPointIsReachable() {
        for (int index = 0; index < 2; index++) {
            int point = index;
            for (String address : new String[] {House.conversionPointIpv4(index), House.conversionPointIpv6(index)}) {
                house.conversionPoint(point).call(() -> {
                    try (ServerSocket listener = new ServerSocket(PORT)) {
                        assertTrue(connects(house.lanHost(0), "", address), address);
                        return listener.isBound();
                    }
                });
            }
        }
    }

    @Test
    void aPlainLineHasNoShapeToChange() {
        assertThrows(LabException.class, () -> house.fixed().shape(LineShape.of(1, 1)));
    }

    @Test
    void aFailedCommandSaysWhatItPrinted() {
        LabException failure =
                assertThrows(LabException.class, () -> house.gateway().run("ip", "link", "show", "dev", "nowhere"));
        assertTrue(failure.getMessage().contains("nowhere"), failure.getMessage());
    }

    private static boolean connects(Node from, String source, String address) throws IOException {
        return connects(from, source, address, PATIENCE_MILLIS);
    }

    private static boolean connects(Node from, String source, String address, int patienceMillis) throws IOException {
        try (SocketChannel channel = from.call(SocketChannel::open)) {
            if (!source.isEmpty()) {
                channel.bind(new InetSocketAddress(source, 0));
            }
            channel.socket().connect(new InetSocketAddress(address, PORT), patienceMillis);
            return true;
        } catch (SocketTimeoutException | ConnectException e) {
            return false;
        }
    }

    private static void sendOnePacket(Node from, String address) {
        from.call(() -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.send(new DatagramPacket(new byte[1], 1, new InetSocketAddress(address, PORT)));
                return true;
            }
        });
    }

    private static Access lastVisitor() throws IOException {
        webListener.setSoTimeout(PATIENCE_MILLIS);
        Access visitor = null;
        // Leftovers of other tests wait in front.
        try {
            while (true) {
                try (Socket visit = webListener.accept()) {
                    visitor = House.accessOf(visit.getInetAddress())
                            .orElseThrow(() -> new LabException("an unknown visitor"));
                    webListener.setSoTimeout(IN_VAIN_MILLIS);
                }
            }
        } catch (SocketTimeoutException e) {
            return visitor;
        }
    }
}
