package net.hybridgateway.mgmt.config;

import java.util.List;
import java.util.Map;

/**
 * One section type with its option table.
 *
 * @param options what may stand in it
 * @param laterOptions options of a later version, with a hint what to write now, or ""
 */
public record SectionType(String name, List<ConfigOption<?>> options, Map<String, String> laterOptions) {
    public SectionType {
        options = List.copyOf(options);
        laterOptions = Map.copyOf(laterOptions);
    }

    boolean has(String optionName) {
        return options.stream().anyMatch(option -> option.name().equals(optionName));
    }

    List<String> optionNames() {
        return options.stream().<String>map(ConfigOption::name).toList();
    }
}
