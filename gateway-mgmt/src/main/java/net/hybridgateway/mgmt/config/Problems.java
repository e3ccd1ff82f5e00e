package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects the problems of one file. Bounded: a file that is no configuration at all yields a list, not a flood. */
final class Problems {
    static final int MAX_PROBLEMS = 100;

    private static final int MAX_QUOTED_CHARS = 60;

    private final Path file;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private int count;

    Problems(Path file) {
        this.file = file;
    }

    void add(int line, String message) {
        add(line, message, Optional.empty(), Optional.empty());
    }

    /** Adds a problem with an option. */
    void about(String option, int line, String message) {
        add(line, message, Optional.empty(), Optional.of(option));
    }

    /** Adds a problem with the value {@code text} of an option, which is none of {@code validTexts}. */
    void about(String option, int line, String message, String text, Collection<String> validTexts) {
        add(
                line,
                message,
                problems.size() < MAX_PROBLEMS ? NearestName.of(text, validTexts) : Optional.empty(),
                Optional.of(option));
    }

    /**
     * Adds a problem with {@code name}, which is none of {@code validNames}, but perhaps meant to be one of them.
     *
     * @return the one that was probably meant
     */
    Optional<String> add(int line, String message, String name, Collection<String> validNames) {
        Optional<String> nearest = problems.size() < MAX_PROBLEMS ? NearestName.of(name, validNames) : Optional.empty();
        add(line, message, nearest, Optional.empty());
        return nearest;
    }

    private void add(int line, String message, Optional<String> nearest, Optional<String> option) {
        count++;
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new ConfigProblem(file, line, message, nearest, option));
        }
    }

    /** How many problems were added so far, those beyond the bound included. */
    int count() {
        return count;
    }

    void throwIfAny() {
        if (count == 0) {
            return;
        }
        // Problems of the whole file (line 0) come last: they are often only the echo of one named before.
        problems.sort(Comparator.comparingInt(problem -> problem.line() == 0 ? Integer.MAX_VALUE : problem.line()));
        if (count > problems.size()) {
            problems.add(new ConfigProblem(
                    file,
                    0,
                    "and " + (count - problems.size()) + " more problems that are not listed",
                    Optional.empty()));
        }
        throw new ConfigException(problems);
    }

    /** The text in single quotes, shortened and without control characters, fit for a message of one line. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("'");
        int shown = Math.min(text.length(), MAX_QUOTED_CHARS);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return out.append(shown < text.length() ? "...'" : "'").toString();
    }
}
