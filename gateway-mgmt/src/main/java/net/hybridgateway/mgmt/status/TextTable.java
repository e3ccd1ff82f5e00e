package net.hybridgateway.mgmt.status;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A table for a terminal: columns as wide as their content, numbers to the right; if it is wider than {@link #WIDTH}, the
 * widest columns of text are cut, marked by "~".
 */
final class TextTable {
    static final int WIDTH = 80;

    private static final String GAP = "  ";
    private static final int MIN_CUT_WIDTH = 4;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A column with its heading; only those of text may be cut. */
    record Column(String heading, boolean number) {}

    /** Headings of columns with numbers start with '#', which is not shown. */
    TextTable(String... headings) {
        columns = Arrays.stream(headings)
                .map(heading -> new Column(heading.replaceFirst("^#", ""), heading.startsWith("#")))
                .toList();
        rows.add(columns.stream().map(Column::heading).toList());
    }

    void row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells in " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    /** All lines, each with its line feed. */
    @Override
    public String toString() {
        List<Integer> widths = widths();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                String cell = cut(row.get(i), widths.get(i));
                String padding = " ".repeat(widths.get(i) - cell.length());
                line.append(i == 0 ? "" : GAP).append(columns.get(i).number() ? padding + cell : cell + padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            widths.add(rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0));
        }
        int excess = widths.stream().mapToInt(Integer::intValue).sum() + GAP.length() * (columns.size() - 1) - WIDTH;
        for (; excess > 0; excess--) {
            int widest = widestText(widths);
            if (widths.get(widest) <= MIN_CUT_WIDTH) {
                break;
            }
            widths.set(widest, widths.get(widest) - 1);
        }
        return widths;
    }

    private int widestText(List<Integer> widths) {
        List<Integer> textWidths = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            textWidths.add(columns.get(i).number() ? 0 : widths.get(i));
        }
        return textWidths.indexOf(Collections.max(textWidths));
    }

    private static String cut(String cell, int width) {
        return cell.length() <= width ? cell : cell.substring(0, width - 1) + "~";
    }
}
