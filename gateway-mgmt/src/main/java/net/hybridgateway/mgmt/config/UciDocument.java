package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A configuration file as text that can be changed here and there: whatever a change does not concern stays as it is, byte
 * for byte, with its comments, its order, its quotes and its blank lines. Immutable: a change gives a new document.
 *
 * <p>A section is called by its type and its name; one without a name as {@code uci} does it: {@code @rule[0]} is the first
 * section {@code rule} of the file, named ones counted.
 */
public final class UciDocument {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");

    private final Path file;
    private final String text;
    private final List<Section> sections;

    /**
     * One section as it is written.
     *
     * @param name its name, or {@code @TYPE[NUMBER]}
     */
    public record Section(String type, String name, int line, List<Entry> entries) {
        public Section {
            entries = List.copyOf(entries);
        }

        /** The option, with the values of all its lines; empty if it has none. */
        public Optional<Entry> option(String wanted) {
            return options().stream()
                    .filter(entry -> entry.name().equals(wanted))
                    .findFirst();
        }

        /** All options that have a value, in the order of their first lines. */
        public List<Entry> options() {
            Map<String, Entry> byName = new LinkedHashMap<>();
            for (Entry entry : entries) {
                if (entry.list() || !entry.values().get(0).isEmpty()) {
                    byName.merge(entry.name(), entry, Entry::and);
                }
            }
            return List.copyOf(byName.values());
        }
    }

    /**
     * One {@code option}, or one or more {@code list} lines of one name.
     *
     * @param line of the first of them
     */
    public record Entry(String name, boolean list, List<String> values, int line) {
        public Entry {
            values = List.copyOf(values);
        }

        private Entry and(Entry next) {
            List<String> all = new ArrayList<>(values);
            all.addAll(next.values);
            return new Entry(name, list, all, line);
        }
    }

    /** What stands on a line. */
    public record Place(String type, String name, Optional<String> option) {}

    private UciDocument(Path file, String text, List<Section> sections) {
        this.file = file;
        this.text = text;
        this.sections = sections;
    }

    /**
     * Reads the form of a file, not its meaning.
     *
     * @param file the file that problems are said to be in
     * @throws ConfigException if it is not UCI, with all problems of that kind
     */
    public static UciDocument parse(Path file, String text) {
        Problems problems = new Problems(file);
        UciReader.read(text, problems);
        problems.throwIfAny();
        return of(file, text);
    }

    private static UciDocument of(Path file, String text) {
        List<Section> sections = new ArrayList<>();
        for (UciBlock block : UciBlock.read(text)) {
            sections.add(block.section());
        }
        return new UciDocument(file, text, List.copyOf(sections));
    }

    /** The whole file. */
    public String text() {
        return text;
    }

    public List<Section> sections() {
        return sections;
    }

    public Optional<Section> section(String type, String name) {
        return sections.stream()
                .filter(section -> section.type().equals(type) && section.name().equals(name))
                .findFirst();
    }

    /** The name of the first section of a type. */
    String onlyName(String type) {
        return sections.stream()
                .filter(section -> section.type().equals(type))
                .map(Section::name)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no section " + type));
    }

    /** What stands on a line, counted from 1; empty if that is no option and no beginning of a section. */
    public Optional<Place> at(int line) {
        for (Section section : sections) {
            for (Entry entry : section.entries()) {
                if (entry.line() == line) {
                    return Optional.of(new Place(section.type(), section.name(), Optional.of(entry.name())));
                }
            }
            if (section.line() == line) {
                return Optional.of(new Place(section.type(), section.name(), Optional.empty()));
            }
        }
        return Optional.empty();
    }

    /**
     * Sets an option.
     *
     * @param list whether it is written as {@code list}
     * @param values what it has then; none takes it away
     * @throws IllegalArgumentException if there is no such section, or a value cannot be written
     */
    public UciDocument set(String type, String name, String option, boolean list, List<String> values) {
        Objects.requireNonNull(option, "option");
        for (String value : values) {
            if (!writable(value)) {
                throw new IllegalArgumentException("a value with control characters");
            }
        }
        return of(file, new UciEdit(text, block(type, name)).set(option, list, values));
    }

    /** Whether a text can be a value: control characters can't. */
    public static boolean writable(String value) {
        return value.chars().noneMatch(Character::isISOControl);
    }

    /** Whether a text can be the name of a section: letters, digits and underscores, at least one. */
    public static boolean nameable(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Adds an empty section to the end.
     *
     * @throws IllegalArgumentException if the name is not {@link #nameable}
     */
    public UciDocument add(String type, String name) {
        if (!nameable(name)) {
            throw new IllegalArgumentException("the name of a section: " + name);
        }
        return of(file, UciEdit.withSection(text, type, name));
    }

    /**
     * Takes a section away with all that stands in it.
     *
     * @throws IllegalArgumentException if there is no such section
     */
    public UciDocument remove(String type, String name) {
        return of(file, new UciEdit(text, block(type, name)).remove());
    }

    private UciBlock block(String type, String name) {
        return UciBlock.read(text).stream()
                .filter(block -> block.section().type().equals(type)
                        && block.section().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no section " + type + " " + name));
    }

    /** Numbers the sections of each type, from 0. */
    static final class Numbers {
        private final Map<String, Integer> next = new HashMap<>();

        String name(String type, Optional<String> written) {
            int number = next.merge(type, 1, Integer::sum) - 1;
            return written.orElse("@" + type + "[" + number + "]");
        }
    }
}
