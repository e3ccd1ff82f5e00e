package net.hybridgateway.mgmt.config;

import java.util.Objects;
import java.util.Optional;

/**
 * One row of an option table.
 *
 * @param list whether it may be given several times, as {@code list}
 * @param presence whether it must be given, and what holds if it is not
 * @param fallback the default, as a user would write it, or in words for {@link Presence#DERIVED}; else empty
 */
record ConfigOption<T>(String name, ValueType<T> type, boolean list, Presence presence, String fallback) {
    enum Presence {
        REQUIRED,
        /** Has the default {@code fallback}. */
        DEFAULTED,
        /** Has a default that depends on other options: its section class knows it, and {@code fallback} tells it. */
        DERIVED,
        /** May be absent. */
        OPTIONAL
    }

    ConfigOption {
        Objects.requireNonNull(type, "type");
    }

    static <T> ConfigOption<T> required(String name, ValueType<T> type) {
        return new ConfigOption<>(name, type, false, Presence.REQUIRED, "");
    }

    static <T> ConfigOption<T> defaulted(String name, ValueType<T> type, String fallback) {
        return new ConfigOption<>(name, type, false, Presence.DEFAULTED, fallback);
    }

    static <T> ConfigOption<T> derived(String name, ValueType<T> type, String fallback) {
        return new ConfigOption<>(name, type, false, Presence.DERIVED, fallback);
    }

    static <T> ConfigOption<T> optional(String name, ValueType<T> type) {
        return new ConfigOption<>(name, type, false, Presence.OPTIONAL, "");
    }

    static <T> ConfigOption<T> requiredList(String name, ValueType<T> type) {
        return new ConfigOption<>(name, type, true, Presence.REQUIRED, "");
    }

    static <T> ConfigOption<T> optionalList(String name, ValueType<T> type) {
        return new ConfigOption<>(name, type, true, Presence.OPTIONAL, "");
    }

    /** The default value; present just for {@link Presence#DEFAULTED}. */
    Optional<T> defaultValue() {
        return presence == Presence.DEFAULTED ? Optional.of(type.parse(fallback).orElseThrow()) : Optional.empty();
    }
}
