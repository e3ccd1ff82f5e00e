package net.hybridgateway.lab.bench.bulk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.hybridgateway.lab.bench.rival.Leg;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.Percentiles;

/**
 * What the runs of one case come to, and the bounds that this gateway has to keep to.
 *
 * @param kind the case
 * @param runs its runs, of all rivals and rounds
 */
record BulkFigures(BulkCase kind, List<BulkRun> runs) {
    private static final double COST_TO_HAPROXY = 0.90;
    private static final double COST_TO_SPLICE = 1.10;
    private static final double COST_TO_SS_REDIR = 0.50;
    private static final double GOODPUT_TO_HAPROXY = 1.0;

    /** Of those of all cases. */
    static BulkFigures of(BulkCase kind, List<BulkRun> all) {
        return new BulkFigures(
                kind, all.stream().filter(run -> run.kind().equals(kind)).collect(Collectors.toList()));
    }

    /** Processor seconds per GB of one rival's runs; nothing if it did not take part. */
    Optional<Percentiles> costs(Rival rival) {
        return of(rival, BulkRun::cpuPerGigabyte);
    }

    /** Gbit/s that arrived in one rival's runs. */
    Optional<Percentiles> goodputs(Rival rival) {
        return of(rival, BulkRun::gigabitsPerSecond);
    }

    private Optional<Percentiles> of(Rival rival, ToDoubleFunction<BulkRun> value) {
        List<Double> values = runsOf(rival).map(value::applyAsDouble).collect(Collectors.toList());
        return values.isEmpty() ? Optional.empty() : Optional.of(Percentiles.of(values));
    }

    private Stream<BulkRun> runsOf(Rival rival) {
        return runs.stream().filter(run -> run.rival() == rival);
    }

    /** This gateway's cost to another's: the median of the ratios of all pairs. */
    Optional<Double> costTo(Rival other) {
        return ratioTo(other, BulkRun::cpuPerGigabyte);
    }

    private Optional<Double> ratioTo(Rival other, ToDoubleFunction<BulkRun> value) {
        Map<Integer, Double> theirs = runsOf(other).collect(Collectors.toMap(BulkRun::round, value::applyAsDouble));
        List<Double> ratios = runsOf(Rival.GATEWAY)
                .filter(run -> theirs.containsKey(run.round()))
                .map(run -> value.applyAsDouble(run) / theirs.get(run.round()))
                .collect(Collectors.toList());
        return ratios.isEmpty()
                ? Optional.empty()
                : Optional.of(Percentiles.of(ratios).at(50));
    }

    /** To HAProxy with the setting that costs it least here. */
    Optional<Double> costToHaproxy() {
        return haproxies()
                .min(Comparator.comparingDouble(it -> costs(it).orElseThrow().at(50)))
                .flatMap(this::costTo);
    }

    /** To HAProxy with the setting that is fastest here. */
    Optional<Double> goodputToHaproxy() {
        return haproxies()
                .max(Comparator.comparingDouble(it -> goodputs(it).orElseThrow().at(50)))
                .flatMap(it -> ratioTo(it, BulkRun::gigabitsPerSecond));
    }

    private Stream<Rival> haproxies() {
        return Stream.of(Rival.values())
                .filter(it -> it.isHaproxy() && costs(it).isPresent());
    }

    /** One line for each bound that is missed. */
    List<String> misses() {
        List<String> misses = new ArrayList<>();
        if (kind.leg() == Leg.MPTCP) {
            atMost(misses, "processor time to HAProxy's best", costToHaproxy(), COST_TO_HAPROXY);
            goodputToHaproxy()
                    .filter(ratio -> ratio < GOODPUT_TO_HAPROXY)
                    .ifPresent(ratio -> misses.add(miss("goodput to HAProxy's best", ratio, "≥", GOODPUT_TO_HAPROXY)));
        } else {
            atMost(misses, "processor time to HAProxy's splice", costTo(Rival.HAPROXY_SPLICE), COST_TO_SPLICE);
        }
        atMost(misses, "processor time to ss-redir", costTo(Rival.SS_REDIR), COST_TO_SS_REDIR);
        return misses;
    }

    private void atMost(List<String> misses, String what, Optional<Double> ratio, double most) {
        ratio.filter(it -> it > most).ifPresent(it -> misses.add(miss(what, it, "≤", most)));
    }

    private String miss(String what, double ratio, String sign, double bound) {
        return String.format(
                Locale.ROOT,
                "%s, %s: %s %.3f, wanted %s %.2f",
                kind.leg().title(),
                kind.title(),
                what,
                ratio,
                sign,
                bound);
    }
}
