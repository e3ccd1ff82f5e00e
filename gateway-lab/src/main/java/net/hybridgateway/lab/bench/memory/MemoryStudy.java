package net.hybridgateway.lab.bench.memory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import net.hybridgateway.lab.bench.load.AnswerServer;
import net.hybridgateway.lab.bench.load.BulkTraffic;
import net.hybridgateway.lab.bench.load.ShortConnections;
import net.hybridgateway.lab.bench.paired.PairedPart;
import net.hybridgateway.lab.bench.paired.Quantity;
import net.hybridgateway.lab.bench.paired.SampleLog;
import net.hybridgateway.lab.bench.paired.Samples;
import net.hybridgateway.lab.bench.paired.Study;
import net.hybridgateway.lab.bench.rival.Cores;
import net.hybridgateway.lab.bench.rival.Leg;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.bench.rival.RivalHouse;
import net.hybridgateway.lab.bench.rival.RivalHouses;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.measure.ProcessMemory;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Pause;

/**
 * Memory of the programs on the gateway's host.
 *
 * @param connections that are open at the same time
 * @param shortConnections that begin and end one after the other
 * @param leg what is beyond the gateway
 * @param rivals who takes part
 */
public record MemoryStudy(int connections, int shortConnections, Leg leg, List<Rival> rivals) implements Study {
    /** As {@code ./dev bench} knows it. */
    public static final PairedPart PART = new PairedPart(
            "memory",
            "memory without connections, for each of them, and after a million, beside HAProxy and Shadowsocks",
            """
              --connections N     open at the same time (default 2000)
              --count N           short connections one after the other (default 1000000); 100000 is for trying out
              --leg LEG           tcp or mptcp: what is beyond the gateway (default mptcp)
              --system LIST       of gateway, haproxy, haproxy-large, haproxy-splice, ss-redir
                                  (default gateway,haproxy,ss-redir)
            """,
            Set.of("--connections", "--count", "--leg", "--system"),
            MemoryStudy::of);

    static final Quantity RESIDENT = new Quantity("resident", "resident memory", "MiB", 1);
    static final Quantity ANONYMOUS = new Quantity("anonymous", "anonymous memory", "MiB", 1);
    static final Quantity EACH = new Quantity("each", "resident memory for each connection", "kB", 1);
    static final Quantity EACH_ANONYMOUS =
            new Quantity("each-anonymous", "anonymous memory for each connection", "kB", 1);
    static final Quantity AFTER = new Quantity("after", "anonymous memory after short connections", "MiB", 1);
    static final String NONE = "without connections";
    static final String IDLE = "idle connections";
    static final String ACTIVE = "active connections";

    private static final int MOST_CONNECTIONS = 4000;
    private static final int AT_ONCE = 50;
    private static final int TENTHS = 10;
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final Duration ACTIVE_FOR = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final double MIB = 1024;
    private static final double KB = 1.024;
    private static final double MOST_KB = 20;

    /** Of what there was after the first tenth of the connections: flat. */
    private static final double MOST_GROWTH = 1.05;

    private static MemoryStudy of(BenchOptions options) {
        List<Rival> rivals =
                options.several("--system", Rival.values(), List.of(Rival.GATEWAY, Rival.HAPROXY, Rival.SS_REDIR));
        if (rivals.contains(Rival.FORWARDING)) {
            throw new IllegalArgumentException("forwarding has no program whose memory could be measured");
        }
        return new MemoryStudy(
                options.counts("--connections", List.of(2000), MOST_CONNECTIONS).get(0),
                options.count("--count", 1_000_000),
                options.one("--leg", Leg.values(), Leg.MPTCP),
                rivals);
    }

    @Override
    public String heading() {
        return "Memory";
    }

    @Override
    public String explanation() {
        return String.format(
                Locale.ROOT,
                "%s. Of the program on the gateway's host, freshly started, as /proc/PID/status tells it; what the kernel holds for"
                        + " sockets is not in it. For each connection: what %,d connections have added to what was there before"
                        + " the first one, so what the virtual machine loads and compiles on that occasion counts; active ones all"
                        + " bring bytes as fast as they can, and the most within %d s counts. Then %,d short connections, %d at a"
                        + " time.",
                leg.title(),
                connections,
                ACTIVE_FOR.toSeconds(),
                shortConnections,
                AT_ONCE);
    }

