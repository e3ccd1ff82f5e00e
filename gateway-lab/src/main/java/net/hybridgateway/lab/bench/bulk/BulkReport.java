package net.hybridgateway.lab.bench.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import net.hybridgateway.lab.bench.rival.Leg;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.MarkdownTable;
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
            for (Table table : tables(leg)) {
                text.append(String.format("%n%s, %s%n", leg.title(), table.caption()));
                for (List<String> row : table.rows()) {
                    text.append(String.format("%-18s", row == table.head() ? "" : row.get(0)));
                    row.stream().skip(1).forEach(cell -> text.append(String.format(" %18s", cell)));
                    text.append('\n');
                }
            }
        }
        return text + "\n" + explanation() + "\n" + verdict() + "\n" + circumstances + "\n";
    }

    String toMarkdown() {
        StringBuilder text = new StringBuilder("## What relaying costs\n\n");
        text.append(circumstances.toMarkdown())
                .append(explanation())
                .append("\n\n![Processor seconds per GB](relay.svg)\n");
        for (Leg leg : options.legs()) {
            for (Table table : tables(leg)) {
                text.append("\n### ")
                        .append(leg.title())
                        .append(": ")
                        .append(table.caption())
                        .append("\n\n");
                text.append(MarkdownTable.of(table.rows(), 1));
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

    /** @param rows the first has the heads of the columns */
    private record Table(String caption, List<List<String>> rows) {
        List<String> head() {
            return rows.get(0);
        }
    }

    private List<Table> tables(Leg leg) {
        return List.of(new Table("processor time, s/GB", costs(leg)), new Table("goodput, Gbit/s", goodputs(leg)));
    }

    private List<List<String>> costs(Leg leg) {
        List<Rival> withProgram =
                rivals(leg).stream().filter(it -> it != Rival.FORWARDING).collect(Collectors.toList());
        List<List<String>> rows = new ArrayList<>();
        rows.add(head(withProgram, "to HAProxy", "to ss-redir"));
        for (BulkFigures figures : figures()) {
            if (figures.kind().leg() == leg) {
                List<String> row = new ArrayList<>(List.of(figures.kind().title()));
                withProgram.forEach(rival -> row.add(spread(figures.costs(rival), "%.3f")));
                row.add(ratio(figures.costToHaproxy()));
                row.add(ratio(figures.costTo(Rival.SS_REDIR)));
                rows.add(row);
            }
        }
        return rows;
    }

    private List<List<String>> goodputs(Leg leg) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(head(rivals(leg), "to HAProxy"));
        for (BulkFigures figures : figures()) {
            if (figures.kind().leg() == leg) {
                List<String> row = new ArrayList<>(List.of(figures.kind().title()));
                rivals(leg).forEach(rival -> row.add(spread(figures.goodputs(rival), "%.2f")));
                row.add(ratio(figures.goodputToHaproxy()));
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<String> head(List<Rival> rivals, String... ratios) {
        List<String> head = new ArrayList<>(List.of("line, connections"));
        rivals.forEach(rival -> head.add(rival.title()));
        head.addAll(List.of(ratios));
        return head;
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
}
