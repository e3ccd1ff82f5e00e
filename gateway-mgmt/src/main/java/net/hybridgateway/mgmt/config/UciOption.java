package net.hybridgateway.mgmt.config;

import java.util.List;

/**
 * One {@code option} with its value, or all {@code list} lines of one name.
 *
 * @param list whether it was written as {@code list}
 * @param values exactly one for an {@code option}, one or more for a {@code list}
 */
record UciOption(String name, boolean list, List<UciValue> values) {
    UciOption {
        values = List.copyOf(values);
        if (values.isEmpty() || (!list && values.size() != 1)) {
            throw new IllegalArgumentException(name + " has " + values.size() + " values");
        }
    }

    int line() {
        return values.get(0).line();
    }
}
