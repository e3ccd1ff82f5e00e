package net.hybridgateway.netlink.diag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import net.hybridgateway.netlink.socket.MptcpInfo;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import net.hybridgateway.netlink.socket.TcpState;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(NetnsExtension.class)
class SockDiagIT {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private SockDiag diag;
    private final List<StreamSocket> sockets = new ArrayList<>();
    private StreamSocket client;
    private StreamSocket server;

    @BeforeEach
    void addAddresses() {
        diag = SockDiag.open();
        NetnsCommands.run("ip addr add 192.0.2.1/32 dev lo");
        NetnsCommands.run("ip addr add 192.0.2.2/32 dev lo");
    }

    @AfterEach
    void close() {
        sockets.forEach(StreamSocket::close);
        diag.close();
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1", "::1"})
    void findsBothEndsOfAConnection(String address) {
        connect(StreamProtocol.MPTCP, address);
        int token = MptcpInfo.of(client.fd()).orElseThrow().token();
        List<DiagnosedConnection> connections = diag.connections();
        assertEquals(2, connections.size(), connections::toString);
        DiagnosedConnection found = connections.stream()
                .filter(connection -> connection.info().token() == token)
                .findFirst()
                .orElseThrow();
        assertEquals(TcpState.ESTABLISHED, found.state());
        assertEquals(client.localAddress(), found.local());
        assertEquals(client.remoteAddress(), found.remote());
        assertTrue(found.inode() > 0);
        assertEquals(4, found.info().bytesSent());
        assertFalse(found.info().fallback());
        assertEquals(found.local(), diag.connection(token).orElseThrow().local());
        assertEquals(Optional.empty(), diag.connection(token + 1));
    }

    @Test
    void tellsAFallback() {
        connect(StreamProtocol.TCP, "192.0.2.1");
        List<DiagnosedConnection> connections = diag.connections();
        assertEquals(1, connections.size(), connections::toString);
        assertTrue(connections.get(0).info().fallback(), connections::toString);
    }

    @Test
    void tellsTheInitialSubflowAndTheBackup() throws Exception {
        NetnsCommands.run("ip mptcp limits set subflow 2");
        NetnsCommands.run("ip mptcp endpoint add 192.0.2.2 id 2 dev lo subflow backup");
        connect(StreamProtocol.MPTCP, "192.0.2.1");
        int token = MptcpInfo.of(client.fd()).orElseThrow().token();
        List<DiagnosedSubflow> subflows = awaitFullyEstablished(token, 2);

        DiagnosedSubflow initial =
                subflows.stream().filter(DiagnosedSubflow::initial).findFirst().orElseThrow();
        assertEquals(0, initial.localId());
        assertEquals(client.localAddress(), initial.local());
        assertFalse(initial.backupByUs(), initial::toString);
        assertEquals(TcpState.ESTABLISHED, initial.tcp().orElseThrow().state());

        DiagnosedSubflow backup =
                subflows.stream().filter(DiagnosedSubflow::joined).findFirst().orElseThrow();
        assertEquals(2, backup.localId());
        assertEquals(0, backup.remoteId());
        assertTrue(backup.backupByUs(), backup::flagsText);
        assertEquals("192.0.2.2", backup.local().getAddress().getHostAddress());
        assertEquals(client.remoteAddress(), backup.remote());

        int serverToken = MptcpInfo.of(server.fd()).orElseThrow().token();
        assertEquals(serverToken, backup.remoteToken());
        assertEquals(
                Set.of(token, serverToken),
                diag.subflows().stream().map(DiagnosedSubflow::token).collect(Collectors.toSet()));

        DiagnosedSubflow same = diag.subflow(backup.local(), backup.remote(), backup.interfaceIndex())
                .orElseThrow();
        assertEquals(backup.flagsText(), same.flagsText());
        assertEquals(token, same.token());
        InetSocketAddress other = new InetSocketAddress(backup.local().getAddress(), 1);
        assertEquals(Optional.empty(), diag.subflow(other, backup.remote(), 0));
    }

    private List<DiagnosedSubflow> awaitFullyEstablished(int token, int count) throws InterruptedException {
        long startNanos = System.nanoTime();
        List<DiagnosedSubflow> subflows;
        do {
            Thread.sleep(5);
            subflows = diag.subflows().stream()
                    .filter(subflow -> subflow.token() == token && subflow.fullyEstablished())
                    .toList();
        } while (subflows.size() < count && System.nanoTime() - startNanos < PATIENCE_NANOS);
        assertEquals(count, subflows.size(), () -> diag.subflows().toString());
        return subflows;
    }

    /** Connects an MPTCP client with a listener, and lets each send 4 bytes. */
    private void connect(StreamProtocol listening, String address) {
        StreamSocket listener =
                keep(StreamSocket.open(listening)).bind(at(address)).listen(1);
        client = keep(StreamSocket.open(StreamProtocol.MPTCP));
        client.connect(listener.localAddress());
        assertTrue(listener.awaitReadable(PATIENCE_NANOS));
        server = keep(listener.accept().orElseThrow());
        transfer(client, server);
        transfer(server, client);
    }

    private StreamSocket keep(StreamSocket socket) {
        sockets.add(socket);
        return socket;
    }

    private static void transfer(StreamSocket from, StreamSocket to) {
        assertTrue(from.awaitWritable(PATIENCE_NANOS));
        assertEquals(4, from.write(ByteBuffer.allocate(4)));
        assertTrue(to.awaitReadable(PATIENCE_NANOS));
        assertEquals(4, to.read(ByteBuffer.allocate(4)));
    }

    private static InetSocketAddress at(String address) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), 0);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
