package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A section as a stretch of text: its commands and where they stand.
 *
 * @param next the first command of the next section; empty at the end of the file
 */
record UciBlock(UciDocument.Section section, UciLexer.Command head, List<Line> lines, Optional<UciLexer.Command> next) {
    /** One {@code option} or {@code list}. */
    record Line(String name, boolean list, String value, UciLexer.Command command) {
        /** Where its value stands, quotes included. */
        UciLexer.Span valueSpan() {
            return command.spans().get(2);
        }
    }

    UciBlock {
        lines = List.copyOf(lines);
    }

    /** The last command: that of the section itself if it is empty. */
    UciLexer.Command last() {
        return lines.isEmpty() ? head : lines.get(lines.size() - 1).command();
    }

    /** The sections of a text that {@link UciReader} has found nothing wrong with. */
    static List<UciBlock> read(String text) {
        UciLexer lexer = new UciLexer(text, new Problems(Path.of("")));
        UciDocument.Numbers numbers = new UciDocument.Numbers();
        List<UciBlock> blocks = new ArrayList<>();
        Optional<UciLexer.Command> head = Optional.empty();
        List<Line> lines = new ArrayList<>();
        for (Optional<UciLexer.Command> next = lexer.next(); next.isPresent(); next = lexer.next()) {
            UciLexer.Command command = next.get();
            switch (command.words().get(0).text()) {
                case "config", "c" -> {
                    head.map(start -> block(start, lines, Optional.of(command), numbers))
                            .ifPresent(blocks::add);
                    head = next;
                    lines.clear();
                }
                case "option", "o" -> lines.add(line(command, false));
                case "list", "l" -> lines.add(line(command, true));
                default -> {} // "package", which belongs to no section
            }
        }
        head.map(start -> block(start, lines, Optional.empty(), numbers)).ifPresent(blocks::add);
        return blocks;
    }

    private static Line line(UciLexer.Command command, boolean list) {
        return new Line(
                command.words().get(1).text(), list, command.words().get(2).text(), command);
    }

    private static UciBlock block(
            UciLexer.Command head, List<Line> lines, Optional<UciLexer.Command> next, UciDocument.Numbers numbers) {
        String type = head.words().get(1).text();
        Optional<String> name = head.words().stream()
                .skip(2)
                .map(UciValue::text)
                .filter(text -> !text.isEmpty())
                .findFirst();
        List<UciDocument.Entry> entries = lines.stream()
                .map(line -> new UciDocument.Entry(
                        line.name(),
                        line.list(),
                        List.of(line.value()),
                        line.command().words().get(2).line()))
                .toList();
        return new UciBlock(
                new UciDocument.Section(type, numbers.name(type, name), head.line(), entries), head, lines, next);
    }
}
