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
 */
public record ConfigProblem(Path file, int line, String message, Optional<String> nearest) {
    public ConfigProblem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(nearest, "nearest");
        if (line < 0) {
            throw new IllegalArgumentException("line: " + line);
        }
    }

    /** {@code FILE:LINE: MESSAGE; did you mean 'NEAREST'?}, the form that editors can jump to. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + message
                + nearest.map(name -> "; did you mean '" + name + "'?").orElse("");
    }
}
