package net.hybridgateway.mgmt.status;

import java.util.Objects;

/**
 * A lasting condition; it is listed as long as it holds.
 *
 * @param code for programs, lower case with hyphens: {@code conversion-point-down}; never changes its meaning
 * @param text one sentence for people
 */
public record HealthEntry(String code, Severity severity, String text) {
    public HealthEntry {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(text, "text");
        if (!code.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("health code: " + code);
        }
    }
}
