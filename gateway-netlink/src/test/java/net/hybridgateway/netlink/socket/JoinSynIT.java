package net.hybridgateway.netlink.socket;

import static net.hybridgateway.netlink.socket.Connection.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.ffi.Poll;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sees the option of a join answers otherwise than who does not. */
@ExtendWith(NetnsExtension.class)
class JoinSynIT {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long IN_VAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final int LOOPBACK = 1;
    private static final int[] RANDOM = {0x7fff_ffff, 0xdead_beef, 42};

    @ParameterizedTest
    @CsvSource({"MPTCP, 127.0.0.1, RESET", "MPTCP, ::1, RESET", "TCP, 127.0.0.1, SYN_ACK", "TCP, ::1, SYN_ACK"})
    void tellsWhetherTheListenerSeesTheOption(StreamProtocol protocol, String address, JoinSyn.Answer answer) {
        try (StreamSocket listener =
                StreamSocket.open(protocol).bind(at(address, 0)).listen(8)) {
            assertEquals(Optional.of(answer), ask(listener.localAddress()));
        }
    }

    @Test
    void isSentAgainOnDemand() {
        try (StreamSocket listener = StreamSocket.open(StreamProtocol.TCP)
                        .bind(at("127.0.0.1", 0))
                        .listen(8);
                JoinSyn syn =
                        JoinSyn.open(listener.localAddress().getAddress(), LOOPBACK, listener.localAddress(), RANDOM)) {
            assertFalse(new Poll().await(syn.fd(), LibC.POLLIN, IN_VAIN_NANOS), "an answer to nothing");
            for (int i = 0; i < 2; i++) {
                syn.send();
                assertTrue(new Poll().await(syn.fd(), LibC.POLLIN, PATIENCE_NANOS), "no answer");
                assertEquals(Optional.of(JoinSyn.Answer.SYN_ACK), syn.answer());
            }
        }
    }

    @Test
    void hearsNothingOfOtherConnections() {
        try (StreamSocket listener = StreamSocket.open(StreamProtocol.TCP)
                        .bind(at("127.0.0.1", 0))
                        .listen(8);
                JoinSyn syn =
                        JoinSyn.open(listener.localAddress().getAddress(), LOOPBACK, listener.localAddress(), RANDOM);
                StreamSocket other = StreamSocket.open(StreamProtocol.TCP)) {
            other.connect(listener.localAddress());
            assertTrue(other.awaitWritable(PATIENCE_NANOS));
            assertFalse(new Poll().await(syn.fd(), LibC.POLLIN, IN_VAIN_NANOS));
            assertEquals(Optional.empty(), syn.answer());
        }
    }

    private static Optional<JoinSyn.Answer> ask(InetSocketAddress remote) {
        try (JoinSyn syn = JoinSyn.open(remote.getAddress(), LOOPBACK, remote, RANDOM)) {
            syn.send();
            assertTrue(new Poll().await(syn.fd(), LibC.POLLIN, PATIENCE_NANOS), "no answer");
            return syn.answer();
        }
    }
}
