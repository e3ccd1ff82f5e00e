package net.hybridgateway.lab.bench.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.hybridgateway.lab.bench.paired.PairedPart;
import net.hybridgateway.lab.bench.paired.Quantity;
import net.hybridgateway.lab.bench.paired.SampleLog;
import net.hybridgateway.lab.bench.paired.Samples;
import net.hybridgateway.lab.bench.paired.Study;
import net.hybridgateway.lab.bench.rival.Cores;
import net.hybridgateway.lab.bench.rival.Leg;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.bench.rival.RivalHouses;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;

/**
 * How connections begin.
 *
 * @param visits pages that each system fetches on each line
 * @param rounds measurements of the connections per second
 * @param millis for which each of those is measured
 * @param roundTrips of the lines, in milliseconds
 * @param atOnce how many short connections there are at the same time
 * @param legs what is beyond the gateway
 * @param rivals who takes part
 */
public record SetupStudy(
        int visits,
        int rounds,
        int millis,
        List<Integer> roundTrips,
        List<Integer> atOnce,
        List<Leg> legs,
        List<Rival> rivals)
        implements Study {
    /** As {@code ./dev bench} knows it. */
    public static final PairedPart PART = new PairedPart(
            "setup",
            "time to the first byte, connections per second, beside HAProxy, Shadowsocks and forwarding",
            """
              --count N           pages that each system fetches on each line (default 40)
              --rounds N          measurements of the connections per second (default 7)
              --time MILLIS       for which each of those is measured (default 2000)
              --rtt LIST          of the lines in milliseconds (default 20,100)
              --at-once LIST      short connections at the same time (default 50,500)
              --leg LIST          of tcp, mptcp: what is beyond the gateway; forwarding is in tcp (default all)
              --system LIST       of gateway, haproxy, haproxy-large, haproxy-splice, ss-redir, forwarding
                                  (default gateway,haproxy,haproxy-splice,ss-redir,forwarding)
            """,
            Set.of("--count", "--rounds", "--time", "--rtt", "--at-once", "--leg", "--system"),
            SetupStudy::of);

    static final Quantity FIRST_BYTE = new Quantity("first-byte", "time to the first byte", "ms", 1);
    static final Quantity PAGE = new Quantity("page", "time to the whole page", "ms", 1);
    static final Quantity STREAM = new Quantity("stream", "time to the end of the page's stream", "ms", 1);
    static final Quantity FIRST_EVER = new Quantity("first-ever", "the very first connection's first byte", "ms", 1);
    static final Quantity RATE = new Quantity("rate", "connections per second", "1/s", 0);
    static final Quantity COST = new Quantity("cost", "processor time for 1,000 connections", "s", 3);

    private static final int MEGABITS = 100;
    private static final int LONGEST_RTT = 1000;
    private static final int MOST_AT_ONCE = 2000;
    private static final double TO_DIRECT = 1.05;

    /** The bound to direct connections is for this round trip. */
    private static final int FAR = 100;

    private static SetupStudy of(BenchOptions options) {
        return new SetupStudy(
                options.count("--count", 40),
                options.count("--rounds", 7),
                options.count("--time", 2000),
                options.counts("--rtt", List.of(20, FAR), LONGEST_RTT),
                options.counts("--at-once", List.of(50, 500), MOST_AT_ONCE),
                options.several("--leg", Leg.values()),
                options.several(
                        "--system",
                        Rival.values(),
                        List.of(Rival.GATEWAY, Rival.HAPROXY, Rival.HAPROXY_SPLICE, Rival.SS_REDIR, Rival.FORWARDING)));
    }

    @Override
    public String heading() {
        return "What setting up a connection takes";
    }

    @Override
    public String explanation() {
        return String.format(
                Locale.ROOT,
                "Medians, lowest and highest behind them; ratios are medians of those of each round, this gateway's to theirs."
                        + " Times: from the LAN host's connect to the first byte, the last byte and the end of the stream of a page"
                        + " of %,d bytes, over lines of %d Mbit/s, %d pages each in turn; the very first connection of a program is"
                        + " apart. Connections per second: so many at the same time, each of 100 bytes and an answer of 1,000, for"
                        + " %.1f s, in %d rounds, over lines without delay; the program on the gateway's host has a processor for"
                        + " itself, all else shares the others.",
                PageTimes.PAGE_BYTES,
                MEGABITS,
                visits,
                millis / 1e3,
                rounds);
    }

    @Override
    public void measure(SampleLog log) throws IOException {
        Cores.leaveFirst();
        for (int rtt : roundTrips) {
            LineShape shape = LineShape.of(MEGABITS, rtt);
            try (RivalHouses houses = RivalHouses.build(rivals, legs, HousePlan.shaped(shape, shape))) {
                new PageTimes(houses.all(), house -> subject(house.leg(), rtt)).measure(visits, log);
            }
        }
        try (RivalHouses houses = RivalHouses.build(rivals, legs, HousePlan.plain())) {
            new ConnectionRates(houses, millis, atOnce).measure(rounds, log);
        }
    }

    /** The row of a table. */
    static String subject(Leg leg, int rtt) {
        return leg.title() + ", " + rtt + " ms";
    }

    @Override
    public List<Figure> figures(Samples samples) {
        List<Figure> figures = new ArrayList<>();
        samples.ratiosAtMost(FIRST_BYTE, Rival.FORWARDING, TO_DIRECT).stream()
                .filter(figure -> legs.stream().anyMatch(leg -> figure.name().startsWith(subject(leg, FAR) + ":")))
                .forEach(figures::add);
        for (Rival peer : rivals) {
            if (peer.isHaproxy() || peer == Rival.SS_REDIR) {
                figures.addAll(samples.ratiosAtMost(FIRST_BYTE, peer, 1.0));
            }
        }
        for (Rival peer : rivals) {
            if (peer.isHaproxy()) {
                figures.addAll(samples.ratiosAtLeast(RATE, peer, 1.0));
            }
        }
        return figures;
    }
}
