package net.hybridgateway.lab.bench.bulk;

import java.util.List;
import java.util.stream.Collectors;
import net.hybridgateway.lab.bench.rival.Leg;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.bench.rival.RivalColours;
import net.hybridgateway.lab.measure.LogAxis;
import net.hybridgateway.lab.measure.Svg;

/**
 * Draws what every run cost as a dot on a logarithmic axis, a panel for each leg, a row for each case, with a tick at the median.
 */
final class BulkChart {
    private static final int LEFT = 132;
    private static final int PANEL = 340;
    private static final int GUTTER = 28;
    private static final int TOP = 84;
    private static final int ROW = 26;
    private static final int BOTTOM = 56;
    private static final int LEGEND = 132;
    private static final LogAxis AXIS = new LogAxis(PANEL, 0.02, 20);
    private static final double[] GRID = {0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10};

    private final BulkOptions options;
    private final List<BulkFigures> figures;
    private final List<Rival> rivals;
    private final int bottom;
    private final Svg svg;

    private BulkChart(BulkOptions options, List<BulkFigures> figures) {
        this.options = options;
        this.figures = figures;
        this.rivals = options.rivals().stream()
                .filter(rival -> rival != Rival.FORWARDING)
                .collect(Collectors.toList());
        this.bottom = TOP + figures.size() / options.legs().size() * ROW;
        int width = Math.max(LEFT + options.legs().size() * (PANEL + GUTTER), 10 + rivals.size() * LEGEND);
        this.svg = new Svg(width, bottom + BOTTOM, "Processor seconds per GB", RivalColours.LIGHT, RivalColours.DARK);
    }

    static String of(BulkOptions options, List<BulkFigures> figures) {
        return new BulkChart(options, figures).draw();
    }

    private String draw() {
        svg.text(10, 22, "title", "start", "Processor seconds for each GB that was relayed");
        svg.text(10, bottom + 44, "axis", "start", "A dot is a run; bar: median. Less is better.");
        legend();
        int left = LEFT;
        for (Leg leg : options.legs()) {
            svg.text(left, TOP - 12, "head", "start", leg.title());
            grid(left);
            double middle = TOP + ROW / 2.0;
            for (BulkFigures row : figures) {
                if (row.kind().leg() == leg) {
                    row(left, middle, row);
                    if (left == LEFT) {
                        svg.text(10, middle + 4, "", "start", row.kind().title());
                    }
                    middle += ROW;
                }
            }
            left += PANEL + GUTTER;
        }
        return svg.toString();
    }

    private void legend() {
        double x = 10;
        for (Rival rival : rivals) {
            svg.legendDot(rival.toString(), x + 5, 42);
            svg.text(x + 14, 46, "", "start", rival.title());
            x += LEGEND;
        }
    }

    private void grid(int left) {
        for (double seconds : GRID) {
            double x = left + AXIS.at(seconds);
            svg.gridLine(x, TOP - 4, bottom);
            svg.text(x, bottom + 14, "axis", "middle", String.valueOf(seconds).replaceFirst("\\.0$", ""));
        }
        svg.text(left, bottom + 28, "axis", "start", "s/GB");
    }

    private void row(int left, double middle, BulkFigures row) {
        for (Rival rival : rivals) {
            for (BulkRun run : row.runs()) {
                if (run.rival() == rival) {
                    svg.dot(rival.toString(), left + AXIS.at(run.cpuPerGigabyte()), middle);
                }
            }
            row.costs(rival)
                    .ifPresent(costs -> svg.tick(rival + " median", left + AXIS.at(costs.at(50)), middle, ROW * 0.4));
        }
    }
}
