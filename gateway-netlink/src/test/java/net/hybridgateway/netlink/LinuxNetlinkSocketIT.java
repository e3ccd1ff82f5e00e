package net.hybridgateway.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.route.RouteEvent;
import net.hybridgateway.netlink.route.RouteMonitor;
import net.hybridgateway.netlink.route.RouteNetlink;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NetnsExtension.class)
@Timeout(60)
class LinuxNetlinkSocketIT {
    private static final int LINK_GROUP = 1;
    private static final int GET_LINK = 18;
    private static final int NEW_LINK_PROPERTY = 108;
    private static final int PROPERTY_LIST = 52;
    private static final int ALTERNATIVE_NAME = 53;

    @Test
    void endsABlockedReceiveWhenAnotherThreadCloses() throws Exception {
        LinuxNetlinkSocket socket = LinuxNetlinkSocket.open(NetlinkProtocol.ROUTE);
        AtomicReference<RuntimeException> end = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        Thread receiver = new Thread(() -> {
            try {
                socket.receive(NetlinkSocket.FOREVER);
            } catch (NetlinkException e) {
                end.set(e);
            }
            ended.countDown();
        });
        receiver.start();
        while (receiver.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        Thread.sleep(50);

        socket.close();

        assertTrue(ended.await(10, TimeUnit.SECONDS), "still blocked");
        assertEquals(NetlinkClosedException.class, end.get().getClass());
        assertThrows(NetlinkClosedException.class, () -> socket.receive(Duration.ZERO));
        assertThrows(NetlinkClosedException.class, () -> socket.send(ByteBuffer.allocate(16)));
        socket.close();
    }

    @Test
    void waitsAsLongAsItWasTold() {
        try (LinuxNetlinkSocket socket = LinuxNetlinkSocket.open(NetlinkProtocol.ROUTE)) {
            long startNanos = System.nanoTime();

            assertEquals(Optional.empty(), socket.receive(Duration.ofMillis(40)));

            assertTrue(System.nanoTime() - startNanos >= 40_000_000);
        }
    }

    @Test
    void saysWhenItCouldNotKeepUp() {
        try (LinuxNetlinkSocket socket =
                        LinuxNetlinkSocket.open(NetlinkProtocol.ROUTE).receiveBufferBytes(4096);
                RouteMonitor monitor = new RouteMonitor(socket);
                RouteNetlink route = RouteNetlink.open()) {
            for (int i = 0; i < 50; i++) {
                route.setUp(1, false);
                route.setUp(1, true);
            }

            boolean lost = false;
            for (Optional<RouteEvent> event = monitor.next(Duration.ZERO);
                    event.isPresent();
                    event = monitor.next(Duration.ZERO)) {
                lost |= event.get() instanceof RouteEvent.EventsLost;
            }
            assertTrue(lost, "100 changes fitted into the smallest buffer");

            route.setUp(1, false);
            assertTrue(monitor.next(Duration.ofSeconds(10)).isPresent(), "the socket is deaf after a loss");
        }
    }

    @Test
    void receivesDatagramsLongerThanItsBuffer() {
        // A dump is cut into pieces that fit, but one message is never cut: here a link with 400 long alternative
        // names.
        try (LinuxNetlinkSocket socket = LinuxNetlinkSocket.open(NetlinkProtocol.ROUTE);
                NetlinkConversation conversation = new NetlinkConversation(socket)) {
            for (int part = 0; part < 4; part++) {
                int first = part * 100;
                AttributeWriter names = new AttributeWriter(linkHeader()).nested(PROPERTY_LIST, list -> {
                    for (int i = first; i < first + 100; i++) {
                        list.string(ALTERNATIVE_NAME, "x".repeat(110) + i);
                    }
                });
                conversation.execute(new NetlinkRequest(
                        "add names",
                        NEW_LINK_PROPERTY,
                        MessageFlags.CREATE | MessageFlags.EXCLUSIVE | MessageFlags.APPEND,
                        names));
            }

            NetlinkMessage link = conversation
                    .query(new NetlinkRequest("get link", GET_LINK, 0, linkHeader()))
                    .orElseThrow();

            assertTrue(link.payload().remaining() > 32 << 10, link.header()::toString);
        }
    }

    @Test
    void leavesGroupsAgain() {
        try (LinuxNetlinkSocket socket = LinuxNetlinkSocket.open(NetlinkProtocol.ROUTE);
                RouteNetlink route = RouteNetlink.open()) {
            socket.joinGroup(LINK_GROUP);
            route.setUp(1, false);
            assertTrue(socket.receive(Duration.ofSeconds(10)).isPresent());

            socket.leaveGroup(LINK_GROUP);
            while (socket.receive(Duration.ZERO).isPresent()) {
                // What was sent before.
            }
            route.setUp(1, true);
            assertEquals(Optional.empty(), socket.receive(Duration.ofMillis(20)));
        }
    }

    @Test
    void tellsTheNameOfAnUnknownGroup() {
        try (LinuxNetlinkSocket socket = LinuxNetlinkSocket.open(NetlinkProtocol.ROUTE)) {
            NetlinkException refused = assertThrows(NetlinkException.class, () -> socket.joinGroup(4000));

            assertTrue(refused.is(Errno.EINVAL));
            assertEquals("join group 4000", refused.operation());
        }
    }

    private static ByteBuffer linkHeader() {
        return ByteBuffer.allocate(16).order(ByteOrder.nativeOrder()).putInt(4, 1);
    }
}
