package net.hybridgateway.mgmt.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the text of an option may be, and what it becomes.
 *
 * @param allowed what may be written, for messages and documentation: "fixed or cellular"
 * @param words all valid texts if these are words of a list, for the nearest one; else empty
 * @param parser text to value; empty if the text is not allowed. May throw {@link BadValueException} where there is more
 *     to say than what is allowed.
 */
record ValueType<T>(String allowed, List<String> words, Function<String, Optional<T>> parser) {
    ValueType {
        words = List.copyOf(words);
    }

    ValueType(String allowed, Function<String, Optional<T>> parser) {
        this(allowed, List.of(), parser);
    }

    Optional<T> parse(String text) {
        return parser.apply(text);
    }
}
