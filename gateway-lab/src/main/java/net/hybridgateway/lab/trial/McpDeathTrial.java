package net.hybridgateway.lab.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.measure.Percentiles;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.web.PageVisit;

/**
 * The preferred conversion point dies under many live connections, while a page is opened every 25 ms, and comes back after a
 * while. How much later than usual do the pages opened meanwhile begin to arrive? Which way do they go, and when is it that
 * conversion point again? What becomes of the live connections?
 *
 * @param points conversion points, the first of which dies; with one, pages go directly meanwhile, else to the second
 * @param connections how many live ones, each with a short message 5 times a second
 * @param death what happens to the conversion point
 * @param dead for how long
 * @param patience how long the gateway may take to come back to it
 */
public record McpDeathTrial(int points, int connections, Death death, Duration dead, Duration patience)
        implements Trial {
    private static final LineShape FIXED = LineShape.of(100, 20);
    private static final LineShape CELLULAR = LineShape.of(50, 50);
    private static final int PORT = 9400;
    private static final Duration MESSAGE_PERIOD = Duration.ofMillis(200);
    private static final Duration PAGE_PERIOD = Duration.ofMillis(25);
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration USUAL = Duration.ofSeconds(2);
    /** Longer than a retransmission's pause after a silence of ten seconds. */
    private static final Duration SETTLE = Duration.ofSeconds(60);

    private static final int NEW_CROWD = 20;
    private static final double SHARE = 0.99;
    private static final double MOST_SECONDS = 1.0;

    /** How a conversion point dies. */
    public enum Death {
        /** Its process crashes: the host answers each SYN with a reset, and nobody answers for the connections. */
        KILLED {
            @Override
            void happen(Ground ground) {
                ground.killConversionPoint();
            }

            @Override
            void end(Ground ground) {
                ground.restartConversionPoint();
            }
        },
        /** Its host receives nothing any more, as if its power or its network were gone; later it goes on as before. */
        SILENT {
            @Override
            void happen(Ground ground) {
                ground.house().conversionPoint().nft("""
                        table inet silence {
                          chain receive { type filter hook prerouting priority -300; policy drop; }
                        }
                        """);
            }

            @Override
            void end(Ground ground) {
                ground.house().conversionPoint().nft("delete table inet silence");
            }
        };

        abstract void happen(Ground ground);

        abstract void end(Ground ground);
    }

    @Override
    public TrialResult run() throws IOException {
        try (Ground ground = Ground.lay(
                        HousePlan.shaped(FIXED, CELLULAR).withConversionPoints(points),
                        GroundConfig.of("on-demand").text() + others());
                CrowdServer server = CrowdServer.listen(ground.house().web(), PORT)) {
            return run(ground, server.port());
        }
    }

    private String others() {
        StringBuilder sections = new StringBuilder();
        for (int i = 1; i < points; i++) {
            sections.append("config conversion_point 'point%d'\n    option address '%s'\n    option port '%d'\n"
                    .formatted(i, House.conversionPointIpv4(i), ConversionPoint.PORT));
        }
        return sections.toString();
    }

    private TrialResult run(Ground ground, int port) throws IOException {
        List<PageVisit> usual;
        List<PageVisit> visits;
        long died;
        long returned;
        int lost;
        int hanging;
        try (Crowd crowd = Crowd.gather(ground.house().lanHost(0), port, connections, MESSAGE_PERIOD)) {
            if (!Pause.until(START, () -> crowd.count(Voice::isAnswered) >= SHARE * connections)) {
                throw new LabException("the crowd is not answered");
            }
            usual = pages(ground, USUAL);
            try (PageLoads loads = ground.pageLoads(PAGE_PERIOD)) {
                Pause.of(USUAL);
                death.happen(ground);
                died = System.nanoTime();
                crowd.markBreak();
                Pause.of(dead);
                death.end(ground);
                returned = System.nanoTime();
                Pause.until(patience, () -> isFirst(ground.visit(100).peer()));
                // That was the one that tried; the pages follow.
                Pause.of(USUAL);
                visits = loads.finish();
            }
            Predicate<Voice> settled =
                    voice -> voice.againNanos().isPresent() || voice.failure().isPresent();
            Pause.until(SETTLE, () -> crowd.count(settled) == connections);
            lost = crowd.count(voice -> voice.failure().isPresent());
            hanging = connections - crowd.count(settled);
        }
        int bonded = bondedAnew(ground, port);
        ground.checkAlive();
        List<PageVisit> during = visits.stream()
                .filter(visit -> visit.startNanos() >= died && visit.startNanos() < returned)
                .toList();
        List<PageVisit> after =
                visits.stream().filter(visit -> visit.startNanos() >= returned).toList();
        return result(ground, new Seen(usual, during, after, returned, lost, hanging, bonded));
    }

    private record Seen(
            List<PageVisit> usual,
            List<PageVisit> during,
            List<PageVisit> after,
            long returnedNanos,
            int lost,
            int hanging,
            int bonded) {}

    private static List<PageVisit> pages(Ground ground, Duration span) {
        try (PageLoads loads = ground.pageLoads(PAGE_PERIOD)) {
            Pause.of(span);
            return loads.finish();
        }
    }

    /** Of a few new connections, those that got Multipath TCP. */
    private static int bondedAnew(Ground ground, int port) throws IOException {
        Pause.until(SETTLE, () -> ground.view().bonded() == 0);
        try (Crowd crowd = Crowd.gather(ground.house().lanHost(0), port, NEW_CROWD, MESSAGE_PERIOD)) {
            Pause.until(SETTLE, () -> crowd.count(Voice::isAnswered) == NEW_CROWD);
            return ground.view().bonded();
        }
    }

    private TrialResult result(Ground ground, Seen seen) {
        double usual = Percentiles.of(setups(seen.usual())).at(50);
        Percentiles later = Percentiles.of(
                setups(seen.during()).stream().map(setup -> setup - usual).toList());
        List<String> remarks = new ArrayList<>();
        for (PageVisit visit : seen.during()) {
            visit.failure()
                    .ifPresent(failure -> remarks.add(
                            String.format(Locale.ROOT, "a page, after %.1f s: %s", visit.seconds(), failure)));
        }
        remarks.add("its events:");
        ground.view().text("events").forEach(line -> remarks.add("  " + line));
        return new TrialResult(
                "mcpdeath",
                List.of(
                        Figure.told("connections when it was " + BenchOptions.word(death), connections, ""),
                        Figure.told("of these ended", seen.lost(), ""),
                        Figure.atMost("of these neither ended nor going on", seen.hanging(), "", 0),
                        Figure.told("first byte of a page, usually", usual * 1000, "ms"),
                        Figure.told(
                                "pages opened while it was dead", seen.during().size(), ""),
                        Figure.told("of these through it after all", to(seen.during(), McpDeathTrial::isFirst), ""),
                        Figure.told("of these through another one", to(seen.during(), McpDeathTrial::isOther), ""),
                        Figure.told(
                                "of these directly", to(seen.during(), peer -> !isFirst(peer) && !isOther(peer)), ""),
                        Figure.atMost("of these failed", failed(seen.during()), "", 0),
                        Figure.told("later than usual by, median", later.at(50), "s"),
                        Figure.atMost("later than usual by, 99 %", later.at(100 * SHARE), "s", MOST_SECONDS),
                        Figure.told("later than usual by, slowest", later.at(100), "s"),
                        Figure.atMost("pages failed after its return", failed(seen.after()), "", 0),
                        Figure.atMost(
                                "first page through it after its return",
                                throughAgain(seen).orElse(Double.POSITIVE_INFINITY),
                                "s",
                                patience.toMillis() / 1e3),
                        Figure.atLeast("of " + NEW_CROWD + " new connections, bonded", seen.bonded(), "", NEW_CROWD)),
                remarks,
                ground.house().run().logs());
    }

    private static boolean isFirst(String peer) {
        return peer.equals(House.conversionPointIpv4(0));
    }

    private static boolean isOther(String peer) {
        return IntStream.range(1, 9).mapToObj(House::conversionPointIpv4).anyMatch(peer::equals);
    }

    private static int to(List<PageVisit> visits, Predicate<String> peer) {
        return (int) visits.stream()
                .filter(visit -> visit.isGood() && peer.test(visit.peer()))
                .count();
    }

    private static int failed(List<PageVisit> visits) {
        return (int) visits.stream().filter(visit -> !visit.isGood()).count();
    }

    private static OptionalDouble throughAgain(Seen seen) {
        return seen.after().stream()
                .filter(visit -> isFirst(visit.peer()))
                .mapToDouble(visit -> (visit.startNanos() - seen.returnedNanos()) / 1e9)
                .min();
    }

    private static List<Double> setups(List<PageVisit> visits) {
        return visits.stream()
                .map(visit -> visit.isGood() ? visit.setupSeconds() : Double.POSITIVE_INFINITY)
                .toList();
    }
}
