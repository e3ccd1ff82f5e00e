package net.hybridgateway.netlink.socket;

import static net.hybridgateway.netlink.socket.Connection.at;
import static net.hybridgateway.netlink.socket.Connection.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data in the SYN of an MPTCP connection: what RFC 8803 rests on. */
@ExtendWith(NetnsExtension.class)
class FastOpenIT {
    private static final String QUESTION = "GET / HTTP/1.0\r\n\r\n";
    private static final byte[] BYTES = QUESTION.getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "::1"})
    void sendsDataInTheSynAndStaysMptcp(String address) {
        NetnsCommands.sysctl("net.ipv4.tcp_fastopen", 1 | 2 | 4);
        try (StreamSocket listener = listener(StreamProtocol.MPTCP, address).acceptSynData(8);
                StreamSocket client = StreamSocket.open(StreamProtocol.MPTCP)) {
            listener.listen(8);
            assertEquals(BYTES.length, client.connectWithData(listener.localAddress(), BYTES));
            try (Connection connection = Connection.established(listener, client)) {
                expect(connection.server(), QUESTION);
                connection.exchange();
                assertTrue(TcpInfo.of(client.fd()).synDataAcknowledged());
                assertTrue(TcpInfo.of(connection.server().fd()).synDataAcknowledged());
                assertEquals(0, TcpInfo.of(client.fd()).fastOpenFailure());
                assertTrue(SocketQuery.isMptcp(client.fd()));
                assertTrue(MptcpInfo.of(client.fd()).isPresent());
            }
        }
    }

    @Test
    void takesOnlyWhatFitsIntoTheSyn() {
        NetnsCommands.sysctl("net.ipv4.tcp_fastopen", 1 | 2 | 4);
        NetnsCommands.run("ip link set lo mtu 1500");
        try (StreamSocket listener = listener(StreamProtocol.MPTCP, "::1").acceptSynData(8);
                StreamSocket client = StreamSocket.open(StreamProtocol.MPTCP)) {
            listener.listen(8);
            int taken = client.connectWithData(listener.localAddress(), new byte[4000]);
            assertTrue(taken > 1000 && taken < 1460, () -> taken + " bytes taken");
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "::1"})
    void theFallbackIsSeenWhereTheListenerIsPlainTcp(String address) {
        try (Connection connection = Connection.open(StreamProtocol.MPTCP, StreamProtocol.TCP, address)) {
            connection.exchange();
            int fd = connection.client().fd();
            assertFalse(SocketQuery.isMptcp(fd));
            assertEquals(Optional.empty(), MptcpInfo.of(fd));
            assertEquals(List.of(), Subflow.of(fd));
            assertEquals(List.of(), Subflow.withoutFullInfo(fd));
            assertEquals(TcpState.ESTABLISHED, TcpInfo.of(fd).state());
        }
    }

    @Test
    void aListenerThatIgnoresSynDataCostsMptcp() {
        NetnsCommands.sysctl("net.ipv4.tcp_fastopen", 1 | 4);
        try (StreamSocket listener = listener(StreamProtocol.MPTCP, "127.0.0.1");
                StreamSocket client = StreamSocket.open(StreamProtocol.MPTCP)) {
            listener.listen(8);
            assertEquals(BYTES.length, client.connectWithData(listener.localAddress(), BYTES));
            try (Connection connection = Connection.established(listener, client)) {
                expect(connection.server(), QUESTION);
                connection.exchange();
                assertFalse(TcpInfo.of(client.fd()).synDataAcknowledged());
                assertFalse(SocketQuery.isMptcp(client.fd()));
            }
        }
    }

    @Test
    void takesNoDataWhileTheKernelWantsACookie() {
        NetnsCommands.sysctl("net.ipv4.tcp_fastopen", 1 | 2);
        try (StreamSocket listener = listener(StreamProtocol.MPTCP, "127.0.0.1").set(SocketOption.TCP_FASTOPEN, 8);
                StreamSocket client = StreamSocket.open(StreamProtocol.MPTCP)) {
            listener.listen(8);
            client.connectWithData(listener.localAddress(), BYTES);
            try (Connection connection = Connection.established(listener, client)) {
                assertFalse(TcpInfo.of(client.fd()).synDataAcknowledged());
                assertTrue(SocketQuery.isMptcp(client.fd()));
                assertEquals(connection.client(), client);
            }
        }
    }

    @Test
    void namesTheOptionWhereTheSysctlForbidsIt() {
        NetnsCommands.sysctl("net.ipv4.tcp_fastopen", 0);
        try (StreamSocket client = StreamSocket.open(StreamProtocol.MPTCP)) {
            ErrnoException refused =
                    assertThrows(ErrnoException.class, () -> client.connectWithData(at("127.0.0.1", 9), BYTES));
            assertEquals(Errno.EOPNOTSUPP, refused.errno());
            assertTrue(refused.getMessage().contains("TCP_FASTOPEN_CONNECT"), refused.getMessage());
        }
    }

    private static StreamSocket listener(StreamProtocol protocol, String address) {
        return StreamSocket.open(protocol).bind(at(address, 0));
    }
}
