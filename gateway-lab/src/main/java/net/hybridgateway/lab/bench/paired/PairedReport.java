package net.hybridgateway.lab.bench.paired;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.Figure;
import net.hybridgateway.lab.measure.MarkdownTable;
import net.hybridgateway.lab.measure.Percentiles;
import net.hybridgateway.lab.measure.TextTable;

/**
 * A study's results, as text, as a section of the documentation, and as a picture.
 *
 * @param name the part's
 */
record PairedReport(String name, Circumstances circumstances, Study study, Samples samples) {
    private static final String NOTHING = "–";

    private static final Quantity RATIO = new Quantity("ratio", "ratio", "", 3);

    boolean isGood() {
        return figures().stream().allMatch(Figure::isGood);
    }

    private List<Figure> figures() {
        return study.figures(samples);
    }

    String toText() {
        StringBuilder text = new StringBuilder();
        for (Quantity quantity : samples.quantities()) {
            text.append('\n').append(quantity.titleWithUnit()).append('\n');
            text.append(TextTable.of(table(quantity)));
        }
        text.append('\n');
        figures().forEach(figure -> text.append(figure.toRow()).append('\n'));
        return text + circumstances.toString() + "\n";
    }

    String toMarkdown() {
        StringBuilder text = new StringBuilder("## " + study.heading() + "\n\n");
        text.append(circumstances.toMarkdown())
                .append(study.explanation().strip())
                .append("\n\n![")
                .append(study.heading())
                .append("](")
                .append(name)
                .append(".svg)\n");
        for (Quantity quantity : samples.quantities()) {
            text.append("\n### ").append(capital(quantity.titleWithUnit())).append("\n\n");
            text.append(MarkdownTable.of(table(quantity), 1));
        }
        return text.append("\n### Bounds\n\n").append(bounds()).toString();
    }

    String toSvg() {
        return PairedChart.of(study.heading(), samples);
    }

    private String bounds() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("figure", "bound", "measured", ""));
        for (Figure figure : figures()) {
            rows.add(List.of(
                    figure.name(),
                    figure.bound().map(Figure.Bound::toString).orElse(""),
                    figure.measured(),
                    figure.isGood() ? "" : "**missed**"));
        }
        return MarkdownTable.of(rows, 1);
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private List<List<String>> table(Quantity quantity) {
        List<Rival> rivals = samples.rivals(quantity);
        List<Rival> others =
                rivals.stream().filter(rival -> rival != Rival.GATEWAY).collect(Collectors.toList());
        if (!rivals.contains(Rival.GATEWAY)) {
            others = List.of();
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        rivals.forEach(rival -> head.add(rival.title()));
        others.forEach(rival -> head.add("to " + rival.title()));
        rows.add(head);
        for (String subject : samples.subjects(quantity)) {
            List<String> row = new ArrayList<>(List.of(subject));
            rivals.forEach(rival -> row.add(spread(quantity, samples.values(subject, quantity, rival))));
            others.forEach(rival -> row.add(
                    samples.ratio(subject, quantity, rival).map(RATIO::show).orElse(NOTHING)));
            rows.add(row);
        }
        return rows;
    }

    private static String spread(Quantity quantity, Optional<Percentiles> values) {
        return values.map(it -> quantity.show(it.at(50))
                        + (it.count() == 1
                                ? ""
                                : " (" + quantity.show(it.least()) + "–" + quantity.show(it.at(100)) + ")"))
                .orElse(NOTHING);
    }
}
