package net.hybridgateway.mgmt.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Changes one section of a text. A comment behind a command goes with it; one on a line of its own stays, but for those
 * between the lines of a section that is taken away.
 */
final class UciEdit {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_.:/@%+-]+");

    /** What may follow a command on its line if it has the line for itself. */
    private static final Pattern REST = Pattern.compile("[ \\t\\r\\f\\x0b]*(?:#[^\\n]*)?\\n?");

    private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\f\\x0b]*");

    private final String text;
    private final UciBlock block;

    UciEdit(String text, UciBlock block) {
        this.text = text;
        this.block = block;
    }

    static String withSection(String text, String type, String name) {
        String newline = newline(text);
        StringBuilder out = new StringBuilder(text);
        if (!text.isEmpty()) {
            out.append(text.endsWith("\n") ? "" : newline).append(newline);
        }
        return out.append("config ")
                .append(type)
                .append(' ')
                .append(quoted(name))
                .append(newline)
                .toString();
    }

    String set(String option, boolean list, List<String> values) {
        List<UciBlock.Line> present = block.lines().stream()
                .filter(line -> line.name().equals(option))
                .toList();
        boolean sameWord = present.stream().allMatch(line -> line.list() == list)
                // One value of a list may be written as an option, and stays so.
                || (list && present.size() == 1 && values.size() == 1);
        List<UciBlock.Line> kept = sameWord ? present : List.of();
        int prefix = 0;
        while (prefix < Math.min(kept.size(), values.size())
                && kept.get(prefix).value().equals(values.get(prefix))) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < Math.min(kept.size(), values.size()) - prefix
                && kept.get(kept.size() - 1 - suffix).value().equals(values.get(values.size() - 1 - suffix))) {
            suffix++;
        }
        if (prefix == 0 && suffix == kept.size()) {
            suffix = 0; // what comes in front of the first one takes its place
        }
        List<UciBlock.Line> old = present.subList(prefix, present.size() - suffix);
        List<String> wanted = values.subList(prefix, values.size() - suffix);
        int replaced = sameWord ? Math.min(old.size(), wanted.size()) : 0;
        UciLexer.Command before = prefix + replaced > 0
                ? present.get(prefix + replaced - 1).command()
                : present.isEmpty() ? block.last() : present.get(0).command();
        // From the end of the text to its beginning, so that places stay what they are.
        List<Splice> splices = new ArrayList<>();
        for (int i = 0; i < replaced; i++) {
            UciLexer.Span span = old.get(i).valueSpan();
            splices.add(new Splice(span.start(), span.end(), inTheQuotesOf(span, wanted.get(i))));
        }
        if (wanted.size() > replaced) {
            splices.add(insertion(before, option, list, wanted.subList(replaced, wanted.size())));
        }
        for (UciBlock.Line line : old.subList(replaced, old.size())) {
            splices.add(removal(line.command()));
        }
        return apply(splices);
    }

    String remove() {
        int start = lineStart(block.head().start());
        int end = lineEnd(block.last().end());
        boolean alone =
                BLANKS.matcher(text.substring(start, block.head().start())).matches()
                        && REST.matcher(text.substring(block.last().end(), end)).matches();
        if (alone) {
            boolean blankBefore = start > 0 && isBlankLine(lineStart(start - 1), start);
            boolean blankAfter = end == text.length() || isBlankLine(end, lineEnd(end));
            return text.substring(0, blankBefore && blankAfter ? lineStart(start - 1) : start) + text.substring(end);
        }
        List<Splice> splices = new ArrayList<>();
        splices.add(removal(block.head()));
        block.lines().forEach(line -> splices.add(removal(line.command())));
        return apply(splices);
    }

    private boolean isBlankLine(int start, int end) {
        return text.substring(start, end).isBlank();
    }

    /** Replaces what stands from {@code start} to before {@code end}. */
    private record Splice(int start, int end, String with) {}

    private String apply(List<Splice> splices) {
        List<Splice> inOrder = new ArrayList<>(splices);
        inOrder.sort(Comparator.comparingInt(Splice::start).thenComparingInt(Splice::end));
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (Splice splice : inOrder) {
            out.append(text, done, Math.max(done, splice.start())).append(splice.with());
            done = Math.max(done, splice.end());
        }
        return out.append(text, done, text.length()).toString();
    }

    private Splice removal(UciLexer.Command command) {
        int start = lineStart(command.start());
        int end = lineEnd(command.end());
        String ahead = text.substring(start, command.start());
        String behind = text.substring(command.end(), end);
        if (BLANKS.matcher(ahead).matches() && REST.matcher(behind).matches()) {
            return new Splice(start, end, "");
        }
        // Others are on the line, parted by semicolons, of which two in a row are harmless.
        return new Splice(command.start(), command.end(), "");
    }

    private Splice insertion(UciLexer.Command before, String option, boolean list, List<String> values) {
        int end = lineEnd(before.end());
        String word = list ? "list " : "option ";
        if (!REST.matcher(text.substring(before.end(), end)).matches()) {
            StringBuilder inLine = new StringBuilder();
            values.forEach(value ->
                    inLine.append("; ").append(word).append(option).append(' ').append(quoted(value)));
            return new Splice(before.end(), before.end(), inLine.toString());
        }
        String newline = newline(text);
        StringBuilder lines = new StringBuilder(text.startsWith("\n", end - 1) ? "" : newline);
        values.forEach(value -> lines.append(indent())
                .append(word)
                .append(option)
                .append(' ')
                .append(quoted(value))
                .append(newline));
        return new Splice(end, end, lines.toString());
    }

    /** That of the section's last line; a tab where there is none, as {@code uci} does it. */
    private String indent() {
        for (int i = block.lines().size() - 1; i >= 0; i--) {
            int at = block.lines().get(i).command().start();
            String ahead = text.substring(lineStart(at), at);
            if (BLANKS.matcher(ahead).matches()) {
                return ahead;
            }
        }
        return "\t";
    }

    private String inTheQuotesOf(UciLexer.Span span, String value) {
        String before = text.substring(span.start(), span.end());
        if (BARE.matcher(before).matches() && BARE.matcher(value).matches()) {
            return value;
        }
        boolean inDoubleQuotes = before.startsWith("\"") && value.indexOf('"') < 0 && value.indexOf('\\') < 0;
        return inDoubleQuotes ? "\"" + value + "\"" : quoted(value);
    }

    /** As {@code uci} writes it. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    private static String newline(String text) {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    private int lineStart(int position) {
        return text.lastIndexOf('\n', position - 1) + 1;
    }

    /** Behind the line feed of the line that {@code position} is on. */
    private int lineEnd(int position) {
        int feed = text.indexOf('\n', position);
        return feed < 0 ? text.length() : feed + 1;
    }
}
