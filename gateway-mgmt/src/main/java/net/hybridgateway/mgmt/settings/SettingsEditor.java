package net.hybridgateway.mgmt.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.mgmt.config.ConfigException;
import net.hybridgateway.mgmt.config.ConfigOption;
import net.hybridgateway.mgmt.config.ConfigProblem;
import net.hybridgateway.mgmt.config.ConfigReader;
import net.hybridgateway.mgmt.config.ConfigSchema;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.config.Secret;
import net.hybridgateway.mgmt.config.SectionType;
import net.hybridgateway.mgmt.config.UciDocument;
import net.hybridgateway.mgmt.control.CommandException;
import net.hybridgateway.mgmt.control.FieldProblem;

/** Makes the changed text and checks the whole of it. Pure: it reads and writes no file. */
final class SettingsEditor {
    private final Path file;
    private final List<FieldProblem> problems = new ArrayList<>();
    private UciDocument document;

    private SettingsEditor(Path file, UciDocument document) {
        this.file = file;
        this.document = document;
    }

    /** The text after the changes, and what it means. */
    record Edited(String text, GatewayConfig config) {}

    /**
     * Carries out all changes, or none.
     *
     * @param file the file that the text is of, for messages
     * @throws CommandException with all that is wrong, field by field
     */
    static Edited edit(Path file, String text, List<SettingChange> changes) throws CommandException {
        UciDocument before;
        try {
            before = ConfigReader.document(file, text);
        } catch (ConfigException e) {
            throw new CommandException("the configuration cannot be changed before it is put right: " + summary(e));
        }
        SettingsEditor editor = new SettingsEditor(file, before);
        changes.forEach(editor::apply);
        editor.throwIfAny();
        return editor.checked();
    }

    /** The first problems on one line. */
    static String summary(ConfigException e) {
        int shown = Math.min(3, e.problems().size());
        String text = String.join(
                "; ",
                e.problems().subList(0, shown).stream()
                        .map(ConfigProblem::toString)
                        .toList());
        return shown < e.problems().size() ? text + "; and " + (e.problems().size() - shown) + " more" : text;
    }

    private void apply(SettingChange change) {
        Optional<SectionType> type = ConfigSchema.SECTIONS.stream()
                .filter(known -> known.name().equals(change.type()))
                .findFirst();
        if (type.isEmpty()) {
            refuse(change, "there is no such type of section");
            return;
        }
        switch (change.kind()) {
            case ADD -> add(change);
            case REMOVE ->
                section(change).ifPresent(section -> document = document.remove(section.type(), section.name()));
            case SET -> section(change).ifPresent(section -> set(change, section, type.get()));
        }
    }

    private void add(SettingChange change) {
        String name = change.name().orElse(change.type());
        if (!UciDocument.nameable(name)) {
            refuse(change, "the name of a section is letters, digits and '_', at most 64");
        } else if (document.section(change.type(), name).isPresent()) {
            refuse(change, "there is such a section already");
        } else {
            document = document.add(change.type(), name);
        }
    }

    private Optional<UciDocument.Section> section(SettingChange change) {
        List<UciDocument.Section> fitting = document.sections().stream()
                .filter(section -> section.type().equals(change.type()))
                .filter(section ->
                        change.name().isEmpty() || change.name().get().equals(section.name()))
                .toList();
        if (fitting.size() == 1) {
            return Optional.of(fitting.get(0));
        }
        refuse(change, fitting.isEmpty() ? "there is no such section" : "there are several such sections: give a name");
        return Optional.empty();
    }

    private void set(SettingChange change, UciDocument.Section section, SectionType type) {
        Optional<ConfigOption<?>> option = type.options().stream()
                .filter(known -> known.name().equals(change.option()))
                .findFirst();
        if (option.isEmpty()) {
            refuse(change, "there is no such option");
        } else if (change.list() && !option.get().list()) {
            refuse(change, "it takes one value, not a list");
        } else if (!change.values().stream().allMatch(UciDocument::writable)) {
            refuse(change, "a value must have no control characters");
        } else if (!option.get().secret() || !change.values().equals(List.of(Secret.SHOWN))) {
            // An empty value is the same as none, in the file as well.
            List<String> values =
                    change.values().stream().filter(value -> !value.isEmpty()).toList();
            document = document.set(
                    section.type(),
                    section.name(),
                    change.option(),
                    option.get().list(),
                    values);
        }
    }

    private void refuse(SettingChange change, String message) {
        problems.add(new FieldProblem(
                Optional.of(change.type()),
                change.name(),
                change.kind() == SettingChange.Kind.SET ? Optional.of(change.option()) : Optional.empty(),
                message));
    }

    private Edited checked() throws CommandException {
        try {
            return new Edited(document.text(), ConfigReader.parse(file, document.text()));
        } catch (ConfigException e) {
            e.problems().stream().map(this::field).forEach(problems::add);
            throw refusal();
        }
    }

    private FieldProblem field(ConfigProblem problem) {
        Optional<UciDocument.Place> place = document.at(problem.line());
        return new FieldProblem(
                place.map(UciDocument.Place::type),
                place.map(UciDocument.Place::name),
                problem.option().or(() -> place.flatMap(UciDocument.Place::option)),
                problem.explanation());
    }

    private void throwIfAny() throws CommandException {
        if (!problems.isEmpty()) {
            throw refusal();
        }
    }

    private CommandException refusal() {
        FieldProblem first = problems.get(0);
        String where = String.join(
                " ",
                first.type().orElse(""),
                first.name().orElse(""),
                first.option().orElse(""));
        String what = (where.isBlank() ? "" : where.strip().replaceAll(" +", " ") + ": ") + first.message();
        return new CommandException(
                "nothing was changed: " + what
                        + (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : ""),
                problems);
    }
}
