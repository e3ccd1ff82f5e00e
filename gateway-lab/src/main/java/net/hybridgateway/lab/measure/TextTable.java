package net.hybridgateway.lab.measure;

import java.util.List;

/** A table for a terminal: the first column to the left, the others to the right, each as wide as it must be. */
public final class TextTable {
    private static final String INDENTATION = "  ";

    private TextTable() {}

    /**
     * Writes it.
     *
     * @param rows the heads of the columns first; all as long as these
     */
    public static String of(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String padding =
                        " ".repeat(width(rows, column) - row.get(column).length());
                line.append(INDENTATION);
                line.append(column == 0 ? row.get(column) + padding : padding + row.get(column));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
