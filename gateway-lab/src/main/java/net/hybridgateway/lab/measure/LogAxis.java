package net.hybridgateway.lab.measure;

/**
 * A logarithmic axis.
 *
 * @param length in the drawing's units
 * @param least the value at its beginning, above 0; smaller ones are drawn there
 * @param most the value at its end; larger ones are drawn there
 */
public record LogAxis(int length, double least, double most) {
    /** From the axis' beginning. */
    public double at(double value) {
        double within = Math.min(most, Math.max(least, value));
        return length * Math.log(within / least) / Math.log(most / least);
    }
}
