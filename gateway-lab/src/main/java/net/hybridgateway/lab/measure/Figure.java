package net.hybridgateway.lab.measure;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One number that a trial measured.
 *
 * @param name what it is, in words
 * @param unit of the value and of its bound; empty for a count
 * @param bound what it must keep to; empty for a figure that is only told
 */
public record Figure(String name, double value, String unit, Optional<Bound> bound) {
    /** What a figure must keep to. */
    public record Bound(Side side, double value) {
        /** On which side of the value the figure must be; the value itself is good. */
        public enum Side {
            AT_MOST("≤"),
            AT_LEAST("≥");

            private final String sign;

            Side(String sign) {
                this.sign = sign;
            }
        }

        boolean holds(double measured) {
            return side == Side.AT_MOST ? measured <= value : measured >= value;
        }

        @Override
        public String toString() {
            return side.sign + " " + number(value);
        }
    }

    public Figure {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(bound, "bound");
    }

    public static Figure told(String name, double value, String unit) {
        return new Figure(name, value, unit, Optional.empty());
    }

    public static Figure atMost(String name, double value, String unit, double most) {
        return new Figure(name, value, unit, Optional.of(new Bound(Bound.Side.AT_MOST, most)));
    }

    public static Figure atLeast(String name, double value, String unit, double least) {
        return new Figure(name, value, unit, Optional.of(new Bound(Bound.Side.AT_LEAST, least)));
    }

    /** True if it keeps to its bound, or has none. */
    public boolean isGood() {
        return bound.map(it -> it.holds(value)).orElse(true);
    }

    /** The value with its unit, for people. */
    public String measured() {
        return (number(value) + " " + unit).strip();
    }

    /** One line of a table. */
    public String toRow() {
        String verdict = bound.map(it ->
                        (isGood() ? "ok      " : "MISSED  ") + it.side().sign + " " + number(it.value()) + " " + unit)
                .orElse("");
        return String.format(Locale.ROOT, "  %-58s %10s %-6s  %s", name, number(value), unit, verdict)
                .stripTrailing();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%d", Math.round(value))
                : String.format(Locale.ROOT, "%.3f", value);
    }
}
