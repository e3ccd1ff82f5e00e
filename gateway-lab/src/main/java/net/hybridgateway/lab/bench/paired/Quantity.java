package net.hybridgateway.lab.bench.paired;

import java.util.Locale;

/**
 * What is measured.
 *
 * @param word in results for programs
 * @param title for people
 * @param unit of the values; empty for a count
 * @param digits behind the point
 */
public record Quantity(String word, String title, String unit, int digits) {
    String show(double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    String titleWithUnit() {
        return unit.isEmpty() ? title : title + ", " + unit;
    }
}
