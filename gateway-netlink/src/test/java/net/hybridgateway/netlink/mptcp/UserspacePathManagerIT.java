package net.hybridgateway.netlink.mptcp;

import static net.hybridgateway.netlink.mptcp.MptcpPathManagerTest.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.route.IpPrefix;
import net.hybridgateway.netlink.route.Route;
import net.hybridgateway.netlink.route.RouteNetlink;
import net.hybridgateway.netlink.socket.MptcpInfo;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The user-space path manager: both ends of a real connection in one namespace, so the events of both come in. */
@ExtendWith(NetnsExtension.class)
@Timeout(60)
class UserspacePathManagerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PATIENCE_NANOS = PATIENCE.toNanos();
    private static final AddressId CELLULAR = new AddressId(2);

    private final List<MptcpEvent> seen = new ArrayList<>();
    private final List<MptcpEvent> used = new ArrayList<>();
    private MptcpPathManager mptcp;
    private MptcpEventMonitor monitor;
    private StreamSocket listener;
    private StreamSocket client;
    private StreamSocket server;
    private InetSocketAddress remote;
    private ConnectionToken token;
    private ConnectionToken peer;

    @BeforeEach
    void connect() {
        if (NetnsCommands.hasSysctl("net.mptcp.path_manager")) {
            NetnsCommands.sysctl("net.mptcp.path_manager", "userspace");
        } else {
            Assumptions.assumeTrue(
                    NetnsCommands.hasSysctl("net.mptcp.pm_type"), "this kernel has no user-space path manager");
            NetnsCommands.sysctl("net.mptcp.pm_type", 1);
        }
        NetnsCommands.run("ip addr add 192.0.2.1/32 dev lo");
        NetnsCommands.run("ip addr add 192.0.2.2/32 dev lo");
        NetnsCommands.run("ip addr add 2001:db8::2/128 dev lo nodad");
        mptcp = MptcpPathManager.open();
        monitor = MptcpEventMonitor.open();
        listener = StreamSocket.open(StreamProtocol.MPTCP)
                .bind(new InetSocketAddress(ip("::"), 0))
                .listen(8);
        remote = new InetSocketAddress(ip("192.0.2.1"), listener.localAddress().getPort());
        client = StreamSocket.open(StreamProtocol.MPTCP);
        client.connect(remote);
        assertTrue(listener.awaitReadable(PATIENCE_NANOS));
        server = listener.accept().orElseThrow();
        assertTrue(client.awaitWritable(PATIENCE_NANOS));
        token = ConnectionToken.ofBits(MptcpInfo.of(client.fd()).orElseThrow().token());
        peer = ConnectionToken.ofBits(MptcpInfo.of(server.fd()).orElseThrow().token());
    }

    @AfterEach
    void close() {
        for (AutoCloseable open : new AutoCloseable[] {client, server, listener, monitor, mptcp}) {
            if (open != null) {
                closeQuietly(open);
            }
        }
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void reportsTheBeginningAndTheEndOfAConnection() {
        establish();

        MptcpEvent.Created created = (MptcpEvent.Created) seen.stream()
                .filter(event -> isCreated(event, token))
                .findFirst()
                .orElseThrow();
        assertFalse(created.serverSide());
        assertFalse(created.initialAddressDenied());
        assertEquals(remote, created.path().remote());
        assertEquals(AddressId.INITIAL, created.path().localId());
        MptcpEvent.Created there = (MptcpEvent.Created) seen.stream()
                .filter(event -> isCreated(event, peer))
                .findFirst()
                .orElseThrow();
        assertTrue(there.serverSide());
        assertEquals(created.path().local(), there.path().remote());

        client.close();
        server.close();
        expect(event -> event.equals(new MptcpEvent.Closed(token)));
    }

    @Test
    void reportsListeners() {
        MptcpEvent.ListenerCreated created =
                (MptcpEvent.ListenerCreated) expect(event -> event instanceof MptcpEvent.ListenerCreated);
        assertEquals(remote.getPort(), created.address().getPort());

        listener.close();
        expect(event -> event.equals(new MptcpEvent.ListenerClosed(created.address())));
    }

    @Test
    void createsASubflowAsBackupAndMakesItRegular() {
        establish();
        Endpoint local = Endpoint.at(ip("192.0.2.2")).id(CELLULAR).flags(EndpointFlags.BACKUP);

        mptcp.createSubflow(token, local, remote);

        MptcpEvent.Subflow there = expectEstablished(peer);
        assertTrue(there.peerBackup());
        assertEquals(ip("192.0.2.2"), there.path().remote().getAddress());
        assertEquals(CELLULAR, there.path().remoteId());
        assertTrue(mptcp.endpoints(token).stream()
                .anyMatch(endpoint -> endpoint.id().equals(Optional.of(CELLULAR))));
        assertEquals(
                ip("192.0.2.2"), mptcp.endpoint(token, CELLULAR).orElseThrow().address());
        assertEquals(Optional.empty(), mptcp.endpoint(token, new AddressId(99)));

        mptcp.setFlags(token, local.flags(0), remote);
        assertFalse(expectPriority().peerBackup());
        mptcp.setFlags(token, local, remote);
        assertTrue(expectPriority().peerBackup());
    }

    @Test
    void removesAnAddressAndDestroysItsSubflow() {
        establish();
        mptcp.createSubflow(token, Endpoint.at(ip("192.0.2.2")).id(CELLULAR), remote);
        SubflowPath here = expectEstablished(token).path();
        expectEstablished(peer);

        mptcp.remove(token, CELLULAR);
        expect(event -> event.equals(new MptcpEvent.Removed(peer, CELLULAR)));
        expect(event -> event instanceof MptcpEvent.SubflowClosed closed
                && closed.token().equals(peer)
                && closed.subflow().path().remoteId().equals(CELLULAR));

        NetlinkException gone = assertThrows(NetlinkException.class, () -> {
            // The peer's reset may take its time; when it is here, the subflow is not found any more.
            long deadlineNanos = System.nanoTime() + PATIENCE_NANOS;
            while (System.nanoTime() < deadlineNanos) {
                mptcp.destroySubflow(token, here.local(), here.remote());
            }
        });
        assertTrue(gone.is(Errno.ESRCH), gone::toString);
    }

    @Test
    void destroysASubflow() {
        establish();
        mptcp.createSubflow(token, Endpoint.at(ip("192.0.2.2")).id(CELLULAR), remote);
        SubflowPath here = expectEstablished(token).path();
        expectEstablished(peer);

        mptcp.destroySubflow(token, here.local(), here.remote());

        expect(event -> event instanceof MptcpEvent.SubflowClosed closed
                && closed.token().equals(token)
                && closed.subflow().path().equals(here));
        exchange();
    }

    /** The connection's socket is one of IPv6, and its initial subflow's, too, although the addresses are IPv4. */
    @Test
    void destroysTheInitialSubflow() {
        establish();
        MptcpEvent.Created created = (MptcpEvent.Created) seen.stream()
                .filter(event -> isCreated(event, token))
                .findFirst()
                .orElseThrow();
        SubflowPath initial = created.path();
        assertInstanceOf(Inet4Address.class, initial.local().getAddress());
        mptcp.createSubflow(token, Endpoint.at(ip("192.0.2.2")).id(CELLULAR), remote);
        expectEstablished(token);
        expectEstablished(peer);

        mptcp.destroySubflow(token, initial.local(), initial.remote());

        expect(event -> event instanceof MptcpEvent.SubflowClosed closed
                && closed.token().equals(token)
                && closed.subflow().path().local().equals(initial.local()));
        exchange();
    }

    @Test
    void mixesAddressFamilies() {
        establish();
        awaitLocalRoute("2001:db8::2");

        mptcp.createSubflow(
                token,
                Endpoint.at(ip("2001:db8::2")).id(CELLULAR),
                new InetSocketAddress(ip("2001:db8::2"), remote.getPort()));

        assertEquals(ip("2001:db8::2"), expectEstablished(token).path().local().getAddress());
    }

    @Test
    void announcesAnAddressToThePeer() {
        establish();
        Endpoint announced = Endpoint.at(ip("192.0.2.2")).id(new AddressId(9));

        mptcp.announce(peer, announced);

        expect(event ->
                event.equals(new MptcpEvent.Announced(token, new AddressId(9), ip("192.0.2.2"), remote.getPort())));
        mptcp.announce(peer, announced);
        mptcp.remove(peer, new AddressId(9));
        expect(event -> event.equals(new MptcpEvent.Removed(token, new AddressId(9))));
    }

    @Test
    void reportsThatASubflowWasRefused() {
        establish();

        mptcp.createSubflow(
                token, Endpoint.at(ip("192.0.2.2")).id(CELLULAR), new InetSocketAddress(ip("192.0.2.1"), 1));

        MptcpEvent.SubflowClosed closed =
                (MptcpEvent.SubflowClosed) expect(event -> event instanceof MptcpEvent.SubflowClosed);
        assertEquals(Optional.of(Errno.ECONNREFUSED), closed.error());
        assertEquals(1, closed.subflow().path().remote().getPort());
    }

    @Test
    void explainsARefusal() {
        establish();

        NetlinkException unknown = assertThrows(NetlinkException.class, () -> mptcp.remove(token, new AddressId(200)));
        assertTrue(unknown.is(Errno.EINVAL));
        assertTrue(unknown.kernelText().orElseThrow().contains("200"), unknown::toString);

        NetlinkException missing = assertThrows(
                NetlinkException.class,
                () -> mptcp.createSubflow(token, Endpoint.at(ip("198.51.100.1")).id(CELLULAR), remote));
        assertTrue(missing.is(Errno.EADDRNOTAVAIL), missing::toString);
    }

    /** The kernel lists an IPv6 address before it has made the route to it; connecting in between is ENETUNREACH. */
    private static void awaitLocalRoute(String address) {
        IpPrefix host = IpPrefix.host(ip(address));
        long deadlineNanos = System.nanoTime() + PATIENCE_NANOS;
        try (RouteNetlink route = RouteNetlink.open()) {
            while (route.routes(Route.LOCAL_TABLE).stream()
                    .noneMatch(local -> local.destination().equals(host))) {
                assertTrue(System.nanoTime() < deadlineNanos, "no local route to " + host);
            }
        }
    }

    private void establish() {
        exchange();
        boolean here = false;
        boolean there = false;
        while (!here || !there) {
            MptcpEvent event = expect(next -> next instanceof MptcpEvent.Established);
            MptcpEvent.Established established = (MptcpEvent.Established) event;
            here |= established.token().equals(token);
            there |= established.token().equals(peer);
        }
    }

    private void exchange() {
        transfer(client, server);
        transfer(server, client);
    }

    private static void transfer(StreamSocket from, StreamSocket to) {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[100]);
        from.write(bytes);
        ByteBuffer received = ByteBuffer.allocate(100);
        while (received.hasRemaining()) {
            assertTrue(to.awaitReadable(PATIENCE_NANOS), "nothing to read");
            assertTrue(to.read(received) >= 0, "end of the stream");
        }
    }

    private static boolean isCreated(MptcpEvent event, ConnectionToken which) {
        return event instanceof MptcpEvent.Created created && created.token().equals(which);
    }

    private MptcpEvent.Subflow expectEstablished(ConnectionToken which) {
        MptcpEvent event = expect(next -> next instanceof MptcpEvent.SubflowEstablished established
                && established.token().equals(which));
        return ((MptcpEvent.SubflowEstablished) event).subflow();
    }

    private MptcpEvent.Subflow expectPriority() {
        return ((MptcpEvent.SubflowPriority) expect(event -> event instanceof MptcpEvent.SubflowPriority)).subflow();
    }

    /** Waits for an event that was not expected before; others stay for later. */
    private MptcpEvent expect(Predicate<MptcpEvent> wanted) {
        for (MptcpEvent event : seen) {
            if (!used.contains(event) && wanted.test(event)) {
                used.add(event);
                return event;
            }
        }
        Optional<MptcpEvent> event = monitor.next(PATIENCE);
        while (event.isPresent()) {
            seen.add(event.get());
            if (wanted.test(event.get())) {
                used.add(event.get());
                return event.get();
            }
            event = monitor.next(PATIENCE);
        }
        throw new AssertionError("only " + seen);
    }
}
