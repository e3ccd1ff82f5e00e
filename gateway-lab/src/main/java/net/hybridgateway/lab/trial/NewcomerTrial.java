package net.hybridgateway.lab.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.measure.Percentiles;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;
import net.hybridgateway.lab.web.PageVisit;

/**
 * The fixed line falls silent, and in the second after that a page is opened every 20 ms. In every other round a download
 * runs meanwhile, whose silence the gateway can notice; in the others it has the newcomers alone to learn from. The download
 * goes on over cellular and fills it, so that a round trip there is longer than that of an idle line: each kind of round is
 * measured by the round trip that it has, as the kernel saw it ({@code TCP_INFO}).
 *
 * @param rounds how often
 */
public record NewcomerTrial(int rounds) implements Trial {
    private static final double FIXED_RTT_MILLIS = 20;
    private static final LineShape FIXED = LineShape.of(40, FIXED_RTT_MILLIS);
    private static final double CELLULAR_RTT_MILLIS = 50;
    private static final LineShape CELLULAR = LineShape.of(20, CELLULAR_RTT_MILLIS);
    /**
     * From the first SYN to the one over another uplink, at its shortest: three round trips (and 60 ms at least) until the
     * answer is overdue, and as much again for the conversion point to clear the line by an answer.
     */
    private static final double HEDGE_MILLIS = 2 * 3 * FIXED_RTT_MILLIS;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final Duration HOLD_DOWN = Duration.ofSeconds(1);
    private static final String ONLINE = "online";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration STILL = Duration.ofSeconds(1);
    private static final long MUCH = 500_000;

    @Override
    public TrialResult run() throws IOException {
        String configuration = GroundConfig.of("on-demand").holdDown(HOLD_DOWN).text();
        try (Ground ground = Ground.lay(HousePlan.shaped(FIXED, CELLULAR), configuration);
                LineMeter cellular = ground.meter(Access.CELLULAR)) {
            // Programs that have just started are slow, and what they learn of the lines is part of their work.
            List<PageVisit> healthy = visits(ground);
            List<PageVisit> alone = new ArrayList<>();
            List<PageVisit> accompanied = new ArrayList<>();
            List<Double> loadedMillis = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                Optional<Flow> company = round % 2 == 1 ? Optional.of(download(ground)) : Optional.empty();
                try {
                    BreakCase.SILENT.happen(ground.house());
                    (company.isPresent() ? accompanied : alone).addAll(visits(ground));
                    company.ifPresent(download -> loadedMillis.add(ground.view().rttMillis(Access.CELLULAR)));
                } finally {
                    BreakCase.mend(ground.house());
                    company.ifPresent(Flow::close);
                }
                awaitCalm(ground, cellular);
            }
            ground.checkAlive();
            return result(ground, healthy, alone, accompanied, loadedMillis);
        }
    }

    private static List<PageVisit> visits(Ground ground) {
        try (PageLoads loads = ground.pageLoads(PERIOD)) {
            Pause.of(SECOND);
            return loads.finish();
        }
    }

    private static Flow download(Ground ground) {
        Flow flow = ground.flow(TrafficKind.DOWNLOAD);
        if (!flow.awaitBytes(MUCH, PATIENCE)) {
            flow.close();
            throw new LabException("the download does not start");
        }
        return flow;
    }

    private static void awaitCalm(Ground ground, LineMeter cellular) {
        if (!Pause.until(
                PATIENCE,
                () -> cellular.isQuietFor(STILL)
                        && ground.view().state(Access.FIXED).equals(ONLINE))) {
            throw new LabException("the fixed line is not in use again");
        }
    }

    private TrialResult result(
            Ground ground,
            List<PageVisit> healthy,
            List<PageVisit> alone,
            List<PageVisit> accompanied,
            List<Double> loadedMillis) {
        List<PageVisit> all =
                Stream.concat(alone.stream(), accompanied.stream()).toList();
        Percentiles usual = setups(healthy);
        double loaded = loadedMillis.isEmpty()
                ? Double.NaN
                : Percentiles.of(loadedMillis).at(50);
        List<String> failures = all.stream()
                .flatMap(visit -> visit.failure().stream()
                        .map(failure -> String.format(Locale.ROOT, "after %.1f s: %s", visit.seconds(), failure)))
                .toList();
        return new TrialResult(
                "newcomers",
                List.of(
                        Figure.told("silent breaks", rounds, ""),
                        Figure.told("pages opened in the second after them", all.size(), ""),
                        Figure.atMost("failed", failures.size(), "", 0),
                        Figure.told("first byte on the healthy line, median", usual.at(50) * 1000, "ms"),
                        Figure.told("hedge delay", HEDGE_MILLIS, "ms"),
                        Figure.told("cellular round trip", CELLULAR_RTT_MILLIS, "ms"),
                        Figure.told("first byte after the break, median", millis(alone, 50), "ms"),
                        Figure.atMost(
                                "first byte after the break, 95 %",
                                millis(alone, 95), "ms", bound(CELLULAR_RTT_MILLIS)),
                        Figure.told("cellular round trip beside a download, median", loaded, "ms"),
                        Figure.told("first byte beside a download, median", millis(accompanied, 50), "ms"),
                        Figure.atMost(
                                "first byte beside a download, 95 %", millis(accompanied, 95), "ms", bound(loaded)),
                        Figure.told("first byte, slowest of all", setups(all).at(100) * 1000, "ms")),
                failures,
                ground.house().run().logs());
    }

    /** Three round trips over cellular, and the wait for the line that is silent. */
    private static double bound(double cellularRttMillis) {
        return 3 * cellularRttMillis + HEDGE_MILLIS;
    }

    private static double millis(List<PageVisit> visits, double percent) {
        return visits.isEmpty() ? Double.POSITIVE_INFINITY : setups(visits).at(percent) * 1000;
    }

    private static Percentiles setups(List<PageVisit> visits) {
        return Percentiles.of(visits.stream()
                .map(visit -> visit.isGood() ? visit.setupSeconds() : Double.POSITIVE_INFINITY)
                .toList());
    }
}
