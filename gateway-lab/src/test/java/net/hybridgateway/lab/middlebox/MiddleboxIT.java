package net.hybridgateway.lab.middlebox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.MptcpCounters;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.socket.SocketOption;
import net.hybridgateway.netlink.socket.SocketQuery;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;
import net.hybridgateway.netlink.socket.Subflow;
import net.hybridgateway.netlink.socket.TcpInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each middlebox does what it says and no more: both ends and the kernel's counters are asked. */
class MiddleboxIT {
    private static final int PORT = 7000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long IN_VAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration NOT_SOON = Duration.ofMillis(400);

    private static final String IPV4 = House.conversionPointIpv4(0);
    private static final String IPV6 = House.conversionPointIpv6(0);

    private static House house;
    private static StreamSocket listener;

    private final Middlebox fixed = Middlebox.on(house, Access.FIXED);
    private final Middlebox cellular = Middlebox.on(house, Access.CELLULAR);

    @BeforeAll
    static void build() {
        assumeTrue(
                Requirements.missing(false).isEmpty(),
                Requirements.missing(false).orElse(""));
        house = House.build(HousePlan.plain());
        house.gateway().sysctl("net.ipv4.tcp_fastopen=5", "net.mptcp.blackhole_timeout=0");
        house.conversionPoint().sysctl("net.ipv4.tcp_fastopen=3");
        // The kernel's own path manager: a second subflow over cellular for each connection.
        house.gateway()
                .ip(
                        "mptcp limits set subflows 2 add_addr_accepted 0",
                        "mptcp endpoint add " + Access.CELLULAR.ipv4() + " dev " + Access.CELLULAR.device()
                                + " subflow");
        house.conversionPoint().ip("mptcp limits set subflows 2");
        listener = house.conversionPoint().call(() -> StreamSocket.open(StreamProtocol.MPTCP));
        listener.acceptSynData(16).bind(new InetSocketAddress("::", PORT)).listen(16);
    }

    @AfterAll
    static void remove() {
        if (house != null) {
            listener.close();
            house.close();
        }
    }

