package net.hybridgateway.lab.measure;

import java.util.Locale;

/** A drawing of dots on an axis, as SVG without any outside resource. Colours follow the reader's light or dark theme. */
public final class Svg {
    private static final String LIGHT = """
            text { fill: #1f2328; font: 12px system-ui, sans-serif; }
            text.title { font-size: 15px; font-weight: 600; }
            text.head { font-weight: 600; }
            text.axis { fill: #57606a; font-size: 11px; }
            .grid { stroke: #d0d7de; stroke-width: 1; }
            """;
    private static final String DARK = """
              text { fill: #e6edf3; }
              text.axis { fill: #9da7b3; }
              .grid { stroke: #30363d; }
            """;

    private final StringBuilder text = new StringBuilder();

    /**
     * Begins one.
     *
     * @param label what it shows, for those who do not see it
     * @param light style of what the texts and the grid have not, in CSS
     * @param dark what is different in a dark theme
     */
    public Svg(int width, int height, String label, String light, String dark) {
        text.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n<style>%n",
                width, height, label));
        text.append(LIGHT)
                .append(light)
                .append("@media (prefers-color-scheme: dark) {\n")
                .append(DARK)
                .append(dark)
                .append("}\n</style>\n");
    }

    /**
     * Words.
     *
     * @param anchor which end is at {@code x}: start, middle or end
     */
    public void text(double x, double y, String style, String anchor, String words) {
        text.append(format(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", style, x, y, anchor, words));
    }

    /** The dot of a measurement. */
    public void dot(String style, double x, double y) {
        text.append(format("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"/>%n", style, x, y));
    }

    /** The larger dot of a legend. */
    public void legendDot(String style, double x, int y) {
        text.append(format("<circle class=\"%s\" cx=\"%.1f\" cy=\"%d\" r=\"5\"/>%n", style, x, y));
    }

    /** A line of the grid, from top to bottom. */
    public void gridLine(double x, int top, int bottom) {
        text.append(format("<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n", x, x, top, bottom));
    }

    /** A mark across a row, from {@code half} above its middle to as much below. */
    public void tick(String style, double x, double middle, double half) {
        text.append(format(
                "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
                style, x, x, middle - half, middle + half));
    }

    /** Everything, to its end. */
    @Override
    public String toString() {
        return text + "</svg>\n";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
