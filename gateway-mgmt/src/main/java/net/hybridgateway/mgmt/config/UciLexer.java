package net.hybridgateway.mgmt.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits UCI text into commands of words, by the rules of libuci: words are parted by blanks; {@code '…'} is literal;
 * {@code "…"} and bare words know the backslash, which makes the next character literal or joins the next line; quoted
 * and bare parts that touch are one word; {@code #} outside quotes starts a comment, even inside a word; {@code ;}
 * outside quotes ends a command.
 *
 * <p>One difference, on purpose: libuci lets a quoted value run over several lines, so that one forgotten quote swallows
 * the lines after it. No option of ours has such a value; here an open quote is reported where it stands, and reading
 * goes on with the next line.
 */
final class UciLexer {
    private static final char END = '\0';

    private final String text;
    private final Problems problems;
    private int position;
    private int line = 1;

    /** Where something stands in the text: from {@code start} to before {@code end}, quotes included. */
    record Span(int start, int end) {}

    /** One command, never without words, and where each of them stands. {@code line} is where it starts. */
    record Command(int line, List<UciValue> words, List<Span> spans) {
        Command {
            words = List.copyOf(words);
            spans = List.copyOf(spans);
        }

        int start() {
            return spans.get(0).start();
        }

        int end() {
            return spans.get(spans.size() - 1).end();
        }
    }

    UciLexer(String text, Problems problems) {
        this.text = text;
        this.problems = problems;
    }

    /** The next command that can be read; those that can't are reported and passed over. Empty at the end. */
    Optional<Command> next() {
        while (position < text.length()) {
            int problemsBefore = problems.count();
            List<Span> spans = new ArrayList<>();
            List<UciValue> words = words(spans);
            if (problems.count() > problemsBefore) {
                skipRestOfLine();
            } else if (!words.isEmpty()) {
                return Optional.of(new Command(words.get(0).line(), words, spans));
            }
        }
        return Optional.empty();
    }

    /** Reads up to and including the end of the command; stops early at a problem. */
    private List<UciValue> words(List<Span> spans) {
        List<UciValue> words = new ArrayList<>();
        while (true) {
            skipBlanks();
            char c = current();
            if (c == ';' || c == '\n') {
                advance();
                return words;
            } else if (c == '#') {
                skipRestOfLine();
                return words;
            } else if (atEnd()) {
                return words;
            }
            int start = position;
            Optional<UciValue> word = word();
            if (word.isEmpty()) {
                return words;
            }
            words.add(word.get());
            spans.add(new Span(start, position));
        }
    }

    /** Reads one word, at which the position stands; empty if it has a problem, which is then reported. */
    private Optional<UciValue> word() {
        StringBuilder word = new StringBuilder();
        int start = line;
        while (!atEnd() && !isBlank(current()) && "\n;#".indexOf(current()) < 0) {
            char c = current();
            boolean good =
                    switch (c) {
                        case '\'' -> singleQuoted(word);
                        case '"' -> doubleQuoted(word);
                        case '\\' -> escaped(word);
                        default -> literal(word);
                    };
            if (!good) {
                return Optional.empty();
            }
        }
        return Optional.of(new UciValue(word.toString(), start));
    }

    private boolean singleQuoted(StringBuilder word) {
        advance();
        while (current() != '\'') {
            if (!inQuotes('\'') || !literal(word)) {
                return false;
            }
        }
        advance();
        return true;
    }

    private boolean doubleQuoted(StringBuilder word) {
        advance();
        while (current() != '"') {
            if (!inQuotes('"') || !(current() == '\\' ? escaped(word) : literal(word))) {
                return false;
            }
        }
        advance();
        return true;
    }

    private boolean inQuotes(char quote) {
        if (atEnd() || current() == '\n') {
            problems.add(line, "the quote " + quote + " is not closed on this line");
            return false;
        }
        return true;
    }

    private boolean escaped(StringBuilder word) {
        advance();
        if (current() == '\r' && position + 1 < text.length() && text.charAt(position + 1) == '\n') {
            advance();
        }
        if (current() == '\n' || atEnd()) {
            advance();
            return true;
        }
        return literal(word);
    }

    private boolean literal(StringBuilder word) {
        char c = current();
        if (Character.isISOControl(c) && !isBlank(c)) {
            problems.add(line, String.format("control character 0x%02x", (int) c));
            return false;
        }
        word.append(c);
        advance();
        return true;
    }

    private void skipBlanks() {
        while (!atEnd() && isBlank(current())) {
            advance();
        }
    }

    private void skipRestOfLine() {
        while (!atEnd() && current() != '\n') {
            advance();
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u000b';
    }

    private boolean atEnd() {
        return position >= text.length();
    }

    private char current() {
        return atEnd() ? END : text.charAt(position);
    }

    private void advance() {
        if (!atEnd()) {
            if (text.charAt(position) == '\n') {
                line++;
            }
            position++;
        }
    }
}
