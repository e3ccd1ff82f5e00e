package net.hybridgateway.netlink.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NetnsExtension.class)
class MptcpInfoIT {
    @Test
    void countsWhatWasSentAndReceived() throws Exception {
        try (Connection connection = Connection.open(StreamProtocol.MPTCP, StreamProtocol.MPTCP, "127.0.0.1")) {
            connection.exchange();
            Connection.send(connection.client(), "x".repeat(10_000));
            Connection.expect(connection.server(), "x".repeat(10_000));

            MptcpInfo client = MptcpInfo.of(connection.client().fd()).orElseThrow();
            MptcpInfo server = MptcpInfo.of(connection.server().fd()).orElseThrow();
            assertNotEquals(0, client.token());
            assertNotEquals(client.token(), server.token());
            assertEquals(10_004, client.bytesSent());
            assertEquals(4, client.bytesReceived());
            assertEquals(10_004, server.bytesReceived());
            assertEquals(1, client.totalSubflows());
            assertEquals(0, client.extraSubflows());
            assertEquals(server.unacknowledgedSequence(), client.receiveSequence());
            assertTrue(client.remoteKeyReceived());
            assertTrue(client.lastDataSentMillis() < 10_000, client::toString);
            assertTrue(client.bytesInFlight() >= 0, client::toString);

            TcpInfo tcp = awaitAcknowledgment(connection.client().fd());
            assertEquals(TcpState.ESTABLISHED, tcp.state());
            assertTrue(tcp.bytesSent() >= 10_004, tcp::toString);
            assertTrue(tcp.rttMicros() > 0 && tcp.rttMicros() < TimeUnit.SECONDS.toMicros(10), tcp::toString);
            assertTrue(tcp.minRttMicros() <= tcp.rttMicros() + 1_000_000, tcp::toString);
            assertTrue(tcp.sendMss() > 500 && tcp.congestionWindowSegments() > 0, tcp::toString);
            assertTrue(tcp.segmentsSent() >= 3 && tcp.deliveryBytesPerSecond() > 0, tcp::toString);
            assertTrue(tcp.sendWindowBytes() > 10_000, tcp::toString);
            assertEquals(0, tcp.retransmitTimeouts());
        }
    }

    @Test
    void listsEverySubflowWithItsEnds() throws Exception {
        NetnsCommands.run("ip addr add 192.0.2.1/32 dev lo");
        NetnsCommands.run("ip addr add 192.0.2.2/32 dev lo");
        NetnsCommands.run("ip mptcp limits set subflow 2");
        NetnsCommands.run("ip mptcp endpoint add 192.0.2.2 subflow");
        try (Connection connection = Connection.open(StreamProtocol.MPTCP, StreamProtocol.MPTCP, "192.0.2.1")) {
            connection.exchange();
            int fd = connection.client().fd();
            InetSocketAddress remote = connection.client().remoteAddress();
            List<Subflow> subflows = awaitSubflows(fd, 2);
            assertEquals(
                    Set.of("192.0.2.1", "192.0.2.2"),
                    subflows.stream()
                            .map(subflow ->
                                    subflow.addresses().local().getAddress().getHostAddress())
                            .collect(Collectors.toSet()));
            for (Subflow subflow : subflows) {
                assertEquals(remote, subflow.addresses().remote());
                assertEquals(TcpState.ESTABLISHED, subflow.tcp().state());
            }
            assertEquals(
                    subflows.stream().map(Subflow::addresses).toList(),
                    Subflow.withoutFullInfo(fd).stream().map(Subflow::addresses).toList());
            if (MptcpSupport.probe().has(MptcpSupport.Capability.MPTCP_FULL_INFO)) {
                assertTrue(subflows.stream().noneMatch(subflow -> subflow.id() == Subflow.NO_ID), subflows::toString);
                assertNotEquals(subflows.get(0).id(), subflows.get(1).id());
            }
            assertEquals(2, TcpInfo.subflowsOf(fd).size());
            assertEquals(1, MptcpInfo.of(fd).orElseThrow().extraSubflows());
        }
    }

    @Test
    void makesRoomForManySubflows() throws Exception {
        // The path manager allows 8 endpoints; with the initial one that is more than there is room for at first.
        NetnsCommands.run("ip addr add 192.0.2.1/32 dev lo");
        NetnsCommands.run("ip mptcp limits set subflow 8");
        for (int i = 2; i <= 9; i++) {
            NetnsCommands.run("ip addr add 192.0.2." + i + "/32 dev lo");
            NetnsCommands.run("ip mptcp endpoint add 192.0.2." + i + " subflow");
        }
        try (Connection connection = Connection.open(StreamProtocol.MPTCP, StreamProtocol.MPTCP, "192.0.2.1")) {
            connection.exchange();
            int fd = connection.client().fd();
            assertEquals(9, awaitSubflows(fd, 9).size());
            assertEquals(9, Subflow.withoutFullInfo(fd).size());
        }
    }

    @Test
    void aTcpSocketIsNoError() {
        try (StreamSocket socket = StreamSocket.open(StreamProtocol.TCP)) {
            assertFalse(SocketQuery.isMptcp(socket.fd()));
            assertTrue(MptcpInfo.of(socket.fd()).isEmpty());
            assertEquals(List.of(), Subflow.of(socket.fd()));
            assertEquals(TcpState.CLOSED, TcpInfo.of(socket.fd()).state());
        }
    }

    @Test
    void namesTheQueryThatFails() {
        ErrnoException tcp = assertThrows(ErrnoException.class, () -> TcpInfo.of(-1));
        assertEquals("getsockopt TCP_INFO of fd -1: EBADF (bad file descriptor)", tcp.getMessage());
        assertEquals(
                Errno.EBADF,
                assertThrows(ErrnoException.class, () -> MptcpInfo.of(-1)).errno());
        assertEquals(
                Errno.EBADF,
                assertThrows(ErrnoException.class, () -> Subflow.of(-1)).errno());
    }

    /** What was read was not necessarily acknowledged. */
    private static TcpInfo awaitAcknowledgment(int fd) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + Connection.PATIENCE_NANOS;
        TcpInfo tcp = TcpInfo.of(fd);
        while (System.nanoTime() < deadlineNanos && tcp.unackedSegments() > 0) {
            Thread.sleep(5);
            tcp = TcpInfo.of(fd);
        }
        return tcp;
    }

    private static List<Subflow> awaitSubflows(int fd, int count) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + Connection.PATIENCE_NANOS;
        List<Subflow> subflows = Subflow.of(fd);
        while (System.nanoTime() < deadlineNanos && !established(subflows, count)) {
            Thread.sleep(5);
            subflows = Subflow.of(fd);
        }
        assertEquals(count, subflows.size(), subflows::toString);
        return subflows;
    }

    private static boolean established(List<Subflow> subflows, int count) {
        return subflows.size() == count
                && subflows.stream().allMatch(subflow -> subflow.tcp().state() == TcpState.ESTABLISHED);
    }
}
