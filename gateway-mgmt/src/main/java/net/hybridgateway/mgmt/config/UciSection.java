package net.hybridgateway.mgmt.config;

import java.util.List;
import java.util.Optional;

/**
 * One {@code config TYPE ['NAME']} with its options, names unique.
 *
 * @param name empty if the section is anonymous
 * @param line the line of {@code config}
 */
record UciSection(String type, Optional<String> name, int line, List<UciOption> options) {
    UciSection {
        options = List.copyOf(options);
    }

    Optional<UciOption> option(String optionName) {
        return options.stream()
                .filter(option -> option.name().equals(optionName))
                .findFirst();
    }

    /** How messages call the section: {@code section uplink 'fixed'}. */
    String title() {
        return "section " + type + name.map(text -> " " + Problems.quoted(text)).orElse("");
    }
}
