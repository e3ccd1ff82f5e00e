package net.hybridgateway.netlink;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.hybridgateway.netlink.conntrack.Conntrack;
import net.hybridgateway.netlink.generic.GenericFamily;
import net.hybridgateway.netlink.generic.GenericNetlink;
import net.hybridgateway.netlink.mptcp.AddressId;
import net.hybridgateway.netlink.mptcp.MptcpEventMonitor;
import net.hybridgateway.netlink.mptcp.MptcpPathManager;
import net.hybridgateway.netlink.nftables.NfTables;
import net.hybridgateway.netlink.route.RouteMonitor;
import net.hybridgateway.netlink.route.RouteNetlink;
import net.hybridgateway.netlink.testing.FakeNetlinkSocket;
import net.hybridgateway.netlink.testing.GoldenBytes;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every capture, changed at random and cut at every byte: the answer is a value or a NetlinkException, and comes soon. */
class MalformedInputTest {
    private static final GenericFamily FAMILY = new GenericFamily("mptcp_pm", 0x1c, 1, Map.of("mptcp_pm_events", 9));
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long SEED = 8803;
    private static final int MUTATIONS = 400;

    static List<String> captures() {
        return GoldenBytes.names("");
    }

    @ParameterizedTest
    @MethodSource("captures")
    void survivesAsAnEvent(String name) {
        assertTimeoutPreemptively(LIMIT, () -> {
            for (ByteBuffer datagram : variants(GoldenBytes.datagram(name))) {
                FakeNetlinkSocket socket = new FakeNetlinkSocket();
                try (RouteMonitor routes = new RouteMonitor(socket)) {
                    socket.deliver(datagram);
                    drain(() -> routes.next(Duration.ZERO));
                }
                socket = new FakeNetlinkSocket();
                try (MptcpEventMonitor events = new MptcpEventMonitor(socket, FAMILY)) {
                    socket.deliver(datagram);
                    drain(() -> events.next(Duration.ZERO));
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("captures")
    void survivesAsAnAnswer(String name) {
        assertTimeoutPreemptively(LIMIT, () -> {
            for (ByteBuffer datagram : variants(GoldenBytes.datagram(name))) {
                RouteNetlink route = new RouteNetlink(answering(datagram));
                tolerate(() -> route.links());
                tolerate(() -> route.link(1));
                tolerate(() -> route.addresses());
                tolerate(() -> route.routes());
                tolerate(() -> route.rules());
                MptcpPathManager mptcp = new MptcpPathManager(answering(datagram), FAMILY);
                tolerate(() -> mptcp.endpoints());
                tolerate(() -> mptcp.endpoint(AddressId.INITIAL));
                tolerate(() -> mptcp.limits());
                tolerate(() -> new Conntrack(answering(datagram)).flows(AddressFamily.IPV6));
                tolerate(() -> new NfTables(answering(datagram)).image("table"));
                tolerate(() -> new GenericNetlink(answering(datagram)).family("mptcp_pm"));
            }
        });
    }

    private static List<ByteBuffer> variants(ByteBuffer datagram) {
        List<ByteBuffer> variants = GoldenBytes.mutations(datagram, SEED, MUTATIONS);
        for (int length = 0; length <= datagram.remaining(); length += 3) {
            variants.add(datagram.slice(0, length));
        }
        return variants;
    }

    private interface Next {
        Optional<?> next();
    }

    private static void drain(Next events) {
        // Each failure consumes a message or the datagram, so this ends.
        boolean more = true;
        while (more) {
            try {
                more = events.next().isPresent();
            } catch (NetlinkException e) {
                assertTrue(e.getMessage().length() > 10, e.getMessage());
            }
        }
    }

    private static void tolerate(Executable decode) throws Throwable {
        try {
            decode.execute();
        } catch (NetlinkException e) {
            assertTrue(e.getMessage().length() > 10, e.getMessage());
        }
    }

    /** Answers with {@code datagram}, its sequence numbers put right where there are any, and no more. */
    private static NetlinkConversation answering(ByteBuffer datagram) {
        FakeNetlinkSocket[] socket = new FakeNetlinkSocket[1];
        socket[0] = new FakeNetlinkSocket(request -> {
            socket[0].deliver(withSequence(datagram, request.header().sequence()));
            return List.of(NetlinkMessage.of(3, 0, request.header().sequence(), 0, ByteBuffer.allocate(4)));
        });
        return new NetlinkConversation(socket[0], Duration.ofMillis(1));
    }

    private static ByteBuffer withSequence(ByteBuffer datagram, int sequence) {
        ByteBuffer copy = ByteBuffer.allocate(datagram.remaining()).order(datagram.order());
        copy.put(0, datagram, datagram.position(), datagram.remaining());
        int position = 0;
        while (position >= 0 && position <= copy.limit() - NetlinkHeader.BYTES) {
            copy.putInt(position + 8, sequence);
            int length = copy.getInt(position);
            position = length < NetlinkHeader.BYTES ? -1 : position + NetlinkNumbers.align(Math.min(length, 1 << 20));
        }
        return copy;
    }
}
