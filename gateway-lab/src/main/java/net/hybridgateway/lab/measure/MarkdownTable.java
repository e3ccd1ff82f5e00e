package net.hybridgateway.lab.measure;

import java.util.List;

/** A table of Markdown. */
public final class MarkdownTable {
    private MarkdownTable() {}

    /**
     * Writes it, with numbers to the right.
     *
     * @param rows the heads of the columns first; all as long as these
     * @param words how many columns, from the left, have words and no numbers
     */
    public static String of(List<List<String>> rows, int words) {
        StringBuilder text = new StringBuilder(row(rows.get(0)));
        text.append("| --- ".repeat(words))
                .append("| ---: ".repeat(rows.get(0).size() - words))
                .append("|\n");
        rows.stream().skip(1).forEach(row -> text.append(row(row)));
        return text.toString();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
