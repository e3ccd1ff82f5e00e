package net.hybridgateway.mgmt.settings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One change of one section.
 *
 * @param name the section's; may be empty where the file has only one section of the type
 */
record SettingChange(String type, Optional<String> name, Kind kind, String option, List<String> values, boolean list) {
    enum Kind {
        /** The section is added, empty. */
        ADD,
        /** The section is taken away. */
        REMOVE,
        /** An option gets other values, or none. */
        SET
    }

    SettingChange {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(option, "option");
        values = List.copyOf(values);
    }

    static SettingChange add(String type, Optional<String> name) {
        return new SettingChange(type, name, Kind.ADD, "", List.of(), false);
    }

    static SettingChange remove(String type, Optional<String> name) {
        return new SettingChange(type, name, Kind.REMOVE, "", List.of(), false);
    }

    /**
     * Sets an option.
     *
     * @param values none unsets it
     * @param list whether a list was given rather than a single value
     */
    static SettingChange set(String type, Optional<String> name, String option, List<String> values, boolean list) {
        return new SettingChange(type, name, Kind.SET, option, values, list);
    }
}
