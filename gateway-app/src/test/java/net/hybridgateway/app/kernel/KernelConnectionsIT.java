package net.hybridgateway.app.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntPredicate;
import net.hybridgateway.app.testing.Addresses;
import net.hybridgateway.netlink.diag.SockDiag;
import net.hybridgateway.netlink.socket.MptcpInfo;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import net.hybridgateway.netlink.testing.NetnsExtension;
import net.hybridgateway.scheduler.KernelConnection;
import net.hybridgateway.scheduler.KernelSubflow;
import net.hybridgateway.scheduler.SubflowTuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NetnsExtension.class)
class KernelConnectionsIT {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private SockDiag diag;
    private StreamSocket listener;
    private StreamSocket client;
    private StreamSocket server;

    @BeforeEach
    void open() {
        diag = SockDiag.open();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        listener.close();
        diag.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void listsTheSubflowsOfAConnectionToAConversionPoint(String address) {
        InetSocketAddress point = connect(address);

        List<KernelConnection> found =
                read(remote -> point.equals(remote) ? Peer.CONVERSION_POINT : Peer.STRANGER, token -> false);

        assertEquals(1, found.size(), found::toString);
        KernelConnection connection = found.get(0);
        assertEquals(token(), connection.token());
        assertTrue(connection.initialAddressDenied(), "not known, so the careful answer");
        assertEquals(
                List.of(new KernelSubflow(new SubflowTuple(client.localAddress(), point), 0, 0, false, true)),
                connection.subflows());
    }

    @Test
    void leavesConnectionsOfOtherProgramsOut() {
        connect("127.0.0.1");
        assertEquals(List.of(), read(remote -> Peer.STRANGER, token -> false));
    }

    @Test
    void keepsWhatTheEngineKnowsAlthoughItsConversionPointIsConfiguredNoMore() {
        connect("127.0.0.1");
        int token = token();
        assertEquals(1, read(remote -> Peer.STRANGER, known -> known == token).size());
    }

    private InetSocketAddress connect(String address) {
        listener = StreamSocket.open(StreamProtocol.MPTCP)
                .bind(Addresses.at(address, 0))
                .listen(1);
        client = StreamSocket.open(StreamProtocol.MPTCP);
        client.connect(listener.localAddress());
        assertTrue(listener.awaitReadable(PATIENCE_NANOS));
        server = listener.accept().orElseThrow();
        assertTrue(client.awaitWritable(PATIENCE_NANOS));
        // A byte each way, so that both ends are fully established.
        client.write(ByteBuffer.wrap(new byte[1]));
        assertTrue(server.awaitReadable(PATIENCE_NANOS));
        server.write(ByteBuffer.wrap(new byte[1]));
        assertTrue(client.awaitReadable(PATIENCE_NANOS));
        return client.remoteAddress();
    }

    @Test
    void tellsConnectionsToServersFromThoseToConversionPoints() {
        InetSocketAddress remote = connect("127.0.0.1");

        assertTrue(read(at -> at.equals(remote) ? Peer.SERVER : Peer.STRANGER, token -> false)
                .get(0)
                .toServer());
        assertFalse(read(at -> at.equals(remote) ? Peer.CONVERSION_POINT : Peer.STRANGER, token -> false)
                .get(0)
                .toServer());
    }

    private List<KernelConnection> read(Function<InetSocketAddress, Peer> peers, IntPredicate isKnown) {
        return KernelConnections.read(diag, subflow -> peers.apply(subflow.remote()), isKnown);
    }

    private int token() {
        return MptcpInfo.of(client.fd()).orElseThrow().token();
    }
}
