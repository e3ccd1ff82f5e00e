package net.hybridgateway.lab.measure;

import java.util.Arrays;
import java.util.Collection;

/**
 * Nearest-rank percentiles: the smallest value that is not below the given share of all. So each is a value that was
 * measured. Infinite values count as any other: what never ended is not left out.
 */
public final class Percentiles {
    private final double[] sorted;

    private Percentiles(double[] sorted) {
        this.sorted = sorted;
    }

    /**
     * Of these values, in any order.
     *
     * @throws IllegalArgumentException if there is none, or one is not a number
     */
    public static Percentiles of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0 || Arrays.stream(sorted).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("percentiles of " + values);
        }
        return new Percentiles(sorted);
    }

    /**
     * One of them.
     *
     * @param percent above 0, up to 100
     */
    public double at(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("no percentile: " + percent);
        }
        // Rounded to a millionth first: 95 % of 20 shall be the 19th, whatever the division makes of it.
        double rank = Math.ceil(Math.rint(percent * sorted.length * 1e4) / 1e6);
        return sorted[(int) rank - 1];
    }

    /** The smallest value. */
    public double least() {
        return sorted[0];
    }

    public int count() {
        return sorted.length;
    }
}