    @AfterEach
    void rest() {
        fixed.close();
        cellular.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.10", "2001:db8:f::10"})
    void withoutAMiddleboxAllIsWell(String source) {
        try (Pair pair = Pair.withSynData(source)) {
            assertTrue(TcpInfo.of(pair.client.fd()).synDataAcknowledged());
            pair.exchange();
            assertTrue(pair.isMultipathAtBothEnds());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "STRIP_SYN, 192.0.2.10, 0",
        "STRIP_SYN, 2001:db8:f::10, 0",
        "STRIP_SYN_ACK, 192.0.2.10, 1",
        "STRIP_SYN_ACK, 2001:db8:f::10, 1"
    })
    void theOptionIsTakenFromTheHandshake(Behaviour behaviour, String source, long synsWithOption) {
        fixed.does(behaviour);
        long before = MptcpCounters.read(house.conversionPoint(), "MPCapableSYNRX");
        try (Pair pair = Pair.connected(StreamProtocol.MPTCP, source)) {
            assertFalse(SocketQuery.isMptcp(pair.client.fd()));
            pair.exchange();
            assertFalse(SocketQuery.isMptcp(pair.server.fd()));
        }
        assertEquals(synsWithOption, MptcpCounters.read(house.conversionPoint(), "MPCapableSYNRX") - before);
    }

    @Test
    void theOptionIsTakenFromDataAlone() {
        fixed.does(Behaviour.STRIP_DATA);
        try (Pair pair = Pair.connected(StreamProtocol.MPTCP, Access.FIXED.ipv4())) {
            assertTrue(SocketQuery.isMptcp(pair.client.fd()), "the handshake has the option");
            pair.exchange();
            assertFalse(SocketQuery.isMptcp(pair.client.fd()), "the data have not");
            pair.exchange();
        }
    }

    @Test
    void joinsComeThroughWithoutAMiddlebox() {
        try (Pair pair = Pair.connected(StreamProtocol.MPTCP, Access.FIXED.ipv4())) {
            pair.exchange();
            assertTrue(Pause.until(SOON, () -> subflows(pair) == 2), "no second subflow");
        }
    }

    @ParameterizedTest
    @CsvSource({"STRIP_JOIN, 0", "STRIP_JOIN_ANSWER, 1"})
    void theOptionIsTakenFromJoinsAlone(Behaviour behaviour, long joinsSeen) {
        cellular.does(behaviour);
        long before = MptcpCounters.read(house.conversionPoint(), "MPJoinSynRx");
        long sent = MptcpCounters.read(house.gateway(), "MPJoinSynTx");
        try (Pair pair = Pair.connected(StreamProtocol.MPTCP, Access.FIXED.ipv4())) {
            pair.exchange();
            assertTrue(Pause.until(SOON, () -> MptcpCounters.read(house.gateway(), "MPJoinSynTx") > sent));
            assertFalse(Pause.until(NOT_SOON, () -> subflows(pair) == 2), "it was joined");
            assertTrue(pair.isMultipathAtBothEnds());
        }
        assertEquals(joinsSeen, MptcpCounters.read(house.conversionPoint(), "MPJoinSynRx") - before);
        // A connection that begins on this line is left alone.
        try (Pair pair = Pair.connected(StreamProtocol.MPTCP, Access.CELLULAR.ipv4())) {
            pair.exchange();
            assertTrue(pair.isMultipathAtBothEnds());
        }
    }

    @Test
    void synsWithTheOptionAreDroppedAndOthersAreNot() {
        fixed.does(Behaviour.DROP_MPTCP_SYN);
        try (StreamSocket client = Pair.client(StreamProtocol.MPTCP, Access.FIXED.ipv4())) {
            client.connect(remote(Access.FIXED.ipv4()));
            assertFalse(client.awaitWritable(IN_VAIN_NANOS), "connected");
        }
        try (Pair pair = Pair.connected(StreamProtocol.TCP, Access.FIXED.ipv4())) {
            pair.exchange();
        }
    }

    /** 2: the SYN/ACK did not acknowledge the data; 3: the SYN had to be repeated. */
    @ParameterizedTest
    @CsvSource({
        "STRIP_SYN_DATA, 192.0.2.10, 2",
        "STRIP_SYN_DATA, 2001:db8:f::10, 2",
        "DROP_SYN_DATA, 192.0.2.10, 3",
        "DROP_SYN_DATA, 2001:db8:f::10, 3"
    })
    void dataInTheSynAreTakenAway(Behaviour behaviour, String source, int failure) {
        fixed.does(behaviour);
        try (Pair pair = Pair.withSynData(source)) {
            TcpInfo info = TcpInfo.of(pair.client.fd());
            assertFalse(info.synDataAcknowledged());
            assertEquals(failure, info.fastOpenFailure());
            pair.exchange();
        }
        // One that has none is left alone, also a long one: that of a join is the longest.
        try (Pair pair = Pair.connected(StreamProtocol.MPTCP, source)) {
            pair.exchange();
            assertTrue(pair.isMultipathAtBothEnds());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void announcementsAreLost(boolean taken) {
        if (taken) {
            fixed.does(Behaviour.DROP_ADD_ADDR);
        }
        Node point = house.conversionPoint();
        point.ip("mptcp limits set add_addr_accepted 1 subflows 2", "mptcp endpoint add " + IPV6 + " signal");
        long sent = MptcpCounters.read(point, "AddAddrTx");
        long heard = MptcpCounters.read(house.gateway(), "AddAddr");
        try (Pair pair = Pair.connected(StreamProtocol.MPTCP, Access.FIXED.ipv4())) {
            pair.exchange();
            assertTrue(Pause.until(SOON, () -> MptcpCounters.read(point, "AddAddrTx") > sent), "not announced");
            assertEquals(
                    !taken,
                    Pause.until(taken ? NOT_SOON : SOON, () -> MptcpCounters.read(house.gateway(), "AddAddr") > heard));
            assertTrue(pair.isMultipathAtBothEnds());
        } finally {
            point.ip("mptcp endpoint flush");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RENUMBER_PORTS", "RENUMBER_PORTS_AGAIN"})
    void portsAreOthersOutside(Behaviour behaviour) {
        fixed.does(behaviour);
        try (Pair pair = Pair.connected(StreamProtocol.MPTCP, Access.FIXED.ipv4())) {
            pair.exchange();
            assertNotEquals(
                    pair.client.localAddress().getPort(),
                    pair.server.remoteAddress().getPort());
            assertTrue(pair.isMultipathAtBothEnds());
        }
    }

    @Test
    void aConnectionDoesNotOutliveItsNumber() {
        fixed.does(Behaviour.RENUMBER_PORTS);
        try (Pair pair = Pair.connected(StreamProtocol.TCP, Access.FIXED.ipv4())) {
            pair.exchange();
            fixed.does(Behaviour.RENUMBER_PORTS_AGAIN);
            assertThrows(ErrnoException.class, () -> {
                Pair.send(pair.client, "ping");
                assertTrue(pair.client.awaitReadable(PATIENCE_NANOS), "neither an answer nor a reset");
                pair.client.read(ByteBuffer.allocate(1));
            });
        }
    }

    @Test
    void restingLetsEverythingThrough() {
        fixed.does(Behaviour.STRIP_SYN);
        fixed.rest();
        try (Pair pair = Pair.connected(StreamProtocol.MPTCP, Access.FIXED.ipv4())) {
            pair.exchange();
            assertTrue(pair.isMultipathAtBothEnds());
        }
    }

    private static int subflows(Pair pair) {
        return Subflow.of(pair.client.fd()).size();
    }

    private static InetSocketAddress remote(String source) {
        return address(source.contains(":") ? IPV6 : IPV4, PORT);
    }

    private static InetSocketAddress address(String literal, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(literal), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Both ends of a connection from the gateway to the conversion point's host. */
    private record Pair(StreamSocket client, StreamSocket server) implements AutoCloseable {
        private static final String IN_SYN = "early ";

        static StreamSocket client(StreamProtocol protocol, String source) {
            Access access = House.accessOf(address(source, 0).getAddress()).orElseThrow();
            String index = house.gateway().run("cat", "/sys/class/net/" + access.device() + "/ifindex");
            // Without the device, the route of the better uplink would count, whatever the address.
            return house.gateway()
                    .call(() -> StreamSocket.open(protocol))
                    .set(SocketOption.SO_BINDTOIFINDEX, Integer.parseInt(index.strip()))
                    .bind(address(source, 0));
        }

        static Pair connected(StreamProtocol protocol, String source) {
            StreamSocket client = client(protocol, source);
            client.connect(remote(source));
            return established(client);
        }

        static Pair withSynData(String source) {
            StreamSocket client = client(StreamProtocol.MPTCP, source);
            byte[] data = IN_SYN.getBytes(StandardCharsets.US_ASCII);
            assertEquals(data.length, client.connectWithData(remote(source), data));
            Pair pair = established(client);
            expect(pair.server, IN_SYN);
            return pair;
        }

        private static Pair established(StreamSocket client) {
            assertTrue(client.awaitWritable(PATIENCE_NANOS), "not connected");
            assertTrue(SocketQuery.error(client.fd()).isEmpty(), "refused");
            assertTrue(listener.awaitReadable(PATIENCE_NANOS), "nothing to accept");
            return new Pair(client, listener.accept().orElseThrow());
        }

        /** Question and answer, twice: only then has either end heard all that the other says at first. */
        void exchange() {
            for (int i = 0; i < 2; i++) {
                send(client, "ping");
                expect(server, "ping");
                send(server, "pong");
                expect(client, "pong");
            }
        }

        boolean isMultipathAtBothEnds() {
            return SocketQuery.isMptcp(client.fd()) && SocketQuery.isMptcp(server.fd());
        }

        static void send(StreamSocket from, String text) {
            assertEquals(text.length(), from.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))));
        }

        static void expect(StreamSocket at, String text) {
            ByteBuffer bytes = ByteBuffer.allocate(text.length());
            while (bytes.hasRemaining()) {
                assertTrue(at.awaitReadable(PATIENCE_NANOS), "nothing to read");
                assertTrue(at.read(bytes) >= 0, "the stream has ended");
            }
            assertEquals(text, new String(bytes.array(), StandardCharsets.US_ASCII));
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }
}
