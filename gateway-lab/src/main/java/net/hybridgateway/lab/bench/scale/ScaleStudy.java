package net.hybridgateway.lab.bench.scale;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.hybridgateway.lab.bench.paired.PairedPart;
import net.hybridgateway.lab.bench.paired.Quantity;
import net.hybridgateway.lab.bench.paired.SampleLog;
import net.hybridgateway.lab.bench.paired.Samples;
import net.hybridgateway.lab.bench.paired.Study;
import net.hybridgateway.lab.bench.rival.Cores;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.measure.Figure;

/**
 * How the cost of a connection grows with their number.
 *
 * @param rounds measurements with each number
 * @param crowds numbers of connections, as many as the machine grants descriptors for
 */
public record ScaleStudy(int rounds, List<Integer> crowds) implements Study {
    /** As {@code ./dev bench} knows it. */
    public static final PairedPart PART = new PairedPart(
            "scale",
            "what a connection costs among 100, 1,000 and 10,000: setup, messages, status, a break",
            """
              --count N           measurements with each number (default 3)
              --connections LIST  how many at the same time (default 100,1000,10000); fewer if the machine grants no more
                                  than 20,000 descriptors to a process
            """,
            Set.of("--count", "--connections"),
            ScaleStudy::of);

    static final Quantity SETUP = new Quantity("setup", "processor time to set up a connection", "ms", 3);
    static final Quantity MESSAGE = new Quantity("message", "processor time for a message and its echo", "ms", 4);
    static final Quantity STATUS = new Quantity("status", "time until a status is there", "ms", 1);
    static final Quantity STATUS_COST = new Quantity("status-cost", "processor time for a status", "ms", 1);
    static final Quantity MOVED = new Quantity("moved", "a break: time until all have a subflow on cellular", "s", 2);
    static final Quantity MOVE_COST = new Quantity("move", "a break: processor time to move a connection", "ms", 3);
    static final Quantity LOST = new Quantity("lost", "a break: connections lost", "", 0);

    private static final List<Integer> CROWDS = List.of(100, 1000, 10_000);
    private static final int MOST = 20_000;
    private static final double MOST_GROWTH = 1.5;

    private static ScaleStudy of(BenchOptions options) {
        int granted = DescriptorLimit.connections();
        List<Integer> crowds = options.counts("--connections", CROWDS, MOST).stream()
                .map(crowd -> Math.min(crowd, granted))
                .distinct()
                .sorted()
                .toList();
        return new ScaleStudy(options.count("--count", 3), crowds);
    }

    static String subject(int crowd) {
        return String.format(Locale.ROOT, "%,d connections", crowd);
    }

    @Override
    public String heading() {
        return "What a connection costs among many";
    }

    @Override
    public String explanation() {
        return String.format(
                Locale.ROOT,
                "Medians of %d, lowest and highest behind them. Multipath TCP; the daemon is started anew for each measurement, has"
                        + " relayed %,d connections before, and has a processor for itself, all else shares the others. Processor"
                        + " time is the daemon's. All connections together carry %,d messages a second of %d bytes; the"
                        + " break is a lost carrier, and cellular is off until then; what messages cost meanwhile is taken off. This machine grants a process descriptors for %s"
                        + " connections.",
                rounds,
                CrowdRun.WARM_UP,
                CrowdRun.MESSAGES_PER_SECOND,
                CrowdRun.MESSAGE_BYTES,
                granted());
    }

    private static String granted() {
        int connections = DescriptorLimit.connections();
        return connections == Integer.MAX_VALUE ? "any number of" : String.format(Locale.ROOT, "%,d", connections);
    }

    @Override
    public void measure(SampleLog log) throws IOException {
        Cores.leaveFirst();
        for (int round = 1; round <= rounds; round++) {
            for (int crowd : crowds) {
                CrowdRun.play(crowd, round, log);
            }
        }
    }

    @Override
    public List<Figure> figures(Samples samples) {
        List<Figure> figures = new ArrayList<>();
        String few = subject(crowds.get(0));
        String many = subject(crowds.get(crowds.size() - 1));
        for (Quantity quantity : List.of(SETUP, MESSAGE, MOVE_COST)) {
            Optional<Double> first = samples.median(few, quantity, Rival.GATEWAY);
            Optional<Double> last = samples.median(many, quantity, Rival.GATEWAY);
            if (first.isPresent() && last.isPresent()) {
                figures.add(Figure.atMost(
                        quantity.title() + ", " + many + " to " + few, last.get() / first.get(), "", MOST_GROWTH));
            }
        }
        for (int crowd : crowds) {
            samples.values(subject(crowd), LOST, Rival.GATEWAY)
                    .ifPresent(lost ->
                            figures.add(Figure.atMost(LOST.title() + " of " + subject(crowd), lost.at(100), "", 0)));
        }
        return figures;
    }
}
