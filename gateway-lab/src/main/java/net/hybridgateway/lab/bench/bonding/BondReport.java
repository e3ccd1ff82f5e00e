package net.hybridgateway.lab.bench.bonding;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.MarkdownTable;

/**
 * What came out, for people.
 *
 * @param rounds trials of each case
 */
record BondReport(Circumstances circumstances, int rounds, List<BondTrial> trials) {
    private static final List<String> COLUMNS = List.of(
            "lines, traffic",
            "lines alone, Mbit/s",
            "gateway, of the sum",
            "raw, of the sum",
            "gateway to raw",
            "its lowest",
            "gateway to the better line");

    BondReport {
        trials = List.copyOf(trials);
    }

    /** One for each case, in the order in which they were measured. */
    List<BondFigures> figures() {
        return trials.stream()
                .map(BondTrial::bondCase)
                .distinct()
                .map(bondCase -> BondFigures.of(
                        bondCase,
                        trials.stream()
                                .filter(trial -> trial.bondCase().equals(bondCase))
                                .toList()))
                .toList();
    }

    boolean isGood() {
        return figures().stream().allMatch(BondFigures::isGood);
    }

    String toTable() {
        StringBuilder text = new StringBuilder(String.format("%n%-32s", COLUMNS.get(0)));
        COLUMNS.stream().skip(1).forEach(column -> text.append(String.format(" %26s", column)));
        text.append('\n');
        for (BondFigures figures : figures()) {
            text.append(String.format("%-32s", figures.bondCase().title()));
            figures.cells().forEach(cell -> text.append(String.format(" %26s", cell)));
            text.append('\n');
        }
        return text + "\nMedians of " + rounds + ". " + bounds() + " " + circumstances + "\n";
    }

    String toMarkdown() {
        StringBuilder text = new StringBuilder("## Two lines together\n\n");
        text.append(circumstances.toMarkdown());
        text.append("Medians of ")
                .append(rounds)
                .append(". Fixed 40 Mbit/s, cellular 20 Mbit/s (equal: 20 both; 8:1: 40 and 5), both at 20 ms, ");
        text.append("but for what the first column says. *Raw* is Multipath TCP\nbetween the gateway's host and the ");
        text.append("conversion point's, with the kernel's path manager, measured at the same time as the gateway; ");
        text.append("the lines\nalone carry plain TCP in as many connections. ")
                .append(bounds())
                .append("\n\n");
        List<List<String>> rows = new ArrayList<>(List.of(COLUMNS));
        for (BondFigures figures : figures()) {
            rows.add(Stream.concat(Stream.of(figures.bondCase().title()), figures.cells().stream())
                    .toList());
        }
        return text + MarkdownTable.of(rows, 1);
    }

    private static String bounds() {
        return "Marked !: below " + BondFigures.LEAST_TO_RAW + " of raw, or " + BondFigures.LEAST_TO_BEST
                + " of the better line.";
    }
}
