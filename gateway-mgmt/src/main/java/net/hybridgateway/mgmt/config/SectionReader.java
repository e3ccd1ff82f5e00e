package net.hybridgateway.mgmt.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One section seen through its option table: typed values out, problems to the side. Every option is asked for exactly
 * once, so that each problem is reported once.
 */
final class SectionReader {
    /** A URL with a name, and perhaps a password: not to be repeated. */
    private static final Pattern WITH_USER = Pattern.compile("://.*@");

    private final UciSection section;
    private final Problems problems;
    private final int problemsBefore;

    /** Names that were probably meant by unknown ones: to report them as missing, too, would be an echo. */
    private final Set<String> mistyped = new HashSet<>();

    SectionReader(UciSection section, SectionType type, Problems problems) {
        this.section = section;
        this.problems = problems;
        this.problemsBefore = problems.count();
        section.options().stream()
                .filter(option -> !type.has(option.name()))
                .forEach(option -> reportUnknown(option, type));
    }

    private void reportUnknown(UciOption option, SectionType type) {
        String hint = type.laterOptions().get(option.name());
        if (hint != null) {
            problems.add(
                    option.line(),
                    "option '" + option.name() + "' is not available in this version"
                            + (hint.isEmpty() ? "" : ", " + hint));
        } else {
            problems.add(
                            option.line(),
                            "unknown option " + Problems.quoted(option.name()) + " in " + section.title(),
                            option.name(),
                            type.optionNames())
                    .ifPresent(mistyped::add);
        }
    }

    /** The value or its default; empty if it is absent and has no default, or is bad, which is then reported. */
    <T> Optional<T> value(ConfigOption<T> option) {
        Optional<UciOption> written = section.option(option.name());
        if (written.isEmpty()) {
            reportIfMissing(option);
            return option.defaultValue();
        }
        if (written.get().list()) {
            problems.about(
                    option.name(),
                    written.get().line(),
                    "'" + option.name() + "' takes one value in " + section.title() + ": write option, not list");
            return Optional.empty();
        }
        return parse(option, written.get().values().get(0));
    }

    /** The good values, in the order of the file; bad ones are reported. A single {@code option} counts as well. */
    <T> List<T> values(ConfigOption<T> option) {
        Optional<UciOption> written = section.option(option.name());
        if (written.isEmpty()) {
            reportIfMissing(option);
            return option.defaultValues();
        }
        List<T> values = new ArrayList<>();
        for (UciValue value : written.get().values()) {
            Optional<T> parsed = parse(option, value);
            if (parsed.isPresent() && values.contains(parsed.get())) {
                report(option, value, "it is listed twice");
            }
            parsed.ifPresent(values::add);
        }
        return values;
    }

    /** Reports {@code option} if it is written without {@code other}, for it would have no effect. */
    void requireWith(ConfigOption<?> option, ConfigOption<?> other) {
        if (section.option(option.name()).isPresent()
                && section.option(other.name()).isEmpty()
                && !mistyped.contains(other.name())) {
            problems.about(
                    option.name(),
                    line(option),
                    "option '" + option.name() + "' has no effect without '" + other.name() + "' in "
                            + section.title());
        }
    }

    /** Reports {@code option} if {@code other} is written as well, for only one of them can be meant. */
    void requireWithout(ConfigOption<?> option, ConfigOption<?> other) {
        if (section.option(other.name()).isPresent()) {
            requireNot(option, "beside '" + other.name() + "'");
        }
    }

    /** Reports {@code option} if it is written, for it would have no effect. */
    void requireNot(ConfigOption<?> option, String circumstance) {
        if (section.option(option.name()).isPresent()) {
            refuse(option, "option '" + option.name() + "' has no effect " + circumstance + " in " + section.title());
        }
    }

    /** Reports {@code option} if it is not written although {@code other}, which needs it, is. */
    void requireToo(ConfigOption<?> option, ConfigOption<?> other) {
        if (section.option(option.name()).isEmpty() && !mistyped.contains(option.name())) {
            problems.about(
                    option.name(),
                    line(other),
                    "option '" + option.name() + "' is missing in " + section.title() + ": '" + other.name()
                            + "' needs it");
        }
    }

    /** Reports {@code option} if both values are good and its is the smaller one. */
    <T extends Comparable<T>> void requireAtLeast(
            ConfigOption<T> option, Optional<T> value, ConfigOption<T> least, Optional<T> leastValue) {
        if (value.isPresent() && leastValue.isPresent() && value.get().compareTo(leastValue.get()) < 0) {
            problems.about(
                    option.name(),
                    section.option(option.name()).isPresent() ? line(option) : line(least),
                    "option '" + option.name() + "' is less than '" + least.name() + "' in " + section.title());
        }
    }

    private void reportIfMissing(ConfigOption<?> option) {
        if (option.presence() == ConfigOption.Presence.REQUIRED && !mistyped.contains(option.name())) {
            problems.about(
                    option.name(),
                    section.line(),
                    (option.list() ? "list '" : "option '") + option.name() + "' is missing in " + section.title());
        }
    }

    private <T> Optional<T> parse(ConfigOption<T> option, UciValue value) {
        try {
            Optional<T> parsed = option.type().parse(value.text());
            if (parsed.isEmpty()) {
                problems.about(
                        option.name(),
                        value.line(),
                        badValue(option, value) + "allowed is " + option.type().allowed(),
                        value.text(),
                        option.type().words());
            }
            return parsed;
        } catch (BadValueException e) {
            report(option, value, e.getMessage());
            return Optional.empty();
        }
    }

    /** Reports what is wrong with the section as a whole. */
    void refuse(String problem) {
        problems.add(section.line(), problem);
    }

    /** Reports what is wrong with an option that is written, or with its absence. */
    void refuse(ConfigOption<?> option, String problem) {
        problems.about(option.name(), line(option), problem);
    }

    private void report(ConfigOption<?> option, UciValue value, String reason) {
        problems.about(option.name(), value.line(), badValue(option, value) + reason);
    }

    private String badValue(ConfigOption<?> option, UciValue value) {
        boolean secret = option.secret() || WITH_USER.matcher(value.text()).find();
        String shown = Problems.quoted(secret ? Secret.SHOWN : value.text());
        return "bad value " + shown + " for '" + option.name() + "' in " + section.title() + ": ";
    }

    /** The line where the option stands; that of the section if it does not. */
    int line(ConfigOption<?> option) {
        return section.option(option.name()).map(UciOption::line).orElse(section.line());
    }

    UciSection section() {
        return section;
    }

    /** Whether nothing in this section was reported so far. */
    boolean good() {
        return problems.count() == problemsBefore;
    }
}
