package net.hybridgateway.lab.bench.paired;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.bench.rival.RivalColours;
import net.hybridgateway.lab.measure.LogAxis;
import net.hybridgateway.lab.measure.Svg;

/**
 * Draws each sample as a dot, with a tick at the median: below one another a panel for each quantity with a logarithmic axis of
 * its own, and in it a row for each case.
 */
final class PairedChart {
    private static final int LEFT = 250;
    private static final int WIDTH = 420;
    private static final int RIGHT = 40;
    private static final int TOP = 70;
    private static final int HEAD = 26;
    private static final int ROW = 22;
    private static final int FOOT = 30;
    private static final int LEGEND = 125;
    private static final double MARGIN = 1.3;
    private static final double[] STEPS = {1, 2, 5};
    private static final int MOST_GRID_LINES = 9;

    private final Samples samples;
    private final List<Rival> rivals;
    private final Svg svg;

    private PairedChart(String title, Samples samples) {
        this.samples = samples;
        this.rivals =
                samples.all().stream().map(Sample::rival).distinct().sorted().collect(Collectors.toList());
        int height = TOP
                + samples.quantities().stream()
                        .mapToInt(quantity ->
                                HEAD + ROW * samples.subjects(quantity).size() + FOOT)
                        .sum();
        this.svg = new Svg(
                Math.max(LEFT + WIDTH + RIGHT, 10 + rivals.size() * LEGEND),
                height,
                title,
                RivalColours.LIGHT,
                RivalColours.DARK);
    }

    static String of(String title, Samples samples) {
        return new PairedChart(title, samples).draw(title);
    }

    private String draw(String title) {
        svg.text(10, 22, "title", "start", title + " (a dot is a measurement; bar: median)");
        double x = 10;
        for (Rival rival : rivals) {
            svg.legendDot(rival.toString(), x + 5, 42);
            svg.text(x + 14, 46, "", "start", rival.title());
            x += LEGEND;
        }
        int top = TOP;
        for (Quantity quantity : samples.quantities()) {
            top = panel(quantity, top);
        }
        return svg.toString();
    }

    /** Gives where the next one begins. */
    private int panel(Quantity quantity, int top) {
        List<String> subjects = samples.subjects(quantity);
        int first = top + HEAD;
        int bottom = first + ROW * subjects.size();
        LogAxis axis = axis(quantity);
        svg.text(10, top + 16, "head", "start", quantity.titleWithUnit());
        grid(axis, first, bottom);
        double middle = first + ROW / 2.0;
        for (String subject : subjects) {
            svg.text(10, middle + 4, "", "start", subject);
            for (Rival rival : rivals) {
                row(axis, middle, subject, quantity, rival);
            }
            middle += ROW;
        }
        return bottom + FOOT;
    }

    private void row(LogAxis axis, double middle, String subject, Quantity quantity, Rival rival) {
        samples.of(subject, quantity, rival)
                .forEach(sample -> svg.dot(rival.toString(), LEFT + axis.at(sample.value()), middle));
        samples.median(subject, quantity, rival)
                .ifPresent(median -> svg.tick(rival + " median", LEFT + axis.at(median), middle, ROW * 0.4));
    }

    private LogAxis axis(Quantity quantity) {
        // What is nought or less has no place on a logarithmic axis: it is drawn at its beginning.
        List<Double> values = samples.all().stream()
                .filter(sample -> sample.quantity().equals(quantity) && sample.value() > 0)
                .map(Sample::value)
                .collect(Collectors.toList());
        double least = values.stream().mapToDouble(it -> it).min().orElse(1);
        double most = values.stream().mapToDouble(it -> it).max().orElse(1);
        return new LogAxis(WIDTH, least / MARGIN, most * MARGIN);
    }

    /** One significant digit, without an exponent. */
    private static String plain(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(1))
                .stripTrailingZeros()
                .toPlainString();
    }

    private void grid(LogAxis axis, int top, int bottom) {
        boolean decadesOnly = axis.most() / axis.least() > Math.pow(10, MOST_GRID_LINES / (double) STEPS.length);
        for (double decade = Math.pow(10, Math.floor(Math.log10(axis.least()))); decade <= axis.most(); decade *= 10) {
            for (double step : decadesOnly ? new double[] {1} : STEPS) {
                double value = decade * step;
                if (value >= axis.least() && value <= axis.most()) {
                    double x = LEFT + axis.at(value);
                    svg.gridLine(x, top, bottom);
                    svg.text(x, bottom + 13, "axis", "middle", plain(value));
                }
            }
        }
    }
}
