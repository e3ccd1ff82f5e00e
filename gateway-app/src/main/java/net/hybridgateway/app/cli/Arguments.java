package net.hybridgateway.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words behind a command, checked against its options. */
final class Arguments {
    static final String DEFAULT_CONFIG = "/etc/config/hybrid-gateway";
    static final String DEFAULT_RUN_DIR = "/var/run/hybrid-gateway";

    private final Map<String, List<String>> values;

    private Arguments(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Reads {@code --name VALUE}, {@code --name=VALUE}, {@code --switch}, and the command's operands.
     *
     * @throws UsageException if a word is unknown, lacks its value, or has one too many
     */
    static Arguments parse(Command command, List<String> words) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (isOperand(command, word)) {
                Option operand = nextOperand(command, values);
                values.put(operand.name(), List.of(word));
                continue;
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            Option option = find(command, name);
            List<String> given = values.computeIfAbsent(name, unused -> new ArrayList<>());
            if (option.isSwitch()) {
                if (equals >= 0) {
                    throw new UsageException("option " + name + " takes no value");
                }
                given.add("");
            } else if (equals >= 0) {
                given.add(word.substring(equals + 1));
            } else if (++i < words.size()) {
                given.add(words.get(i));
            } else {
                throw new UsageException("option " + name + " needs a value: " + name + " " + option.value());
            }
        }
        return new Arguments(values);
    }

    private static boolean isOperand(Command command, String word) {
        return !word.startsWith("-") && !command.operands().isEmpty();
    }

    private static Option nextOperand(Command command, Map<String, List<String>> given) {
        List<Option> operands = command.operands();
        return operands.stream()
                .filter(operand -> !given.containsKey(operand.name()))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "one " + operands.get(operands.size() - 1).name() + " is enough for '" + command.name() + "'"));
    }

    private static Option find(Command command, String name) {
        if (name.equals(Option.HELP.name())) {
            return Option.HELP;
        }
        for (Option option : command.options()) {
            if (option.name().equals(name)) {
                return option;
            }
        }
        throw new UsageException("unknown " + (name.startsWith("-") ? "option '" : "argument '") + name + "' for '"
                + command.name() + "'; see hybrid-gateway " + command.name() + " --help");
    }

    boolean has(Option option) {
        return values.containsKey(option.name());
    }

    /** The option's value; the last one if it was given several times. */
    Optional<String> value(Option option) {
        List<String> given = all(option);
        return given.isEmpty() ? Optional.empty() : Optional.of(given.get(given.size() - 1));
    }

    /** The value of an operand that has to be there. */
    String required(Option operand) {
        return value(operand).orElseThrow(() -> new UsageException(operand.name() + " is missing"));
    }

    List<String> all(Option option) {
        return values.getOrDefault(option.name(), List.of());
    }

    /**
     * The option's value as a whole number.
     *
     * @throws UsageException if it is none, or out of range
     */
    int number(Option option, int least, int most, int byDefault) {
        Optional<String> given = value(option);
        if (given.isEmpty()) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(given.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new UsageException(
                "option " + option.name() + ": '" + given.get() + "' is not a number from " + least + " to " + most);
    }

    Path configFile() {
        return Path.of(value(Option.CONFIG).orElse(DEFAULT_CONFIG));
    }

    Path runDir() {
        return Path.of(value(Option.RUN_DIR).orElse(DEFAULT_RUN_DIR));
    }
}
