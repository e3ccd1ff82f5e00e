package net.hybridgateway.lab.demo;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.hybridgateway.lab.net.Access;

/**
 * Draws what each uplink carried over time, one area upon the other, as SVG without any outside resource. Colours follow
 * the reader's light or dark theme.
 */
final class RateChart {
    static final int WIDTH = 860;
    static final int HEIGHT = 300;

    static final String STYLE = """
            svg text { fill: #1f2328; font: 13px system-ui, sans-serif; }
            svg text.title { font-size: 15px; font-weight: 600; }
            svg text.mark { fill: #57606a; font-size: 12px; }
            svg .grid { stroke: #d0d7de; stroke-width: 1; }
            svg .cutline { stroke: #57606a; stroke-width: 1.5; stroke-dasharray: 4 3; }
            svg .fixed { fill: #2f6fde; }
            svg .cellular { fill: #e8833a; }
            @media (prefers-color-scheme: dark) {
              svg text { fill: #e6edf3; }
              svg text.mark { fill: #9da7b3; }
              svg .grid { stroke: #30363d; }
              svg .cutline { stroke: #9da7b3; }
              svg .fixed { fill: #5b93f5; }
              svg .cellular { fill: #f0a35e; }
            }
            """;

    private static final int LEFT = 52;
    private static final int RIGHT = 14;
    private static final int TOP = 58;
    private static final int BOTTOM = 34;
    private static final int GRID_LINES = 4;
    private static final double HEADROOM = 1.05;

    private final Outage outage;
    private final double seconds;
    private final double top;
    private final StringBuilder svg = new StringBuilder();

    private RateChart(Outage outage, double top) {
        this.outage = outage;
        this.seconds = Math.max(1, (outage.endNanos() - outage.startNanos()) / 1e9);
        this.top = top;
    }

    /** A file of its own: all outages, one below the other. */
    static String document(Figures figures) {
        StringBuilder all = new StringBuilder();
        int y = 0;
        for (Outage outage : figures.outages()) {
            all.append(String.format("<g transform=\"translate(0 %d)\">%n%s</g>%n", y, drawing(figures, outage)));
            y += HEIGHT;
        }
        return open(y) + "<style>\n" + STYLE + "</style>\n" + all + "</svg>\n";
    }

    /** One outage, for a page that has {@link #STYLE}. */
    static String inline(Figures figures, Outage outage) {
        return open(HEIGHT) + drawing(figures, outage) + "</svg>\n";
    }

    private static String open(int height) {
        return String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"Rate of each uplink over time\">%n",
                WIDTH, height);
    }

    private static String drawing(Figures figures, Outage outage) {
        double lines = figures.options().fixed().downBitsPerSecond()
                + figures.options().cellular().downBitsPerSecond();
        return new RateChart(outage, roundedUp(lines * HEADROOM / 1e6)).draw();
    }

    /** The next height whose quarters are 1, 2, 2.5 or 5 times a power of ten. */
    static double roundedUp(double megabits) {
        double quarter = megabits / GRID_LINES;
        double power = Math.pow(10, Math.floor(Math.log10(quarter)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power >= quarter) {
                return factor * power * GRID_LINES;
            }
        }
        return 10 * power * GRID_LINES;
    }

    private String draw() {
        String title =
                "Cellular " + outage.cellularUse() + ": " + outage.gapText() + ", " + Figures.sameOrNot(outage.exact());
        text(LEFT, 22, "title", "start", title);
        legend();
        grid();
        areas();
        mark(outage.cutNanos(), "break");
        mark(outage.mendNanos(), "return");
        return svg.toString();
    }

    private void legend() {
        svg.append(format("<rect class=\"fixed\" x=\"%d\" y=\"12\" width=\"12\" height=\"12\"/>", WIDTH - 190));
        text(WIDTH - 172, 22, "", "start", "fixed");
        svg.append(format("<rect class=\"cellular\" x=\"%d\" y=\"12\" width=\"12\" height=\"12\"/>", WIDTH - 110));
        text(WIDTH - 92, 22, "", "start", "cellular");
    }

    private void grid() {
        for (int i = 0; i <= GRID_LINES; i++) {
            double megabits = top * i / GRID_LINES;
            double y = y(megabits * 1e6);
            svg.append(format(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>%n", LEFT, WIDTH - RIGHT, y, y));
            text(
                    LEFT - 8,
                    y + 4,
                    "",
                    "end",
                    new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(megabits));
        }
        text(LEFT, TOP - 12, "mark", "start", "Mbit/s");
        double step = Math.max(1, Math.ceil(seconds / 10));
        for (double second = 0; second <= seconds; second += step) {
            text(
                    x(outage.startNanos() + (long) (second * 1e9)),
                    HEIGHT - BOTTOM + 18,
                    "",
                    "middle",
                    format("%.0f s", second));
        }
    }

    private void areas() {
        List<String> lower = new ArrayList<>();
        List<String> upper = new ArrayList<>();
        List<UplinkSample> samples = outage.samples();
        for (int i = 1; i < samples.size(); i++) {
            UplinkSample now = samples.get(i);
            if (now.nanos() - outage.startNanos() >= 0 && now.nanos() - outage.endNanos() <= 0) {
                double fixed = now.bitsPerSecondSince(samples.get(i - 1), Access.FIXED);
                double cellular = now.bitsPerSecondSince(samples.get(i - 1), Access.CELLULAR);
                lower.add(format("%.1f,%.1f", x(now.nanos()), y(fixed)));
                upper.add(0, format("%.1f,%.1f", x(now.nanos()), y(fixed + cellular)));
            }
        }
        if (lower.isEmpty()) {
            return;
        }
        String floor = format("%d,%.1f %d,%.1f", WIDTH - RIGHT, y(0), LEFT, y(0));
        svg.append("<polygon class=\"fixed\" points=\"")
                .append(String.join(" ", lower))
                .append(' ')
                .append(floor);
        svg.append("\"/>\n<polygon class=\"cellular\" points=\"")
                .append(String.join(" ", lower))
                .append(' ');
        svg.append(String.join(" ", upper)).append("\"/>\n");
    }

    private void mark(long nanos, String label) {
        double x = x(nanos);
        svg.append(format(
                "<line class=\"cutline\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%.1f\"/>%n", x, x, TOP - 8, y(0)));
        text(x, TOP - 12, "mark", "middle", label);
    }

    private void text(double x, double y, String style, String anchor, String text) {
        svg.append(format(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", style, x, y, anchor, text));
    }

    private double x(long nanos) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.min(1, (nanos - outage.startNanos()) / 1e9 / seconds);
    }

    private double y(double bitsPerSecond) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * Math.min(1, bitsPerSecond / 1e6 / top);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
