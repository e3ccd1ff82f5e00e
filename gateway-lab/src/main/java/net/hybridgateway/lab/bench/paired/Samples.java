package net.hybridgateway.lab.bench.paired;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.measure.Percentiles;

/** What was measured, in that order. */
public record Samples(List<Sample> all) {
    public Samples {
        all = List.copyOf(all);
    }

    /** What was measured of, in the order of its first sample. */
    List<Quantity> quantities() {
        return all.stream().map(Sample::quantity).distinct().collect(Collectors.toList());
    }

    /** The cases in which this was measured, in the order of their first samples. */
    public List<String> subjects(Quantity quantity) {
        return distinct(quantity, Sample::subject);
    }

    /** Who was measured, in the order of the constants. */
    List<Rival> rivals(Quantity quantity) {
        return distinct(quantity, Sample::rival).stream().sorted().collect(Collectors.toList());
    }

    private <T> List<T> distinct(Quantity quantity, Function<Sample, T> key) {
        return all.stream()
                .filter(sample -> sample.quantity().equals(quantity))
                .map(key)
                .distinct()
                .collect(Collectors.toList());
    }

    Stream<Sample> of(String subject, Quantity quantity, Rival rival) {
        return all.stream()
                .filter(sample -> sample.subject().equals(subject)
                        && sample.quantity().equals(quantity)
                        && sample.rival() == rival);
    }

    /** The values of one rival in one case; nothing if there are none. */
    public Optional<Percentiles> values(String subject, Quantity quantity, Rival rival) {
        List<Double> values = of(subject, quantity, rival).map(Sample::value).collect(Collectors.toList());
        return values.isEmpty() ? Optional.empty() : Optional.of(Percentiles.of(values));
    }

    /** The median of one rival in one case; nothing if it was not measured. */
    public Optional<Double> median(String subject, Quantity quantity, Rival rival) {
        return values(subject, quantity, rival).map(it -> it.at(50));
    }

    /** This gateway's value to another's: the median of the ratios within each round. */
    public Optional<Double> ratio(String subject, Quantity quantity, Rival other) {
        Map<Integer, Double> theirs =
                of(subject, quantity, other).collect(Collectors.toMap(Sample::round, Sample::value));
        List<Double> ratios = new ArrayList<>();
        of(subject, quantity, Rival.GATEWAY)
                .filter(sample -> theirs.containsKey(sample.round()))
                .forEach(sample -> ratios.add(sample.value() / theirs.get(sample.round())));
        return ratios.isEmpty()
                ? Optional.empty()
                : Optional.of(Percentiles.of(ratios).at(50));
    }

    /** In each case, how this gateway keeps to at most so many times another's. */
    public List<Figure> ratiosAtMost(Quantity quantity, Rival other, double most) {
        return ratios(quantity, other, (name, ratio) -> Figure.atMost(name, ratio, "", most));
    }

    /** In each case, how this gateway keeps to at least so many times another's. */
    public List<Figure> ratiosAtLeast(Quantity quantity, Rival other, double least) {
        return ratios(quantity, other, (name, ratio) -> Figure.atLeast(name, ratio, "", least));
    }

    private interface Bound {
        Figure of(String name, double ratio);
    }

    private List<Figure> ratios(Quantity quantity, Rival other, Bound bound) {
        return subjects(quantity).stream()
                .flatMap(subject -> ratio(subject, quantity, other)
                        .map(ratio -> bound.of(subject + ": " + quantity.title() + ", to " + other.title(), ratio))
                        .stream())
                .collect(Collectors.toList());
    }
}
