package net.hybridgateway.lab.bench.failover;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.traffic.TrafficKind;

/**
 * Draws the longest gap of every break as a dot on a logarithmic axis, a panel for each kind of break and traffic, a row for
 * each system, with a tick at the median and one at the 99th percentile; as SVG without any outside resource. Colours
 * follow the reader's light or dark theme.
 */
final class BreakChart {
    private static final String STYLE = """
            text { fill: #1f2328; font: 12px system-ui, sans-serif; }
            text.title { font-size: 15px; font-weight: 600; }
            text.head { font-weight: 600; }
            text.axis { fill: #57606a; font-size: 11px; }
            .grid { stroke: #d0d7de; stroke-width: 1; }
            .gateway { fill: #2f6fde; stroke: #2f6fde; }
            .kernel-backup { fill: #e8833a; stroke: #e8833a; }
            .kernel-always { fill: #7d8590; stroke: #7d8590; }
            circle { fill-opacity: 0.45; stroke: none; }
            line.p50 { stroke-width: 3; }
            line.p99 { stroke-width: 1.5; stroke-dasharray: 3 2; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3; }
              text.axis { fill: #9da7b3; }
              .grid { stroke: #30363d; }
              .gateway { fill: #5b93f5; stroke: #5b93f5; }
              .kernel-backup { fill: #f0a35e; stroke: #f0a35e; }
              .kernel-always { fill: #9da7b3; stroke: #9da7b3; }
            }
            """;

    private static final int LEFT = 168;
    private static final int PANEL = 220;
    private static final int GUTTER = 24;
    private static final int TOP = 84;
    private static final int ROW = 22;
    private static final int ROWS_GAP = 16;
    private static final int BOTTOM = 56;
    private static final double RADIUS = 2.5;

    private static final double SHORTEST_SECONDS = 0.03;
    private static final double LONGEST_SECONDS = 10;
    private static final double[] GRID_SECONDS = {0.05, 0.1, 0.2, 0.5, 1, 2, 5};
    // Beyond the axis: what did not end.
    private static final double ENDLESS_AT = 1.06;

    private final BreakOptions options;
    private final List<BreakTrial> trials;
    private final StringBuilder svg = new StringBuilder();

    private BreakChart(BreakOptions options, List<BreakTrial> trials) {
        this.options = options;
        this.trials = trials;
    }

    static String of(BreakOptions options, List<BreakTrial> trials) {
        return new BreakChart(options, trials).draw();
    }

    private String draw() {
        int caseHeight = options.contenders().size() * ROW + ROWS_GAP;
        int width = LEFT + options.traffic().size() * (PANEL + GUTTER);
        int bottom = TOP + options.cases().size() * caseHeight;
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"Longest gap of every break\">%n<style>%n%s</style>%n",
                width, bottom + BOTTOM, STYLE));
        text(10, bottom + 44, "axis", "start", "A dot is a break; bar: median, dashes: 99th percentile.");
        text(10, 22, "title", "start", "Longest time without a byte after a break of the fixed line");
        legend();
        int left = LEFT;
        for (TrafficKind kind : options.traffic()) {
            text(left, TOP - 12, "head", "start", BenchOptions.word(kind));
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
            text(10, top + ROW * 0.7, "head", "start", breakCase.title());
            top += caseHeight;
        }
        return svg + "</svg>\n";
    }

    private void legend() {
        double x = 10;
        for (Contender contender : options.contenders()) {
            svg.append(format("<circle class=\"%s\" cx=\"%.1f\" cy=\"42\" r=\"5\"/>%n", contender, x + 5));
            text(x + 16, 46, "", "start", contender.title());
            x += 150;
        }
    }

    private void grid(int left, int bottom) {
        for (double seconds : GRID_SECONDS) {
            double x = left + x(seconds);
            svg.append(format(
                    "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n", x, x, TOP - 4, bottom));
            text(
                    x,
                    bottom + 14,
                    "axis",
                    "middle",
                    format(seconds < 1 ? "%.2f" : "%.0f", seconds).replaceFirst("0$", ""));
        }
        text(left + ENDLESS_AT * PANEL, bottom + 14, "axis", "middle", "∞");
        text(left, bottom + 28, "axis", "start", "seconds");
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
                svg.append(format(
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>%n",
                        contender, left + x(gaps.get(i)), y + spread, RADIUS));
            }
            double middle = y;
            BreakFigures.of(contender, breakCase, kind, trials).ifPresent(figures -> {
                tick(contender, "p50", left + x(figures.gap().at(50)), middle);
                tick(contender, "p99", left + x(figures.gap().at(99)), middle);
            });
            y += ROW;
        }
    }

    private void tick(Contender contender, String style, double x, double middle) {
        svg.append(format(
                "<line class=\"%s %s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
                contender, style, x, x, middle - ROW * 0.45, middle + ROW * 0.45));
    }

    private void text(double x, double y, String style, String anchor, String text) {
        svg.append(format(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", style, x, y, anchor, text));
    }

    /** From the panel's left edge. */
    private static double x(double seconds) {
        if (Double.isInfinite(seconds)) {
            return ENDLESS_AT * PANEL;
        }
        double within = Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, seconds));
        return PANEL * Math.log(within / SHORTEST_SECONDS) / Math.log(LONGEST_SECONDS / SHORTEST_SECONDS);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
