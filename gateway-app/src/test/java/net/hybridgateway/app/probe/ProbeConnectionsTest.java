package net.hybridgateway.app.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.app.testing.Addresses;
import net.hybridgateway.netlink.mptcp.AddressId;
import net.hybridgateway.netlink.mptcp.ConnectionToken;
import net.hybridgateway.netlink.mptcp.MptcpEvent;
import net.hybridgateway.netlink.mptcp.SubflowPath;
import org.junit.jupiter.api.Test;

class ProbeConnectionsTest {
    private static final InetSocketAddress OURS = Addresses.at("192.0.2.2", 40000);
    private static final InetSocketAddress OTHER = Addresses.at("192.0.2.2", 40001);
    private static final InetSocketAddress POINT = Addresses.at("203.0.113.1", 7000);
    private static final ConnectionToken TOKEN = new ConnectionToken(0xffff_fff0L);
    private static final ConnectionToken OTHER_TOKEN = new ConnectionToken(7);

    private long nowNanos = -5;
    private final ProbeConnections connections = new ProbeConnections(() -> nowNanos);

    @Test
    void takesAllEventsOfItsConnectionsAndHandsThemOn() throws InterruptedException {
        ProbeConnections.Watch watch = connections.watch(OURS);
        MptcpEvent.Established established = established(TOKEN, OURS);
        MptcpEvent.SubflowEstablished joined = new MptcpEvent.SubflowEstablished(
                TOKEN, new MptcpEvent.Subflow(path(OTHER), false, OptionalInt.empty()));

        assertTrue(connections.take(established));
        assertTrue(connections.take(joined));
        assertTrue(connections.take(new MptcpEvent.Closed(TOKEN)));

        assertEquals(Optional.of(established), watch.next(0));
        assertEquals(Optional.of(joined), watch.next(0));
        assertEquals(Optional.of(new MptcpEvent.Closed(TOKEN)), watch.next(0));
        assertEquals(Optional.empty(), watch.next(0));
    }

    @Test
    void leavesAllOthersAlone() {
        connections.watch(OURS);

        assertFalse(connections.take(established(OTHER_TOKEN, OTHER)));
        assertFalse(connections.take(new MptcpEvent.Closed(OTHER_TOKEN)));
        assertFalse(connections.take(new MptcpEvent.ListenerCreated(OURS)));
        assertFalse(connections.take(new MptcpEvent.EventsLost()));
        assertFalse(connections.owns(OTHER));
    }

    @Test
    void remembersAClosedConnectionUntilItsLastEventsAreIn() {
        ProbeConnections.Watch watch = connections.watch(OURS);
        watch.close();

        nowNanos += TimeUnit.SECONDS.toNanos(1);
        assertTrue(connections.owns(OURS));
        assertTrue(connections.take(established(TOKEN, OURS)));

        nowNanos += TimeUnit.SECONDS.toNanos(2);
        assertFalse(connections.owns(OURS));
        assertFalse(connections.take(established(OTHER_TOKEN, OURS)), "its port is somebody else's now");
        assertFalse(connections.take(new MptcpEvent.Closed(TOKEN)));
    }

    @Test
    void keepsAConnectionThatIsOpenForLong() {
        connections.watch(OURS);
        nowNanos += TimeUnit.HOURS.toNanos(1);
        assertTrue(connections.owns(OURS));
    }

    private static MptcpEvent.Established established(ConnectionToken token, InetSocketAddress local) {
        return new MptcpEvent.Established(token, path(local), false, false);
    }

    private static SubflowPath path(InetSocketAddress local) {
        return new SubflowPath(local, AddressId.INITIAL, POINT, AddressId.INITIAL);
    }
}
