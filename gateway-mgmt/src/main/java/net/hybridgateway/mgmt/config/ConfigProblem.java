package net.hybridgateway.mgmt.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is wrong with a configuration file, in words for its author.
 *
 * @param file the file as it was named by the caller
 * @param line the line, counted from 1; 0 if the problem concerns the whole file
 * @param message what is wrong, in one line, without a full stop
 * @param nearest the valid name that was probably meant
 * @param option the option that it is about, if it is about a single one
 */
public record ConfigProblem(Path file, int line, String message, Optional<String> nearest, Optional<String> option) {
    public ConfigProblem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(nearest, "nearest");
        Objects.requireNonNull(option, "option");
        if (line < 0) {
            throw new IllegalArgumentException("line: " + line);
        }
    }

    /** One that is not about a single option. */
    public ConfigProblem(Path file, int line, String message, Optional<String> nearest) {
        this(file, line, message, nearest, Optional.empty());
    }

    /** {@code MESSAGE; did you mean 'NEAREST'?}, for where the place is known. */
    public String explanation() {
        return message + nearest.map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /** {@code FILE:LINE: MESSAGE; did you mean 'NEAREST'?}, the form that editors can jump to. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + explanation();
    }
}
