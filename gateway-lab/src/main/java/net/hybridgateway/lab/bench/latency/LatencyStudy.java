package net.hybridgateway.lab.bench.latency;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.hybridgateway.lab.bench.load.BulkTraffic;
import net.hybridgateway.lab.bench.load.EchoMeter;
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
import net.hybridgateway.lab.measure.Percentiles;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;

/**
 * Latency while the line is full.
 *
 * @param rounds measurements of each case
 * @param seconds for which each is measured
 * @param bulk connections that fill the line
 * @param leg what is beyond the gateway
 * @param rivals who takes part
 */
public record LatencyStudy(int rounds, int seconds, int bulk, Leg leg, List<Rival> rivals) implements Study {
    /** As {@code ./dev bench} knows it. */
    public static final PairedPart PART = new PairedPart(
            "latency",
            "a short message's round trip while bulk fills the line, beside HAProxy, Shadowsocks and forwarding",
            """
              --count N           measurements of each case (default 3)
              --seconds N         for which each is measured (default 4)
              --connections N     that fill the line (default 4)
              --leg LEG           tcp or mptcp: what is beyond the gateway (default mptcp)
              --system LIST       of gateway, haproxy, haproxy-large, haproxy-splice, ss-redir, forwarding
                                  (default gateway,haproxy,ss-redir,forwarding)
            """,
            Set.of("--count", "--seconds", "--connections", "--leg", "--system"),
            LatencyStudy::of);

    static final Quantity MEDIAN = new Quantity("median", "round trip of a message, median", "ms", 1);
    static final Quantity LATE = new Quantity("p95", "round trip of a message, 95 % are below", "ms", 1);
    static final Quantity GOODPUT = new Quantity("goodput", "goodput of the bulk", "Mbit/s", 2);
    static final String QUIET = "quiet line";
    static final String DOWNLOAD = "download";
    static final String UPLOAD = "upload";

    private static final LineShape LINE = new LineShape(50_000_000, 10_000_000, 30, 0);
    private static final int MOST_BULK = 500;
    private static final Duration FILL = Duration.ofSeconds(3);
    private static final double TO_FORWARDING = 1.2;
    private static final double LATE_PERCENT = 95;

    private static LatencyStudy of(BenchOptions options) {
        return new LatencyStudy(
                options.count("--count", 3),
                options.count("--seconds", 4),
                options.counts("--connections", List.of(4), MOST_BULK).get(0),
                options.one("--leg", Leg.values(), Leg.MPTCP),
                options.several(
                        "--system",
                        Rival.values(),
                        List.of(Rival.GATEWAY, Rival.HAPROXY, Rival.SS_REDIR, Rival.FORWARDING)));
    }

    @Override
    public String heading() {
        return "Latency on a full line";
    }

    @Override
    public String explanation() {
        return String.format(
                Locale.ROOT,
                "%s; forwarding is plain TCP from end to end. The line (down/up): %s, a queue of two round trips. %d"
                        + " connections of the LAN host fill it; another one carries a message of 32 bytes and its echo, again and"
                        + " again, for %d s in each of %d rounds. Medians of the rounds, lowest and highest behind them; ratios are"
                        + " medians of those of each round, this gateway's to theirs.",
                leg.title(),
                LINE,
                bulk,
                seconds,
                rounds);
    }

    @Override
    public void measure(SampleLog log) throws IOException {
        Cores.leaveFirst();
        try (RivalHouses houses = RivalHouses.beside(rivals, leg, HousePlan.shaped(LINE, LINE))) {
            List<RivalHouse> order = new ArrayList<>(houses.all());
            for (int round = 1; round <= rounds; round++) {
                for (String what : List.of(QUIET, DOWNLOAD, UPLOAD)) {
                    for (RivalHouse house : order) {
                        play(house, what, round, log);
                    }
                }
                // Who begins changes from round to round.
                Collections.rotate(order, 1);
            }
        }
    }

    private void play(RivalHouse house, String what, int round, SampleLog log) throws IOException {
        Percentiles millis;
        try (EchoMeter echo = EchoMeter.connect(house.house())) {
            if (what.equals(QUIET)) {
                millis = echo.millis(Duration.ofSeconds(seconds));
            } else {
                try (BulkTraffic traffic = BulkTraffic.start(house.house(), bulk, what.equals(UPLOAD))) {
                    Pause.of(FILL);
                    long bytes = traffic.arrived();
                    long start = System.nanoTime();
                    millis = echo.millis(Duration.ofSeconds(seconds));
                    double megabits = (traffic.arrived() - bytes) * 8e3 / (System.nanoTime() - start);
                    log.add(what, GOODPUT, house.rival(), round, megabits);
                }
            }
        }
        if (!house.isAlive()) {
            throw new LabException(house + " has died");
        }
        log.add(what, MEDIAN, house.rival(), round, millis.at(50));
        log.add(what, LATE, house.rival(), round, millis.at(LATE_PERCENT));
        System.err.printf(
                Locale.ROOT,
                "%2d  %-24s %-10s %6.1f ms, 95 %% below %6.1f ms%n",
                round,
                house,
                what,
                millis.at(50),
                millis.at(LATE_PERCENT));
        // What was under way is gone before the next begins.
        Pause.of(Duration.ofSeconds(1));
    }

    @Override
    public List<Figure> figures(Samples samples) {
        List<Figure> figures = new ArrayList<>();
        for (Quantity quantity : List.of(MEDIAN, LATE)) {
            samples.ratiosAtMost(quantity, Rival.FORWARDING, TO_FORWARDING).stream()
                    .filter(figure -> !figure.name().startsWith(QUIET + ":"))
                    .forEach(figures::add);
        }
        return figures;
    }
}
