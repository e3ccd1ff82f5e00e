package net.hybridgateway.lab.bench.failover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.MarkdownTable;
import net.hybridgateway.lab.measure.Percentiles;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.traffic.TrafficKind;

/**
 * All breaks, as text, as a section of the documentation, and as a picture.
 *
 * @param circumstances how they were measured
 * @param options what was asked for
 * @param trials in the order in which they happened
 */
record BreakReport(Circumstances circumstances, BreakOptions options, List<BreakTrial> trials) {
    private static final double[] PERCENTS = {50, 95, 99};
    private static final String ENDLESS = ">10";
    private static final String NOTHING = "–";

    BreakReport {
        trials = List.copyOf(trials);
    }

    /** One table for each kind of traffic, times in seconds. */
    String toTable() {
        StringBuilder text = new StringBuilder();
        for (TrafficKind kind : options.traffic()) {
            text.append(String.format("%n%s%n", caption(kind)));
            for (List<String> row : rows(kind)) {
                text.append(String.format("%-23s %-20s", row.get(0), row.get(1)));
                row.stream().skip(2).forEach(cell -> text.append(String.format(" %6s", cell)));
                text.append('\n');
            }
        }
        return text + "\nSeconds; " + ENDLESS
                + " for what did not end in ten. Ratio: this gateway's to theirs, so less than 1 is"
                + " better.\nn of each kind: " + options.trials() + ". " + circumstances + "\n";
    }

    String toMarkdown() {
        StringBuilder text = new StringBuilder("## Breaks of the fixed line\n\n");
        text.append(circumstances.toMarkdown()).append(options.trials());
        text.append(" breaks of each kind, fixed 40 Mbit/s at 20 ms, cellular 20 Mbit/s at 50 ms round trip.\n");
        text.append("Seconds; ").append(ENDLESS).append(" for what did not end in ten. Percentiles are nearest-rank.");
        text.append(
                " *Ratio* is this gateway's to theirs: less than 1 is better.\n\n![Longest gap of every break](break.svg)\n");
        for (TrafficKind kind : options.traffic()) {
            text.append("\n### ").append(caption(kind)).append("\n\n");
            text.append(MarkdownTable.of(rows(kind), 2));
        }
        return text.toString();
    }

    String toSvg() {
        return BreakChart.of(options, trials);
    }

    private static String caption(TrafficKind kind) {
        return switch (kind) {
            case DOWNLOAD, UPLOAD ->
                "A long " + BenchOptions.word(kind) + ": longest gap, and time until 90 % of the cellular rate is back";
            case ECHO -> "An echo every 50 ms: longest time between replies, and the same less the 50 ms";
        };
    }

    private List<List<String>> rows(TrafficKind kind) {
        List<List<String>> rows = new ArrayList<>();
        String second = kind == TrafficKind.ECHO ? "less " : "back ";
        List<String> head = new ArrayList<>(List.of("break", "system"));
        for (String prefix : List.of("gap ", "ratio ", second, "ratio ")) {
            for (double percent : PERCENTS) {
                head.add((prefix.length() > 5 ? "" : prefix) + "p" + (int) percent);
            }
        }
        rows.add(head);
        for (BreakCase breakCase : options.cases()) {
            Optional<BreakFigures> gateway = BreakFigures.of(Contender.GATEWAY, breakCase, kind, trials);
            for (Contender contender : options.contenders()) {
                BreakFigures.of(contender, breakCase, kind, trials)
                        .ifPresent(figures -> rows.add(row(breakCase, figures, gateway)));
            }
        }
        return rows;
    }

    private static List<String> row(BreakCase breakCase, BreakFigures figures, Optional<BreakFigures> gateway) {
        List<String> row = new ArrayList<>(List.of(
                breakCase.title(),
                figures.contender().title() + (figures.deaths() == 0 ? "" : ", " + figures.deaths() + " died")));
        boolean isPeer = figures.contender() != Contender.GATEWAY;
        row.addAll(cells(figures.gap()));
        row.addAll(ratios(gateway.filter(it -> isPeer).map(BreakFigures::gap), figures.gap()));
        row.addAll(cells(figures.second()));
        row.addAll(ratios(gateway.filter(it -> isPeer).map(BreakFigures::second), figures.second()));
        return row;
    }

    private static List<String> cells(Percentiles figures) {
        return Arrays.stream(PERCENTS)
                .mapToObj(percent -> seconds(figures.at(percent)))
                .collect(Collectors.toList());
    }

    private static List<String> ratios(Optional<Percentiles> gateway, Percentiles peer) {
        return Arrays.stream(PERCENTS)
                .mapToObj(percent -> gateway.map(it -> ratio(it.at(percent), peer.at(percent)))
                        .orElse(""))
                .collect(Collectors.toList());
    }

    private static String ratio(double gateway, double peer) {
        double ratio = gateway / peer;
        return Double.isFinite(ratio) && peer > 0 ? String.format(Locale.ROOT, "%.2f", ratio) : NOTHING;
    }

    /** For people. */
    static String seconds(double seconds) {
        return Double.isFinite(seconds) ? String.format(Locale.ROOT, "%.3f", seconds) : ENDLESS;
    }
}
