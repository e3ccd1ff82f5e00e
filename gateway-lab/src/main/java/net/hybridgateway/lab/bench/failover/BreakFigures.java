package net.hybridgateway.lab.bench.failover;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.hybridgateway.lab.measure.Percentiles;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;

/**
 * What one contender's breaks of one kind come to.
 *
 * @param contender who
 * @param gap longest gaps, in seconds; of an echo, the longest time between two replies
 * @param second of a download or upload, seconds until the rate was back; of an echo, the gap less the sending interval
 * @param deaths connections that died
 */
record BreakFigures(Contender contender, Percentiles gap, Percentiles second, long deaths) {
    private static final double INTERVAL_SECONDS = Flow.ECHO_INTERVAL.toMillis() / 1e3;

    /** Of the contender's breaks of one kind; nothing if there was none. */
    static Optional<BreakFigures> of(
            Contender contender, BreakCase breakCase, TrafficKind traffic, List<BreakTrial> trials) {
        List<BreakTrial> ours = trials.stream()
                .filter(it -> it.contender() == contender && it.breakCase() == breakCase && it.traffic() == traffic)
                .collect(Collectors.toList());
        if (ours.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BreakFigures(
                contender,
                percentiles(ours, Interruption::gapSeconds),
                percentiles(ours, it -> it.backSeconds().orElse(it.gapSeconds() - INTERVAL_SECONDS)),
                ours.stream().filter(it -> it.death().isPresent()).count()));
    }

    private static Percentiles percentiles(List<BreakTrial> trials, Function<Interruption, Double> figure) {
        return Percentiles.of(
                trials.stream().map(it -> figure.apply(it.interruption())).collect(Collectors.toList()));
    }
}