    @Override
    public void measure(SampleLog log) throws IOException {
        Cores.leaveFirst();
        try (RivalHouses houses = RivalHouses.beside(rivals, leg, HousePlan.plain())) {
            houses.giveFirstCore();
            Pause.of(SETTLE);
            for (RivalHouse house : houses.all()) {
                measureConnections(house, log);
            }
            for (RivalHouse house : houses.all()) {
                measureGrowth(house, log);
            }
        }
    }

    private void measureConnections(RivalHouse house, SampleLog log) throws IOException {
        ProcessMemory none = memory(house);
        tell(log, house, NONE, none);
        ProcessMemory idle;
        ProcessMemory active;
        try (BulkTraffic traffic = BulkTraffic.open(house.house(), connections)) {
            Pause.of(SETTLE);
            idle = memory(house);
            traffic.go(false);
            active = most(house, traffic);
        }
        each(log, house, IDLE, none, idle);
        each(log, house, ACTIVE, none, active);
    }

    private static ProcessMemory most(RivalHouse house, BulkTraffic traffic) {
        long end = System.nanoTime() + ACTIVE_FOR.toNanos();
        ProcessMemory most = memory(house);
        while (System.nanoTime() - end < 0) {
            Pause.of(LOOK);
            ProcessMemory now = memory(house);
            most = new ProcessMemory(
                    Math.max(most.residentKib(), now.residentKib()), Math.max(most.anonymousKib(), now.anonymousKib()));
        }
        if (traffic.arrived() == 0) {
            throw new LabException(house + ": nothing arrived over the active connections");
        }
        return most;
    }

    private void each(SampleLog log, RivalHouse house, String what, ProcessMemory before, ProcessMemory after)
            throws IOException {
        tell(log, house, what, after);
        log.add(what, EACH, house.rival(), 1, (after.residentKib() - before.residentKib()) * KB / connections);
        log.add(
                what,
                EACH_ANONYMOUS,
                house.rival(),
                1,
                (after.anonymousKib() - before.anonymousKib()) * KB / connections);
    }

    private static void tell(SampleLog log, RivalHouse house, String what, ProcessMemory memory) throws IOException {
        log.add(what, RESIDENT, house.rival(), 1, memory.residentKib() / MIB);
        log.add(what, ANONYMOUS, house.rival(), 1, memory.anonymousKib() / MIB);
    }

    private void measureGrowth(RivalHouse house, SampleLog log) throws IOException {
        house.freePorts();
        try (AnswerServer server = AnswerServer.listen(house.house().web(), RivalHouse.server())) {
            for (int tenth = 1; tenth <= TENTHS; tenth++) {
                AtomicLong left = new AtomicLong(shortConnections / TENTHS - AT_ONCE);
                long multipath = house.multipathAccepted();
                long count = ShortConnections.make(
                        house.house().lanHost(0), server.address(), AT_ONCE, () -> left.getAndDecrement() > 0);
                house.checkMultipath(house.multipathAccepted() - multipath, count);
                log.add(after(tenth), AFTER, house.rival(), 1, memory(house).anonymousKib() / MIB);
                System.err.printf("%s: %d tenths, %d connections in the last%n", house, tenth, count);
            }
        }
    }

    private String after(int tenth) {
        return String.format(Locale.ROOT, "%,d", shortConnections / TENTHS * tenth);
    }

    private static ProcessMemory memory(RivalHouse house) {
        return ProcessMemory.of(house.measured().orElseThrow().pid());
    }

    @Override
    public List<Figure> figures(Samples samples) {
        List<Figure> figures = new ArrayList<>();
        samples.median(IDLE, EACH, Rival.GATEWAY)
                .ifPresent(each ->
                        figures.add(Figure.atMost("resident memory for each idle connection", each, "kB", MOST_KB)));
        Optional<Double> first = samples.median(after(1), AFTER, Rival.GATEWAY);
        Optional<Double> last = samples.median(after(TENTHS), AFTER, Rival.GATEWAY);
        if (first.isPresent() && last.isPresent()) {
            figures.add(Figure.atMost(
                    String.format(
                            Locale.ROOT,
                            "anonymous memory after %s short connections, to that after %s",
                            after(TENTHS),
                            after(1)),
                    last.get() / first.get(),
                    "",
                    MOST_GROWTH));
        }
        return figures;
    }
}
