package net.hybridgateway.lab.bench.bonding;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import net.hybridgateway.lab.measure.Percentiles;

/**
 * The medians of one case's trials. Ratios are taken within a trial, where both sides had the same machine.
 *
 * @param sum the lines alone, added, in bit/s
 * @param gatewayShare this gateway's part of that sum
 * @param rawShare raw Multipath TCP's part of it
 * @param toRaw this gateway to raw Multipath TCP
 * @param toBest this gateway to the better line alone
 * @param lowestToRaw the worst trial's
 */
record BondFigures(
        BondCase bondCase,
        double sum,
        double gatewayShare,
        double rawShare,
        double toRaw,
        double toBest,
        double lowestToRaw) {
    /** Of what raw Multipath TCP reaches. */
    static final double LEAST_TO_RAW = 0.97;

    /** Of what the better line alone reaches. */
    static final double LEAST_TO_BEST = 0.95;

    /** @param trials at least one, all of this case */
    static BondFigures of(BondCase bondCase, List<BondTrial> trials) {
        return new BondFigures(
                bondCase,
                median(trials, BondTrial::sum),
                median(trials, trial -> trial.gateway() / trial.sum()),
                median(trials, trial -> trial.raw() / trial.sum()),
                median(trials, trial -> trial.gateway() / trial.raw()),
                median(trials, trial -> trial.gateway() / trial.best()),
                trials.stream()
                        .mapToDouble(trial -> trial.gateway() / trial.raw())
                        .min()
                        .orElseThrow());
    }

    private static double median(List<BondTrial> trials, ToDoubleFunction<BondTrial> figure) {
        return Percentiles.of(trials.stream().map(figure::applyAsDouble).toList())
                .at(50);
    }

    boolean isGood() {
        return toRaw >= LEAST_TO_RAW && toBest >= LEAST_TO_BEST;
    }

    /** As the report's columns are. */
    List<String> cells() {
        return List.of(
                String.format(Locale.ROOT, "%.1f", sum / 1e6),
                ratio(gatewayShare),
                ratio(rawShare),
                ratio(toRaw) + (toRaw < LEAST_TO_RAW ? " !" : ""),
                ratio(lowestToRaw),
                ratio(toBest) + (toBest < LEAST_TO_BEST ? " !" : ""));
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
