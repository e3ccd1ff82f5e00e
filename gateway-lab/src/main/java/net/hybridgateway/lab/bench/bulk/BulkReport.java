package net.hybridgateway.lab.bench.bulk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import net.hybridgateway.lab.bench.rival.Leg;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.Percentiles;

/**
 * All runs, as text, as a section of the documentation, and as a picture.
 *
 * @param circumstances how they were measured
 * @param options what was asked for
 * @param runs in the order in which they happened
 * @param othersShares how busy the machine was in between, by others' work, each 0 to 1
 */
record BulkReport(Circumstances circumstances, BulkOptions options, List<BulkRun> runs, List<Double> othersShares) {
    private static final String NOTHING = "–";

    BulkReport {
        runs = List.copyOf(runs);
        othersShares = List.copyOf(othersShares);
    }

    List<BulkFigures> figures() {
        return BulkCase.all(options).stream()
                .map(kind -> BulkFigures.of(kind, runs))
                .collect(Collectors.toList());
    }

    /** Whether no figure misses its bound. */
    boolean isGood() {
        return misses().isEmpty();
    }

    private List<String> misses() {
        return figures().stream().flatMap(it -> it.misses().stream()).collect(Collectors.toList());
    }

    String toText() {
        StringBuilder text = new StringBuilder();
        for (Leg leg : options.legs()) {
            for (List<String[]> table : List.of(costs(leg), goodputs(leg))) {
                text.append(String.format("%n%s, %s%n", leg.title(), table.get(0)[0]));
                for (String[] row : table) {
                    text.append(String.format("%-18s", row == table.get(0) ? "" : row[0]));
                    Arrays.stream(row).skip(1).forEach(cell -> text.append(String.format(" %18s", cell)));
                    text.append('\n');
                }
            }
        }
        return text + "\n" + explanation() + "\n" + verdict() + "\n" + circumstances + "\n";
    }

    String toMarkdown() {
        StringBuilder text = new StringBuilder("## What relaying costs\n\n");
        text.append("`").append(circumstances.command()).append("`, ").append(circumstances.date());
        text.append(", Linux ").append(circumstances.kernel()).append(", ").append(circumstances.machine());
        text.append(".\n").append(explanation()).append("\n\n![Processor seconds per GB](relay.svg)\n");
        for (Leg leg : options.legs()) {
            for (List<String[]> table : List.of(costs(leg), goodputs(leg))) {
                String caption = table.get(0)[0];
                text.append("\n### ")
                        .append(leg.title())
                        .append(": ")
                        .append(caption)
                        .append("\n\n");
                table.get(0)[0] = "line, connections";
                text.append(markdown(table.get(0)));
                text.append("| --- ")
                        .append("| ---: ".repeat(table.get(0).length - 1))
                        .append("|\n");
                table.stream().skip(1).forEach(row -> text.append(markdown(row)));
            }
        }
        return text + "\n" + verdict() + "\n";
    }

    String toSvg() {
        return BulkChart.of(options, figures());
    }

    private String explanation() {
        Percentiles others = Percentiles.of(othersShares);
        return String.format(
                Locale.ROOT,
                "Medians of %d paired runs of %.1f s, lowest and highest behind them. s/GB: processor seconds of the program on"
                        + " the gateway's host, in user mode and in the kernel, for each 10^9 bytes that arrived"
                        + " (/proc/PID/task/*/schedstat). Ratios: medians of those of each pair, this gateway's to theirs;"
                        + " HAProxy counts with the setting that is best in the case. Between the runs the processors were"
                        + " busy with others' work for %.0f %% at the median, %.0f %% at most.",
                options.count(),
                options.time().toMillis() / 1e3,
                others.at(50) * 100,
                others.at(100) * 100);
    }

    private String verdict() {
        List<String> misses = misses();
        return misses.isEmpty()
                ? "No figure misses its bound."
                : "Missed:\n\n" + misses.stream().map(it -> "- " + it + "\n").collect(Collectors.joining());
    }

    private List<Rival> rivals(Leg leg) {
        return options.rivals().stream().filter(it -> it.takes(leg)).collect(Collectors.toList());
    }

    private List<String[]> costs(Leg leg) {
        List<Rival> withProgram =
                rivals(leg).stream().filter(it -> it != Rival.FORWARDING).collect(Collectors.toList());
        List<String[]> rows = new ArrayList<>();
        rows.add(head("processor time, s/GB", withProgram, "to HAProxy", "to ss-redir"));
        for (BulkFigures figures : figures()) {
            if (figures.kind().leg() == leg) {
                List<String> row = new ArrayList<>(List.of(figures.kind().title()));
                withProgram.forEach(rival -> row.add(spread(figures.costs(rival), "%.3f")));
                row.add(ratio(figures.costToHaproxy()));
                row.add(ratio(figures.costTo(Rival.SS_REDIR)));
                rows.add(row.toArray(String[]::new));
            }
        }
        return rows;
    }

    private List<String[]> goodputs(Leg leg) {
        List<String[]> rows = new ArrayList<>();
        rows.add(head("goodput, Gbit/s", rivals(leg), "to HAProxy"));
        for (BulkFigures figures : figures()) {
            if (figures.kind().leg() == leg) {
                List<String> row = new ArrayList<>(List.of(figures.kind().title()));
                rivals(leg).forEach(rival -> row.add(spread(figures.goodputs(rival), "%.2f")));
                row.add(ratio(figures.goodputToHaproxy()));
                rows.add(row.toArray(String[]::new));
            }
        }
        return rows;
    }

    private static String[] head(String caption, List<Rival> rivals, String... ratios) {
        List<String> head = new ArrayList<>(List.of(caption));
        rivals.forEach(rival -> head.add(rival.title()));
        head.addAll(List.of(ratios));
        return head.toArray(String[]::new);
    }

    private static String spread(Optional<Percentiles> values, String format) {
        return values.map(it -> String.format(Locale.ROOT, format, it.at(50))
                        + (it.count() == 1
                                ? ""
                                : String.format(
                                        Locale.ROOT, " (" + format + "–" + format + ")", it.least(), it.at(100))))
                .orElse(NOTHING);
    }

    private static String ratio(Optional<Double> ratio) {
        return ratio.map(it -> String.format(Locale.ROOT, "%.2f", it)).orElse(NOTHING);
    }

    private static String markdown(String[] row) {
        return Arrays.stream(row).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
