package net.hybridgateway.lab.bench.failover;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.measure.LogAxis;
import net.hybridgateway.lab.measure.Svg;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.traffic.TrafficKind;

/**
 * Draws the longest gap of every break as a dot on a logarithmic axis, a panel for each kind of break and traffic, a row for
 * each system, with a tick at the median and one at the 99th percentile.
 */
final class BreakChart {
    private static final String LIGHT = """
            .gateway { fill: #2f6fde; stroke: #2f6fde; }
            .kernel-backup { fill: #e8833a; stroke: #e8833a; }
            .kernel-always { fill: #7d8590; stroke: #7d8590; }
            circle { fill-opacity: 0.45; stroke: none; }
            line.p50 { stroke-width: 3; }
            line.p99 { stroke-width: 1.5; stroke-dasharray: 3 2; }
            """;
    private static final String DARK = """
              .gateway { fill: #5b93f5; stroke: #5b93f5; }
              .kernel-backup { fill: #f0a35e; stroke: #f0a35e; }
              .kernel-always { fill: #9da7b3; stroke: #9da7b3; }
            """;

    private static final int LEFT = 168;
    private static final int PANEL = 220;
    private static final int GUTTER = 24;
    private static final int TOP = 84;
    private static final int ROW = 22;
    private static final int ROWS_GAP = 16;
    private static final int BOTTOM = 56;

    private static final LogAxis AXIS = new LogAxis(PANEL, 0.03, 10);
    private static final double[] GRID_SECONDS = {0.05, 0.1, 0.2, 0.5, 1, 2, 5};
    // Beyond the axis: what did not end.
    private static final double ENDLESS_AT = 1.06;

    private final BreakOptions options;
    private final List<BreakTrial> trials;
    private final int caseHeight;
    private final int bottom;
    private final Svg svg;

    private BreakChart(BreakOptions options, List<BreakTrial> trials) {
        this.options = options;
        this.trials = trials;
        this.caseHeight = options.contenders().size() * ROW + ROWS_GAP;
        this.bottom = TOP + options.cases().size() * caseHeight;
        int width = LEFT + options.traffic().size() * (PANEL + GUTTER);
        this.svg = new Svg(width, bottom + BOTTOM, "Longest gap of every break", LIGHT, DARK);
    }

    static String of(BreakOptions options, List<BreakTrial> trials) {
        return new BreakChart(options, trials).draw();
    }

    private String draw() {
        svg.text(10, bottom + 44, "axis", "start", "A dot is a break; bar: median, dashes: 99th percentile.");
        svg.text(10, 22, "title", "start", "Longest time without a byte after a break of the fixed line");
        legend();
        int left = LEFT;
        for (TrafficKind kind : options.traffic()) {
            svg.text(left, TOP - 12, "head", "start", BenchOptions.word(kind));
            grid(left, bottom - ROWS_GAP);
            int top = TOP;
            for (BreakCase breakCase : options.cases()) {
                panel(left, top, breakCase, kind);
                top += caseHeight;
            }
            left += PANEL + GUTTER;
        }
        int top = TOP;
        for (BreakCase breakCase : options.cases()) {
            svg.text(10, top + ROW * 0.7, "head", "start", breakCase.title());
            top += caseHeight;
        }
        return svg.toString();
    }

    private void legend() {
        double x = 10;
        for (Contender contender : options.contenders()) {
            svg.legendDot(contender.toString(), x + 5, 42);
            svg.text(x + 16, 46, "", "start", contender.title());
            x += 150;
        }
    }

    private void grid(int left, int end) {
        for (double seconds : GRID_SECONDS) {
            double x = left + x(seconds);
            svg.gridLine(x, TOP - 4, end);
            svg.text(
                    x,
                    end + 14,
                    "axis",
                    "middle",
                    String.format(Locale.ROOT, seconds < 1 ? "%.2f" : "%.0f", seconds)
                            .replaceFirst("0$", ""));
        }
        svg.text(left + ENDLESS_AT * PANEL, end + 14, "axis", "middle", "∞");
        svg.text(left, end + 28, "axis", "start", "seconds");
    }

    private void panel(int left, int top, BreakCase breakCase, TrafficKind kind) {
        double y = top + ROW / 2.0;
        for (Contender contender : options.contenders()) {
            List<Double> gaps = trials.stream()
                    .filter(it -> it.contender() == contender && it.breakCase() == breakCase && it.traffic() == kind)
                    .map(it -> it.interruption().gapSeconds())
                    .collect(Collectors.toList());
            for (int i = 0; i < gaps.size(); i++) {
                // Spread over the row, or equal ones would hide each other.
                double spread = (i % 5 - 2) * ROW / 8.0;
                svg.dot(contender.toString(), left + x(gaps.get(i)), y + spread);
            }
            double middle = y;
            BreakFigures.of(contender, breakCase, kind, trials).ifPresent(figures -> {
                svg.tick(contender + " p50", left + x(figures.gap().at(50)), middle, ROW * 0.45);
                svg.tick(contender + " p99", left + x(figures.gap().at(99)), middle, ROW * 0.45);
            });
            y += ROW;
        }
    }

    /** From the panel's left edge. */
    private static double x(double seconds) {
        return Double.isInfinite(seconds) ? ENDLESS_AT * PANEL : AXIS.at(seconds);
    }
}
