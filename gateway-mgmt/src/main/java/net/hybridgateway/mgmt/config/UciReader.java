package net.hybridgateway.mgmt.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads UCI text into sections. Knows the form of the file and nothing of its meaning.
 *
 * <p>Stricter than libuci in one more thing: a second {@code option} of one name is a problem, where libuci quietly takes
 * the last. An {@code option} with an empty value counts as not written, as in libuci.
 */
final class UciReader {
    static final int MAX_SECTIONS = 1000;

    private static final List<String> COMMANDS = List.of("config", "option", "list", "package");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");
    /** Visible ASCII: what libuci lets a section type be. */
    private static final Pattern TYPE = Pattern.compile("[!-~]+");

    private final Problems problems;
    private final List<UciSection> sections = new ArrayList<>();
    private Optional<OpenSection> open = Optional.empty();
    /** Set while the head of the section was refused, so that its options are not reported as strays. */
    private boolean inRefusedSection;

    private UciReader(Problems problems) {
        this.problems = problems;
    }

    /** The sections of {@code text}, without what is reported to {@code problems}. */
    static List<UciSection> read(String text, Problems problems) {
        UciReader reader = new UciReader(problems);
        UciLexer lexer = new UciLexer(text, problems);
        for (Optional<UciLexer.Command> command = lexer.next(); command.isPresent(); command = lexer.next()) {
            if (!reader.accept(command.get())) {
                break;
            }
        }
        reader.closeSection();
        return List.copyOf(reader.sections);
    }

    /** False if reading should end here. */
    private boolean accept(UciLexer.Command command) {
        UciValue word = command.words().get(0);
        List<UciValue> arguments = command.words().subList(1, command.words().size());
        switch (word.text()) {
            case "config", "c" -> {
                return section(command.line(), arguments);
            }
            case "option", "o" -> option(command.line(), arguments, false);
            case "list", "l" -> option(command.line(), arguments, true);
            case "package", "p" -> {
                // The name of the file says it already; libuci passes over it, too, when it loads a single file.
            }
            default ->
                problems.add(
                        command.line(),
                        "unknown word " + Problems.quoted(word.text()) + ", a line starts with config, option or list",
                        word.text(),
                        COMMANDS);
        }
        return true;
    }

    private boolean section(int line, List<UciValue> arguments) {
        closeSection();
        inRefusedSection = true;
        if (arguments.isEmpty()) {
            problems.add(line, "'config' needs a section type");
        } else if (arguments.size() > 2) {
            problems.add(line, "too many words: 'config' takes a section type and a name");
        } else if (!TYPE.matcher(arguments.get(0).text()).matches()) {
            problems.add(
                    line, "bad section type " + Problems.quoted(arguments.get(0).text()));
        } else if (arguments.size() == 2 && !isNameOrEmpty(arguments.get(1).text())) {
            problems.add(
                    line,
                    "bad section name " + Problems.quoted(arguments.get(1).text())
                            + ": allowed are letters, digits and '_'");
        } else if (sections.size() == MAX_SECTIONS) {
            problems.add(line, "more than " + MAX_SECTIONS + " sections");
            return false;
        } else {
            Optional<String> name = arguments.stream()
                    .skip(1)
                    .map(UciValue::text)
                    .filter(text -> !text.isEmpty())
                    .findFirst();
            open = Optional.of(new OpenSection(arguments.get(0).text(), name, line));
            inRefusedSection = false;
        }
        return true;
    }

    private static boolean isNameOrEmpty(String text) {
        return text.isEmpty() || NAME.matcher(text).matches();
    }

    private void option(int line, List<UciValue> arguments, boolean list) {
        String word = list ? "list" : "option";
        if (arguments.isEmpty()) {
            problems.add(line, "'" + word + "' needs a name and a value");
            return;
        }
        String name = arguments.get(0).text();
        if (!NAME.matcher(name).matches()) {
            problems.add(line, "bad option name " + Problems.quoted(name) + ": allowed are letters, digits and '_'");
        } else if (arguments.size() == 1) {
            problems.add(line, word + " " + Problems.quoted(name) + " has no value");
        } else if (arguments.size() > 2) {
            problems.add(
                    line,
                    "too many words after " + word + " " + Problems.quoted(name)
                            + ": a value with blanks stands in quotes");
        } else if (open.isPresent()) {
            open.get().add(name, list, arguments.get(1), problems);
        } else if (!inRefusedSection) {
            problems.add(line, "'" + word + "' stands before the first 'config'");
        }
    }

    private void closeSection() {
        open.ifPresent(section -> sections.add(section.close()));
        open = Optional.empty();
    }

    /** The section that is being read. */
    private static final class OpenSection {
        private final String type;
        private final Optional<String> name;
        private final int line;
        private final Map<String, OpenOption> options = new LinkedHashMap<>();

        private record OpenOption(boolean list, List<UciValue> values) {}

        OpenSection(String type, Optional<String> name, int line) {
            this.type = type;
            this.name = name;
            this.line = line;
        }

        void add(String optionName, boolean list, UciValue value, Problems problems) {
            if (value.text().isEmpty() && !list) {
                return;
            }
            OpenOption option = options.computeIfAbsent(optionName, key -> new OpenOption(list, new ArrayList<>()));
            if (option.values().isEmpty() || (list && option.list())) {
                option.values().add(value);
            } else {
                int first = option.values().get(0).line();
                problems.add(
                        value.line(),
                        "option " + Problems.quoted(optionName) + " is given twice, first on line " + first);
            }
        }

        UciSection close() {
            List<UciOption> closed = new ArrayList<>();
            options.forEach(
                    (optionName, option) -> closed.add(new UciOption(optionName, option.list(), option.values())));
            return new UciSection(type, name, line, closed);
        }
    }
}
