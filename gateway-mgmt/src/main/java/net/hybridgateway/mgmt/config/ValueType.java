package net.hybridgateway.mgmt.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the text of an option may be, and what it becomes.
 *
 * @param allowed what may be written, for messages and documentation: "fixed or cellular"
 * @param form what a form may offer for it
 * @param words all valid texts if these are words of a list, for the nearest one; else empty
 * @param parser text to value; empty if the text is not allowed. May throw {@link BadValueException} where there is more
 *     to say than what is allowed.
 */
public record ValueType<T>(String allowed, Form form, List<String> words, Function<String, Optional<T>> parser) {
    /** How the values of a type look. */
    public enum Form {
        /** Yes or no, written 1 or 0. */
        BOOLEAN,
        /** One of the words. */
        CHOICE,
        /** A whole number. */
        NUMBER,
        /** Anything else. */
        TEXT
    }

    public ValueType {
        words = List.copyOf(words);
    }

    ValueType(String allowed, Function<String, Optional<T>> parser) {
        this(allowed, Form.TEXT, List.of(), parser);
    }

    Optional<T> parse(String text) {
        return parser.apply(text);
    }
}
