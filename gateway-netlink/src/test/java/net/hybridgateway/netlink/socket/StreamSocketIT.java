package net.hybridgateway.netlink.socket;

import static net.hybridgateway.netlink.socket.Connection.PATIENCE_NANOS;
import static net.hybridgateway.netlink.socket.Connection.at;
import static net.hybridgateway.netlink.socket.Connection.expect;
import static net.hybridgateway.netlink.socket.Connection.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Optional;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(NetnsExtension.class)
class StreamSocketIT {
    @ParameterizedTest
    @CsvSource({"TCP, 127.0.0.1", "TCP, ::1", "MPTCP, 127.0.0.1", "MPTCP, ::1"})
    void carriesBytesBothWaysUntilEachEnd(StreamProtocol protocol, String address) {
        try (Connection connection = Connection.open(protocol, protocol, address)) {
            connection.exchange();
            StreamSocket client = connection.client();
            StreamSocket server = connection.server();
            assertEquals(protocol == StreamProtocol.MPTCP, SocketQuery.isMptcp(client.fd()));
            assertEquals(protocol == StreamProtocol.MPTCP, SocketQuery.isMptcp(server.fd()));
            assertEquals(client.remoteAddress(), server.localAddress());
            assertEquals(client.localAddress(), SocketQuery.remoteAddress(server.fd()));
            assertEquals(0, client.read(ByteBuffer.allocate(1)));
            client.shutdownOutput();
            assertTrue(server.awaitReadable(PATIENCE_NANOS));
            assertEquals(-1, server.read(ByteBuffer.allocate(1)));
            send(server, "still open");
            expect(client, "still open");
        }
    }

    @ParameterizedTest
    @EnumSource(SocketOption.class)
    void mptcpSocketsHaveEveryOption(SocketOption option) {
        NetnsCommands.sysctl("net.ipv4.tcp_fastopen", 3);
        try (StreamSocket socket = StreamSocket.open(StreamProtocol.MPTCP)) {
            socket.set(option, 1);
            // Buffers have a smallest size, and TCP_FASTOPEN is read as the length of the queue.
            assertTrue(option.of(socket.fd()) >= 1, option::name);
        }
    }

    @Test
    void namesTheOptionThatFails() {
        try (StreamSocket socket = StreamSocket.open(StreamProtocol.MPTCP)) {
            int fd = socket.fd();
            ErrnoException device = assertThrows(ErrnoException.class, () -> socket.bindToDevice("wan0"));
            assertEquals(
                    "setsockopt SO_BINDTODEVICE=wan0 on fd " + fd + ": ENODEV (no such device)", device.getMessage());
            ErrnoException idle = assertThrows(ErrnoException.class, () -> socket.set(SocketOption.TCP_KEEPIDLE, -1));
            assertEquals("setsockopt TCP_KEEPIDLE=-1 on fd " + fd + ": EINVAL (invalid argument)", idle.getMessage());
            ErrnoException congestion = assertThrows(ErrnoException.class, () -> socket.congestionControl("nosuchcc"));
            assertEquals(Errno.ENOENT, congestion.errno());
        }
        ErrnoException closed = assertThrows(ErrnoException.class, () -> SocketOption.TCP_NODELAY.of(-1));
        assertEquals("getsockopt TCP_NODELAY of fd -1: EBADF (bad file descriptor)", closed.getMessage());
    }

    @Test
    void refusesWhatIsNoDeviceName() {
        try (StreamSocket socket = StreamSocket.open(StreamProtocol.TCP)) {
            assertThrows(IllegalArgumentException.class, () -> socket.bindToDevice(""));
            assertThrows(IllegalArgumentException.class, () -> socket.bindToDevice("a-name-of-16-byte"));
        }
    }

    @Test
    void bindsToDeviceAddressAndPort() {
        try (StreamSocket socket = StreamSocket.open(StreamProtocol.MPTCP)) {
            socket.bindToDevice("lo").set(SocketOption.SO_BINDTOIFINDEX, 1).bind(at("127.0.0.1", 4711));
            assertEquals(at("127.0.0.1", 4711), socket.localAddress());
        }
    }

    @Test
    void namesTheAddressThatCanNotBeBound() {
        try (StreamSocket socket = StreamSocket.open(StreamProtocol.TCP)) {
            ErrnoException elsewhere = assertThrows(ErrnoException.class, () -> socket.bind(at("192.0.2.1", 80)));
            assertEquals(
                    "bind fd " + socket.fd() + " to 192.0.2.1:80: EADDRNOTAVAIL (address not available on this host)",
                    elsewhere.getMessage());
        }
    }

    @Test
    void tellsWhyAConnectionFailed() {
        try (StreamSocket socket = StreamSocket.open(StreamProtocol.MPTCP)) {
            try {
                socket.connect(at("127.0.0.1", 9));
                assertTrue(socket.awaitWritable(PATIENCE_NANOS));
                assertEquals(Optional.of(Errno.ECONNREFUSED), SocketQuery.error(socket.fd()));
            } catch (ErrnoException e) { // on this host the answer may be there before connect returns
                assertEquals(Errno.ECONNREFUSED, e.errno());
            }
        }
    }

    @Test
    void aResetTellsThePeerAtOnce() {
        try (Connection connection = Connection.open(StreamProtocol.MPTCP, StreamProtocol.MPTCP, "::1")) {
            connection.exchange();
            connection.client().resetOnClose().close();
            assertTrue(connection.server().awaitReadable(PATIENCE_NANOS));
            ErrnoException reset =
                    assertThrows(ErrnoException.class, () -> connection.server().read(ByteBuffer.allocate(1)));
            assertEquals(Errno.ECONNRESET, reset.errno());
        }
    }

    @Test
    void aTransparentListenerSeesTheOriginalDestination() {
        NetnsCommands.run("ip route add local 198.51.100.0/24 dev lo");
        try (StreamSocket listener = StreamSocket.open(StreamProtocol.TCP);
                StreamSocket client = StreamSocket.open(StreamProtocol.TCP)) {
            listener.transparent().bind(at("198.51.100.7", 80)).listen(1);
            client.connect(at("198.51.100.7", 80));
            try (Connection connection = Connection.established(listener, client)) {
                assertEquals(
                        at("198.51.100.7", 80),
                        SocketQuery.originalDestination(connection.server().fd()));
            }
        }
    }

    @Test
    void aReleasedDescriptorStaysOpen() {
        StreamSocket socket = StreamSocket.open(StreamProtocol.TCP);
        int fd = socket.release();
        socket.close();
        assertFalse(SocketQuery.isMptcp(fd));
        assertThrows(IllegalStateException.class, socket::fd);
        LibC.close(fd);
    }
}
