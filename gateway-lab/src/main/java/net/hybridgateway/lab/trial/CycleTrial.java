package net.hybridgateway.lab.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.measure.Percentiles;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;

/**
 * The fixed line breaks and returns, again and again, in turn in each of some ways, under {@link MixedTraffic}. After each
 * return the trial waits until cellular stands still, and then for a while to see that it does.
 *
 * <p>The gateway's hold-down is kept from growing, or a hundred cycles would take a day: growth is forgotten by one doubling
 * per calm minute.
 *
 * @param cycles how often it breaks
 * @param breakages how it breaks, in turn
 * @param holdDown how long the gateway distrusts the line after each return
 * @param broken how long it stays broken
 */
public record CycleTrial(int cycles, List<BreakCase> breakages, Duration holdDown, Duration broken) implements Trial {
    private static final LineShape FIXED = LineShape.of(20, 20);
    private static final LineShape CELLULAR = LineShape.of(10, 50);
    private static final double DRAINED_SECONDS = 30;
    private static final String ONLINE = "online";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** The gateway has no subflow there, and cellular has stood still for so long: then it is drained. */
    private static final Duration STILL = Duration.ofSeconds(1);

    private static final Duration PROOF = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(100);

    public CycleTrial {
        breakages = List.copyOf(breakages);
    }

    /** What the trial saw of one cycle. */
    private record Cycle(double onlineSeconds, double drainedSeconds, long bytesBroken, long bytesAfterwards) {
        double sinceOnlineSeconds() {
            return Double.isInfinite(drainedSeconds) ? drainedSeconds : Math.max(0, drainedSeconds - onlineSeconds);
        }
    }

    @Override
    public TrialResult run() throws IOException {
        String configuration = GroundConfig.of("on-demand").holdDown(holdDown).text();
        try (Ground ground = Ground.lay(HousePlan.shaped(FIXED, CELLULAR), configuration);
                LineMeter cellular = ground.meter(Access.CELLULAR);
                MixedTraffic traffic = MixedTraffic.start(ground)) {
            List<Cycle> seen = new ArrayList<>();
            List<String> remarks = new ArrayList<>();
            for (int number = 1; number <= cycles; number++) {
                BreakCase breakage = breakages.get((number - 1) % breakages.size());
                String name = "cycle " + number + " (" + breakage.title() + ")";
                Cycle cycle = play(ground, cellular, breakage);
                seen.add(cycle);
                if (cycle.drainedSeconds() > DRAINED_SECONDS || cycle.bytesAfterwards() > 0) {
                    remarks.add(String.format(
                            Locale.ROOT,
                            "%s: online after %.1f s, drained after %.1f s, then %d bytes on cellular",
                            name,
                            cycle.onlineSeconds(),
                            cycle.drainedSeconds(),
                            cycle.bytesAfterwards()));
                    // What stays there, in the gateway's own words.
                    remarks.addAll(ground.view().text("connections"));
                }
                traffic.replaceDead(name);
                ground.checkAlive();
            }
            MixedTraffic.Outcome outcome = traffic.finish();
            remarks.addAll(outcome.losses());
            return result(seen, outcome, ground, remarks);
        }
    }

    private Cycle play(Ground ground, LineMeter cellular, BreakCase breakage) {
        long before = cellular.bytes();
        breakage.happen(ground.house());
        Pause.of(broken);
        long bytesBroken = cellular.bytes() - before;
        BreakCase.mend(ground.house());
        long returned = System.nanoTime();
        boolean online = await(() -> ground.view().state(Access.FIXED).equals(ONLINE));
        double onlineSeconds = online ? (System.nanoTime() - returned) / 1e9 : Double.POSITIVE_INFINITY;
        boolean drained = await(() -> ground.view().subflows(Access.CELLULAR) == 0) && awaitSilence(cellular);
        double drainedSeconds = drained ? (cellular.changedNanos() - returned) / 1e9 : Double.POSITIVE_INFINITY;
        long afterDrain = cellular.bytes();
        Pause.of(PROOF);
        return new Cycle(onlineSeconds, drainedSeconds, bytesBroken, cellular.bytes() - afterDrain);
    }

    /** The last subflows are not counted any more while they are being closed, and that takes some packets. */
    private static boolean awaitSilence(LineMeter cellular) {
        Pause.of(STILL);
        return await(() -> cellular.isQuietFor(STILL));
    }

    private static boolean await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Pause.of(LOOK);
        }
        return true;
    }

    private static TrialResult result(
            List<Cycle> seen, MixedTraffic.Outcome outcome, Ground ground, List<String> remarks) {
        Percentiles online =
                Percentiles.of(seen.stream().map(Cycle::onlineSeconds).toList());
        Percentiles drained =
                Percentiles.of(seen.stream().map(Cycle::drainedSeconds).toList());
        Percentiles sinceOnline =
                Percentiles.of(seen.stream().map(Cycle::sinceOnlineSeconds).toList());
        long foreign = ground.house().foreignSources(Access.CELLULAR);
        return new TrialResult(
                "cycles",
                List.of(
                        Figure.told("breaks and returns", seen.size(), ""),
                        Figure.told("connections", outcome.connections(), ""),
                        Figure.atMost("connections lost", outcome.losses().size(), "", 0),
                        Figure.atMost("wrong bytes", outcome.wrongBytes(), "", 0),
                        Figure.told("slowest page", outcome.slowestPageSeconds(), "s"),
                        Figure.told("fixed line in use again after its return, median", online.at(50), "s"),
                        Figure.told("cellular stands still after the return, median", drained.at(50), "s"),
                        Figure.atMost(
                                "cellular stands still after the return, slowest",
                                drained.at(100),
                                "s",
                                DRAINED_SECONDS),
                        Figure.told("of that, after the fixed line was in use again", sinceOnline.at(100), "s"),
                        Figure.atMost(
                                "bytes on cellular after it stood still",
                                seen.stream()
                                        .mapToDouble(Cycle::bytesAfterwards)
                                        .sum(),
                                "B",
                                0),
                        Figure.told(
                                "bytes on cellular in each break, mean",
                                seen.stream()
                                        .mapToDouble(Cycle::bytesBroken)
                                        .average()
                                        .orElse(Double.NaN),
                                "B"),
                        Figure.atMost("packets of the fixed line's address on cellular", (double) foreign, "", 0)),
                remarks,
                ground.house().run().logs());
    }
}
