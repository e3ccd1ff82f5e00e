package net.hybridgateway.lab.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import net.hybridgateway.lab.measure.Percentiles;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;

/**
 * The fixed line falls silent, and in the second after that a page is opened every 20 ms. In every other round a download
 * runs meanwhile, whose silence the gateway can notice; in the others it has the newcomers alone to learn from.
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
            for (int round = 0; round < rounds; round++) {
                Optional<Flow> company = round % 2 == 1 ? Optional.of(download(ground)) : Optional.empty();
                try {
                    BreakCase.SILENT.happen(ground.house());
                    (company.isPresent() ? accompanied : alone).addAll(visits(ground));
                } finally {
                    BreakCase.mend(ground.house());
                    company.ifPresent(Flow::close);
                }
                awaitCalm(ground, cellular);
            }
            ground.checkAlive();
            return result(ground, healthy, alone, accompanied);
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
            Ground ground, List<PageVisit> healthy, List<PageVisit> alone, List<PageVisit> accompanied) {
        List<PageVisit> all =
                Stream.concat(alone.stream(), accompanied.stream()).toList();
        Percentiles usual = setups(healthy);
        Percentiles setup = setups(all);
        double bound = 3 * CELLULAR_RTT_MILLIS + HEDGE_MILLIS;
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
                        Figure.told("cellular round trip", CELLULAR_RTT_MILLIS, "ms"),
                        Figure.told("hedge delay", HEDGE_MILLIS, "ms"),
                        Figure.told("first byte after the break, median", setup.at(50) * 1000, "ms"),
                        Figure.atMost("first byte after the break, 95 %", setup.at(95) * 1000, "ms", bound),
                        Figure.told("the same with nothing else on the line", percent95(alone), "ms"),
                        Figure.told("the same beside a download", percent95(accompanied), "ms"),
                        Figure.told("first byte after the break, slowest", setup.at(100) * 1000, "ms")),
                failures,
                ground.house().run().logs());
    }

    private static double percent95(List<PageVisit> visits) {
        return visits.isEmpty() ? Double.POSITIVE_INFINITY : setups(visits).at(95) * 1000;
    }

    private static Percentiles setups(List<PageVisit> visits) {
        return Percentiles.of(visits.stream()
                .map(visit -> visit.isGood() ? visit.setupSeconds() : Double.POSITIVE_INFINITY)
                .toList());
    }
}
