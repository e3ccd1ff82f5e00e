package net.hybridgateway.mgmt.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One row of an option table.
 *
 * @param list whether it may be given several times, as {@code list}
 * @param presence whether it must be given, and what holds if it is not
 * @param fallback the default, as a user would write it (values of a list parted by commas), or in words for
 *     {@link Presence#DERIVED}; else empty
 * @param secret whether its value must never be shown
 */
public record ConfigOption<T>(
        String name, ValueType<T> type, boolean list, Presence presence, String fallback, boolean secret) {
    private static final String LIST_SEPARATOR = ", ";

    /** Whether an option must be written. */
    public enum Presence {
        /** It must. */
        REQUIRED,
        /** Has the default {@code fallback}. */
        DEFAULTED,
        /** Has a default that depends on other options: its section class knows it, and {@code fallback} tells it. */
        DERIVED,
        /** May be absent. */
        OPTIONAL
    }

    public ConfigOption {
        Objects.requireNonNull(type, "type");
    }

    static <T> ConfigOption<T> required(String name, ValueType<T> type) {
        return new ConfigOption<>(name, type, false, Presence.REQUIRED, "", false);
    }

    static <T> ConfigOption<T> defaulted(String name, ValueType<T> type, String fallback) {
        return new ConfigOption<>(name, type, false, Presence.DEFAULTED, fallback, false);
    }

    static <T> ConfigOption<T> derived(String name, ValueType<T> type, String fallback) {
        return new ConfigOption<>(name, type, false, Presence.DERIVED, fallback, false);
    }

    static <T> ConfigOption<T> optional(String name, ValueType<T> type) {
        return new ConfigOption<>(name, type, false, Presence.OPTIONAL, "", false);
    }

    static <T> ConfigOption<T> requiredList(String name, ValueType<T> type) {
        return new ConfigOption<>(name, type, true, Presence.REQUIRED, "", false);
    }

    static <T> ConfigOption<T> optionalList(String name, ValueType<T> type) {
        return new ConfigOption<>(name, type, true, Presence.OPTIONAL, "", false);
    }

    static <T> ConfigOption<T> defaultedList(String name, ValueType<T> type, String fallback) {
        return new ConfigOption<>(name, type, true, Presence.DEFAULTED, fallback, false);
    }

    static <T> ConfigOption<T> derivedList(String name, ValueType<T> type, String fallback) {
        return new ConfigOption<>(name, type, true, Presence.DERIVED, fallback, false);
    }

    static <T> ConfigOption<T> secret(String name, ValueType<T> type) {
        return new ConfigOption<>(name, type, false, Presence.OPTIONAL, "", true);
    }

    /** The default value; present just for {@link Presence#DEFAULTED} that is no list. */
    Optional<T> defaultValue() {
        return list ? Optional.empty() : defaultValues().stream().findFirst();
    }

    /** The default values; empty but for {@link Presence#DEFAULTED}. */
    List<T> defaultValues() {
        return presence == Presence.DEFAULTED
                ? Stream.of(list ? fallback.split(LIST_SEPARATOR, -1) : new String[] {fallback})
                        .map(text -> type.parse(text).orElseThrow())
                        .toList()
                : List.of();
    }
}
