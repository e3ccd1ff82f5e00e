package net.hybridgateway.lab.bench.bulk;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.hybridgateway.lab.bench.rival.Leg;
import net.hybridgateway.lab.bench.rival.Rival;

/**
 * Draws what every run cost as a dot on a logarithmic axis, a panel for each leg, a row for each case, with a tick at the median;
 * as SVG without any outside resource. Colours follow the reader's light or dark theme.
 */
final class BulkChart {
    private static final String STYLE = """
            text { fill: #1f2328; font: 12px system-ui, sans-serif; }
            text.title { font-size: 15px; font-weight: 600; }
            text.head { font-weight: 600; }
            text.axis { fill: #57606a; font-size: 11px; }
            .grid { stroke: #d0d7de; stroke-width: 1; }
            .gateway { fill: #2f6fde; stroke: #2f6fde; }
            .haproxy { fill: #e8833a; stroke: #e8833a; }
            .haproxy-large { fill: #b35900; stroke: #b35900; }
            .haproxy-splice { fill: #2e8b57; stroke: #2e8b57; }
            .ss-redir { fill: #7d8590; stroke: #7d8590; }
            circle { fill-opacity: 0.45; stroke: none; }
            line.median { stroke-width: 3; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3; }
              text.axis { fill: #9da7b3; }
              .grid { stroke: #30363d; }
              .gateway { fill: #5b93f5; stroke: #5b93f5; }
              .haproxy { fill: #f0a35e; stroke: #f0a35e; }
              .haproxy-large { fill: #cf8a4a; stroke: #cf8a4a; }
              .haproxy-splice { fill: #56b881; stroke: #56b881; }
              .ss-redir { fill: #9da7b3; stroke: #9da7b3; }
            }
            """;

    private static final int LEFT = 132;
    private static final int PANEL = 340;
    private static final int GUTTER = 28;
    private static final int TOP = 84;
    private static final int ROW = 26;
    private static final int BOTTOM = 56;
    private static final int LEGEND = 132;
    private static final double CHEAPEST = 0.02;
    private static final double DEAREST = 20;
    private static final double[] GRID = {0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10};

    private final BulkOptions options;
    private final List<BulkFigures> figures;
    private final List<Rival> rivals;
    private final StringBuilder svg = new StringBuilder();

    private BulkChart(BulkOptions options, List<BulkFigures> figures) {
        this.options = options;
        this.figures = figures;
        this.rivals = options.rivals().stream()
                .filter(rival -> rival != Rival.FORWARDING)
                .collect(Collectors.toList());
    }

    static String of(BulkOptions options, List<BulkFigures> figures) {
        return new BulkChart(options, figures).draw();
    }

    private String draw() {
        int rows = figures.size() / options.legs().size();
        int width = Math.max(LEFT + options.legs().size() * (PANEL + GUTTER), 10 + rivals.size() * LEGEND);
        int bottom = TOP + rows * ROW;
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"Processor seconds per GB\">%n<style>%n%s</style>%n",
                width, bottom + BOTTOM, STYLE));
        text(10, 22, "title", "start", "Processor seconds for each GB that was relayed");
        text(10, bottom + 44, "axis", "start", "A dot is a run; bar: median. Less is better.");
        legend();
        int left = LEFT;
        for (Leg leg : options.legs()) {
            text(left, TOP - 12, "head", "start", leg.title());
            grid(left, bottom);
            double middle = TOP + ROW / 2.0;
            for (BulkFigures row : figures) {
                if (row.kind().leg() == leg) {
                    row(left, middle, row);
                    if (left == LEFT) {
                        text(10, middle + 4, "", "start", row.kind().title());
                    }
                    middle += ROW;
                }
            }
            left += PANEL + GUTTER;
        }
        return svg + "</svg>\n";
    }

    private void legend() {
        double x = 10;
        for (Rival rival : rivals) {
            svg.append(format("<circle class=\"%s\" cx=\"%.1f\" cy=\"42\" r=\"5\"/>%n", rival, x + 5));
            text(x + 14, 46, "", "start", rival.title());
            x += LEGEND;
        }
    }

    private void grid(int left, int bottom) {
        for (double seconds : GRID) {
            double x = left + x(seconds);
            svg.append(format(
                    "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n", x, x, TOP - 4, bottom));
            text(x, bottom + 14, "axis", "middle", String.valueOf(seconds).replaceFirst("\\.0$", ""));
        }
        text(left, bottom + 28, "axis", "start", "s/GB");
    }

    private void row(int left, double middle, BulkFigures row) {
        for (Rival rival : rivals) {
            for (BulkRun run : row.runs()) {
                if (run.rival() == rival) {
                    svg.append(format(
                            "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"/>%n",
                            rival, left + x(run.cpuPerGigabyte()), middle));
                }
            }
            row.costs(rival).ifPresent(costs -> {
                double x = left + x(costs.at(50));
                svg.append(format(
                        "<line class=\"%s median\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
                        rival, x, x, middle - ROW * 0.4, middle + ROW * 0.4));
            });
        }
    }

    private void text(double x, double y, String style, String anchor, String text) {
        svg.append(format(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", style, x, y, anchor, text));
    }

    /** From the panel's left edge. */
    private static double x(double seconds) {
        double within = Math.min(DEAREST, Math.max(CHEAPEST, seconds));
        return PANEL * Math.log(within / CHEAPEST) / Math.log(DEAREST / CHEAPEST);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
