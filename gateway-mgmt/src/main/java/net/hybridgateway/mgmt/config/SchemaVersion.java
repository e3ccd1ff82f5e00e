package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The version of the form that a configuration file has: {@code option schema} of the section {@code gateway}, 1 if it is
 * not written. It grows only when an option changes its meaning or its name; new options need no new version.
 *
 * <p>A file of an older version is brought to the current one step by step whenever it is read, and written so with the
 * next change of a setting. One of a newer version is refused: it would be understood wrongly.
 */
final class SchemaVersion {
    /**
     * The steps that there were so far: the first leads from 1 to 2. Each takes a file of its version to the next, without
     * writing the number, and had better keep every line where it is, for problems are reported by line. There was none so
     * far: version 1 is the only one.
     */
    private static final List<UnaryOperator<UciDocument>> STEPS = List.of();

    /** What this program reads and writes. */
    static final int CURRENT = 1 + STEPS.size();

    static final SchemaVersion OURS = new SchemaVersion(STEPS);

    private static final String SECTION = "gateway";
    private static final String OPTION = "schema";

    private final List<UnaryOperator<UciDocument>> steps;

    SchemaVersion(List<UnaryOperator<UciDocument>> steps) {
        this.steps = List.copyOf(steps);
    }

    private int current() {
        return 1 + steps.size();
    }

    /**
     * The document in the current version; itself if it has that already, or if it has no number that makes sense, which
     * whoever reads the section reports.
     *
     * @throws ConfigException if its version is a newer one
     */
    UciDocument migrate(Path file, UciDocument document) {
        Optional<UciDocument.Entry> written = document.sections().stream()
                .filter(section -> section.type().equals(SECTION))
                .findFirst()
                .flatMap(section -> section.option(OPTION));
        String number = written.map(entry -> entry.values().get(0)).orElse("1");
        if (!number.matches("[1-9][0-9]{0,8}")) {
            return document;
        }
        int version = Integer.parseInt(number);
        if (version > current()) {
            Problems problems = new Problems(file);
            problems.about(
                    OPTION,
                    written.orElseThrow().line(),
                    "schema " + version + " is newer than this program, which knows up to " + current()
                            + ": update the program, or restore a configuration of its own time");
            problems.throwIfAny();
        }
        UciDocument migrated = document;
        for (UnaryOperator<UciDocument> step : steps.subList(version - 1, steps.size())) {
            migrated = step.apply(migrated);
        }
        return version == current()
                ? document
                : migrated.set(SECTION, migrated.onlyName(SECTION), OPTION, false, List.of(String.valueOf(current())));
    }
}
