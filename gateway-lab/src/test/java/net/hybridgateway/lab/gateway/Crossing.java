package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.MptcpCounters;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.netlink.diag.DiagnosedSubflow;
import net.hybridgateway.netlink.diag.SockDiag;
import net.hybridgateway.netlink.socket.TcpState;

/** A download and an upload that cross a house, and what the gateway's kernel says of their subflows (sock_diag). */
final class Crossing implements AutoCloseable {
    /** More than a handshake, and than what may lie in a buffer when nothing arrives at the other end. */
    private static final long CARRIED = 100_000;

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String[] SMALL_BUFFERS = {
        "net.ipv4.tcp_rmem=4096 131072 524288", "net.ipv4.tcp_wmem=4096 16384 262144",
    };

    private final House house;
    private final List<Transfer> transfers = new ArrayList<>();
    private int nextPort;

    private Crossing(House house, int firstPort) {
        this.house = house;
        this.nextPort = firstPort;
    }

    /**
     * Begins both.
     *
     * @param server an address of the web host
     * @param firstPort of it, that nobody uses; as many as transfers are begun
     */
    static Crossing start(House house, String server, int firstPort) throws IOException {
        Crossing crossing = new Crossing(house, firstPort);
        try {
            crossing.begin(Transfer.Way.DOWN, server);
            crossing.begin(Transfer.Way.UP, server);
            return crossing;
        } catch (IOException e) {
            crossing.close();
            throw e;
        }
    }

    /** Megabytes in buffers would take half a minute to arrive after a test's end. */
    static void keepBuffersSmall(House house) {
        house.run().nodes().forEach(node -> node.sysctl(SMALL_BUFFERS));
    }

    /** Begins another transfer. */
    void begin(Transfer.Way way, String server) throws IOException {
        transfers.add(Transfer.start(house, way, server, nextPort++));
    }

    /**
     * Waits until each connection upstream has living subflows between these addresses, each "local > remote", that have
     * carried something, and no others.
     */
    void awaitSubflows(String... paths) {
        awaitConnections(transfers.size(), paths);
    }

    /** Waits until so many of the connections have these subflows and no others. */
    void awaitConnections(int count, String... paths) {
        Set<String> expected = new TreeSet<>(Arrays.asList(paths));
        await("subflows " + expected + " of " + count + " connections with bytes on each", () -> {
            Collection<List<DiagnosedSubflow>> connections = connections().values();
            return connections.stream()
                                    .filter(subflows -> pathsOf(subflows).equals(expected))
                                    .count()
                            == count
                    && expected.stream().allMatch(path -> carried(path) > CARRIED);
        });
    }

    /** Waits until each connection has one of these sets of subflows, with bytes on each; gives how many have which. */
    List<Integer> awaitOneOf(List<Set<String>> alternatives) {
        await("connections with one of " + alternatives + " each", () -> {
            List<Integer> shares = shares(alternatives);
            return shares.stream().mapToInt(share -> share).sum() == transfers.size()
                    && alternatives.stream()
                            .filter(paths -> shares.get(alternatives.indexOf(paths)) > 0)
                            .flatMap(Set::stream)
                            .allMatch(path -> carried(path) > CARRIED);
        });
        return shares(alternatives);
    }

    private List<Integer> shares(List<Set<String>> alternatives) {
        List<Set<String>> all =
                connections().values().stream().map(Crossing::pathsOf).toList();
        return alternatives.stream()
                .map(paths -> (int) all.stream().filter(paths::equals).count())
                .toList();
    }

    private long carried(String path) {
        return connections().values().stream()
                .flatMap(List::stream)
                .filter(subflow -> pathOf(subflow).equals(path))
                .flatMap(subflow -> subflow.tcp().stream())
                .mapToLong(tcp -> tcp.bytesAcked() + tcp.bytesReceived())
                .sum();
    }

    private static Set<String> pathsOf(List<DiagnosedSubflow> subflows) {
        return subflows.stream().map(Crossing::pathOf).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String pathOf(DiagnosedSubflow subflow) {
        return text(subflow.local()) + " > " + text(subflow.remote());
    }

    private static String text(InetSocketAddress address) {
        // 2001:db8:0:0:0:0:0:7 is how Java writes it.
        return address.getAddress().getHostAddress().replaceFirst("(:0)+:", "::");
    }

    /** The gateway's connections over Multipath TCP, with what lives of their subflows. */
    private Map<Integer, List<DiagnosedSubflow>> connections() {
        return house.gateway().call(() -> {
            try (SockDiag diag = SockDiag.open()) {
                return diag.subflows().stream()
                        .filter(subflow -> subflow.state() == TcpState.ESTABLISHED)
                        .collect(Collectors.groupingBy(DiagnosedSubflow::token));
            }
        });
    }

    /** Waits until the conversion point has told each connection of an address of its own; what breaks before, it never hears. */
    void awaitAnnouncements() {
        await("announcements", () -> MptcpCounters.read(house.gateway(), "AddAddr") >= transfers.size());
    }

    /** Waits until each transfer has gone on by a good piece. */
    void awaitProgress(String when) {
        List<Long> before = transfers.stream().map(Transfer::received).toList();
        await("progress " + when, () -> {
            for (int i = 0; i < before.size(); i++) {
                if (transfers.get(i).received() - before.get(i) < CARRIED) {
                    return false;
                }
            }
            return true;
        });
    }

    private void await(String what, BooleanSupplier condition) {
        assertTrue(
                Pause.until(SOON, condition),
                () -> "no " + what + " in " + SOON.toSeconds() + " s: " + transfers + "; "
                        + connections().values().stream().map(Crossing::pathsOf).toList());
    }

    /** Ends all in order, and compares what arrived with what was sent. */
    void finish() {
        transfers.forEach(Transfer::finish);
    }

    @Override
    public void close() throws IOException {
        for (Transfer transfer : transfers) {
            transfer.close();
        }
    }
}
