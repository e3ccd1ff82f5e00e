package net.hybridgateway.mgmt.metrics;

import java.util.Objects;

/**
 * What samples of one name have in common.
 *
 * @param name with its unit, and {@code _total} if it counts
 * @param help one sentence
 */
record MetricFamily(String name, Type type, String help) {
    /** Whether it only grows. */
    enum Type {
        COUNTER("counter"),
        GAUGE("gauge");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    MetricFamily {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(help, "help");
        if (!name.matches("[a-z]+(_[a-z]+)*") || name.endsWith("_total") != (type == Type.COUNTER)) {
            throw new IllegalArgumentException("name of a " + type.word() + ": " + name);
        }
    }

    static MetricFamily counter(String name, String help) {
        return new MetricFamily(name, Type.COUNTER, help);
    }

    static MetricFamily gauge(String name, String help) {
        return new MetricFamily(name, Type.GAUGE, help);
    }
}
