package net.hybridgateway.netlink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.testing.FakeNetlinkSocket;
import net.hybridgateway.netlink.testing.GoldenBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteMonitorTest {
    private final FakeNetlinkSocket socket = new FakeNetlinkSocket();
    private final RouteMonitor monitor = new RouteMonitor(socket);

    @Test
    void joinsTheGroupsOfBothFamilies() {
        assertEquals(Set.of(1, 5, 7, 8, 9, 11, 19), socket.groups());
    }

    @ParameterizedTest
    @CsvSource({
        "link-show, 16, LinkChanged",
        "link-show, 17, LinkRemoved",
        "address-show-ipv6, 20, AddressChanged",
        "address-show-ipv6, 21, AddressRemoved",
        "route-show-ipv6, 24, RouteChanged",
        "route-show-ipv6, 25, RouteRemoved",
        "rule-show-ipv6, 32, RuleChanged",
        "rule-show-ipv6, 33, RuleRemoved"
    })
    void tellsWhatHappened(String capture, int type, String event) {
        socket.deliver(
                NetlinkMessage.of(type, 0, 0, 0, GoldenBytes.message(capture).payload()));

        assertEquals(event, monitor.next().getClass().getSimpleName());
    }

    @Test
    void leavesOutMessagesAboutBridgePorts() {
        NetlinkMessage link = GoldenBytes.message("link-show");
        byte[] payload = new byte[link.payload().remaining()];
        link.payload().get(payload);
        payload[0] = 7; // AF_BRIDGE
        socket.deliver(NetlinkMessage.of(17, 0, 0, 0, ByteBuffer.wrap(payload)));

        assertEquals(Optional.empty(), monitor.next(Duration.ZERO));
    }

    @Test
    void reportsLostEvents() {
        socket.loseEvents();

        assertEquals(new RouteEvent.EventsLost(), monitor.next());
    }

    @Test
    void closesItsSocket() {
        monitor.close();

        assertTrue(socket.isClosed());
    }
}
