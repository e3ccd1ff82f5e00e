package net.hybridgateway.app.kernel;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.mptcp.AddressId;
import net.hybridgateway.netlink.mptcp.ConnectionToken;
import net.hybridgateway.netlink.mptcp.MptcpEvent;
import net.hybridgateway.netlink.mptcp.SubflowPath;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.SubflowTuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathManagerEventsTest {
    /** With its highest bit set: the engine's tokens are the same 32 bits, in an int. */
    private static final ConnectionToken TOKEN = new ConnectionToken(0xffff_fff0L);

    private static final int ENGINE_TOKEN = -16;
    private static final InetSocketAddress LOCAL = at("192.0.2.2", 40000);
    private static final InetSocketAddress POINT = at("203.0.113.1", 7000);
    private static final InetSocketAddress SERVER = at("203.0.113.80", 443);
    private static final SubflowTuple TUPLE = new SubflowTuple(LOCAL, POINT);
    private static final SubflowPath PATH = new SubflowPath(LOCAL, new AddressId(3), POINT, new AddressId(4));
    private static final MptcpEvent.Subflow SUBFLOW = new MptcpEvent.Subflow(PATH, false, OptionalInt.of(2));

    @ParameterizedTest(name = "server side {0}, to port {1}: ours {2}")
    @CsvSource({"false, 7000, true", "false, 443, false", "true, 7000, false"})
    void takesConnectionsToConversionPointsOnly(boolean serverSide, int port, boolean ours) {
        InetSocketAddress remote = at("203.0.113.1", port);
        SubflowPath path = new SubflowPath(LOCAL, AddressId.INITIAL, remote, AddressId.INITIAL);

        Optional<EngineEvent> translated = translate(new MptcpEvent.Established(TOKEN, path, serverSide, true));

        assertEquals(
                ours
                        ? Optional.of(new EngineEvent.ConnectionEstablished(
                                ENGINE_TOKEN, new SubflowTuple(LOCAL, remote), true))
                        : Optional.empty(),
                translated);
    }

    @Test
    void takesConnectionsToServersThatAreSpokenToWithoutAConversionPoint() {
        SubflowPath path = new SubflowPath(LOCAL, AddressId.INITIAL, SERVER, AddressId.INITIAL);

        assertTranslated(
                new EngineEvent.ConnectionEstablished(ENGINE_TOKEN, new SubflowTuple(LOCAL, SERVER), false, true),
                new MptcpEvent.Established(TOKEN, path, false, false));
    }

    @Test
    void passesOnWhatHappensToConnections() {
        assertTranslated(new EngineEvent.ConnectionClosed(ENGINE_TOKEN), new MptcpEvent.Closed(TOKEN));
        assertTranslated(
                new EngineEvent.AddressAnnounced(ENGINE_TOKEN, 4, at("2001:db8::1", 7001)),
                new MptcpEvent.Announced(TOKEN, new AddressId(4), ip("2001:db8::1"), 7001));
        assertTranslated(
                new EngineEvent.AddressWithdrawn(ENGINE_TOKEN, 4), new MptcpEvent.Removed(TOKEN, new AddressId(4)));
        assertTranslated(
                new EngineEvent.SubflowEstablished(ENGINE_TOKEN, TUPLE, 3, 4),
                new MptcpEvent.SubflowEstablished(TOKEN, SUBFLOW));
    }

    @Test
    void passesOnWhyASubflowEnded() {
        assertTranslated(
                new EngineEvent.SubflowClosed(ENGINE_TOKEN, TUPLE, 3, OptionalInt.of(110)),
                new MptcpEvent.SubflowClosed(
                        TOKEN, SUBFLOW, Optional.of(Errno.ETIMEDOUT), OptionalInt.of(3), OptionalInt.of(1)));
        assertTranslated(
                new EngineEvent.SubflowClosed(ENGINE_TOKEN, TUPLE, 3, OptionalInt.empty()),
                new MptcpEvent.SubflowClosed(
                        TOKEN, SUBFLOW, Optional.empty(), OptionalInt.empty(), OptionalInt.empty()));
    }

    @Test
    void ignoresWhatTheEngineHasNoUseFor() {
        assertEquals(Optional.empty(), translate(new MptcpEvent.Created(TOKEN, PATH, false, false)));
        assertEquals(Optional.empty(), translate(new MptcpEvent.SubflowPriority(TOKEN, SUBFLOW)));
        assertEquals(Optional.empty(), translate(new MptcpEvent.ListenerCreated(POINT)));
        assertEquals(Optional.empty(), translate(new MptcpEvent.ListenerClosed(POINT)));
    }

    private static Peer peerAt(InetSocketAddress address) {
        return POINT.equals(address) ? Peer.CONVERSION_POINT : SERVER.equals(address) ? Peer.SERVER : Peer.STRANGER;
    }

    private static void assertTranslated(EngineEvent expected, MptcpEvent event) {
        assertEquals(Optional.of(expected), translate(event));
    }

    private static Optional<EngineEvent> translate(MptcpEvent event) {
        return PathManagerEvents.translate(event, PathManagerEventsTest::peerAt);
    }
}
