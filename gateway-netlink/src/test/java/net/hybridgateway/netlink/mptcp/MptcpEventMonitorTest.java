package net.hybridgateway.netlink.mptcp;

import static net.hybridgateway.netlink.mptcp.MptcpPathManagerTest.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.MalformedMessageException;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.generic.GenericMessage;
import net.hybridgateway.netlink.testing.FakeNetlinkSocket;
import net.hybridgateway.netlink.testing.GoldenBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MptcpEventMonitorTest {
    private static final ConnectionToken CLIENT = new ConnectionToken(0xef9f3ec9L);
    private static final ConnectionToken SERVER = new ConnectionToken(0x4bfa18e7L);
    private static final AddressId FIVE = new AddressId(5);
    private static final InetSocketAddress LISTENER = new InetSocketAddress(ip("10.1.2.3"), 7000);
    private static final InetSocketAddress INITIAL = new InetSocketAddress(ip("10.1.2.3"), 34400);
    private static final InetSocketAddress JOINED = new InetSocketAddress(ip("10.1.2.4"), 58651);

    private final FakeNetlinkSocket socket = new FakeNetlinkSocket();
    private final MptcpEventMonitor monitor = new MptcpEventMonitor(socket, MptcpPathManagerTest.FAMILY);

    static Stream<Arguments> events() {
        SubflowPath client = new SubflowPath(INITIAL, AddressId.INITIAL, LISTENER, AddressId.INITIAL);
        SubflowPath server = new SubflowPath(LISTENER, AddressId.INITIAL, INITIAL, AddressId.INITIAL);
        SubflowPath joined = new SubflowPath(JOINED, FIVE, LISTENER, AddressId.INITIAL);
        SubflowPath joinedThere = new SubflowPath(LISTENER, AddressId.INITIAL, JOINED, FIVE);
        SubflowPath refused = new SubflowPath(
                new InetSocketAddress(ip("10.1.2.4"), 51621),
                FIVE,
                new InetSocketAddress(ip("10.1.2.3"), 7001),
                AddressId.INITIAL);
        return Stream.of(
                Arguments.of("listener-created", new MptcpEvent.ListenerCreated(LISTENER)),
                Arguments.of("listener-closed", new MptcpEvent.ListenerClosed(LISTENER)),
                Arguments.of("created", new MptcpEvent.Created(CLIENT, client, false, false)),
                Arguments.of("created-server", new MptcpEvent.Created(SERVER, server, true, false)),
                Arguments.of("established", new MptcpEvent.Established(CLIENT, client, false, false)),
                Arguments.of("established-server", new MptcpEvent.Established(SERVER, server, true, false)),
                Arguments.of("announced", new MptcpEvent.Announced(CLIENT, new AddressId(9), ip("10.1.2.4"), 7000)),
                Arguments.of("removed", new MptcpEvent.Removed(SERVER, FIVE)),
                Arguments.of("subflow-established", new MptcpEvent.SubflowEstablished(CLIENT, subflow(joined, false))),
                Arguments.of(
                        "subflow-established-peer-backup",
                        new MptcpEvent.SubflowEstablished(SERVER, subflow(joinedThere, true))),
                Arguments.of("subflow-priority", new MptcpEvent.SubflowPriority(SERVER, subflow(joinedThere, false))),
                Arguments.of("subflow-closed", closed(CLIENT, joined, Optional.empty())),
                Arguments.of("subflow-closed-mapped", closed(SERVER, joinedThere, Optional.empty())),
                Arguments.of("subflow-closed-refused", closed(CLIENT, refused, Optional.of(Errno.ECONNREFUSED))),
                Arguments.of("closed", new MptcpEvent.Closed(SERVER)));
    }

    private static MptcpEvent.Subflow subflow(SubflowPath path, boolean peerBackup) {
        return new MptcpEvent.Subflow(path, peerBackup, OptionalInt.empty());
    }

    private static MptcpEvent closed(ConnectionToken token, SubflowPath path, Optional<Errno> error) {
        return new MptcpEvent.SubflowClosed(
                token, subflow(path, false), error, OptionalInt.empty(), OptionalInt.empty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void readsWhatTheKernelSent(String name, MptcpEvent event) {
        socket.deliver(GoldenBytes.datagram("event-" + name));

        assertEquals(event, monitor.next());
    }

    @Test
    void readsTheFlagsOfAConnection() {
        socket.deliver(event(1, writerWithFlags(3)));

        MptcpEvent.Created created = (MptcpEvent.Created) monitor.next();
        assertTrue(created.initialAddressDenied());
        assertTrue(created.serverSide());
    }

    @Test
    void readsTheReasonOfAReset() {
        socket.deliver(NetlinkMessage.of(
                0x1c,
                0,
                0,
                0,
                GenericMessage.write(11, 1)
                        .u32(1, 42)
                        .address(5, ip("10.0.0.1"))
                        .address(7, ip("10.0.0.2"))
                        .u32(16, 2)
                        .u32(17, 1)
                        .s32(15, 4)
                        .toBuffer()));

        MptcpEvent.SubflowClosed closed = (MptcpEvent.SubflowClosed) monitor.next();
        assertEquals(OptionalInt.of(2), closed.resetReason());
        assertEquals(OptionalInt.of(1), closed.resetFlags());
        assertEquals(OptionalInt.of(4), closed.subflow().linkIndex());
    }

    @Test
    void keepsEventsOfNewerKernels() {
        NetlinkMessage message = event(99, writerWithFlags(0));
        socket.deliver(message);

        assertEquals(new MptcpEvent.Unknown(99, GenericMessage.decode(message)), monitor.next());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 10, 11, 13, 15, 16})
    void refusesAnEventWithoutWhatItIsAbout(int command) {
        socket.deliver(NetlinkMessage.of(
                0x1c, 0, 0, 0, GenericMessage.write(command, 1).toBuffer()));

        MalformedMessageException refused = assertThrows(MalformedMessageException.class, monitor::next);
        assertTrue(refused.getMessage().contains(" without "), refused.getMessage());
    }

    @Test
    void reportsLostEvents() {
        socket.loseEvents();

        assertEquals(new MptcpEvent.EventsLost(), monitor.next());
    }

    @Test
    void joinsItsGroupAlone() {
        assertEquals(Set.of(9), socket.groups());
    }

    @Test
    void leavesOutMessagesOfOtherFamilies() {
        socket.deliver(GoldenBytes.datagram("link-show"));

        assertEquals(Optional.empty(), monitor.next(Duration.ZERO));
    }

    private static AttributeWriter writerWithFlags(int flags) {
        return GenericMessage.write(1, 1)
                .u32(1, 42)
                .u16(13, flags)
                .address(5, ip("10.0.0.1"))
                .address(7, ip("10.0.0.2"));
    }

    private static NetlinkMessage event(int command, AttributeWriter content) {
        ByteBuffer payload = content.toBuffer();
        payload.put(0, (byte) command);
        return NetlinkMessage.of(0x1c, 0, 0, 0, payload);
    }
}
