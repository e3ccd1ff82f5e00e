package net.hybridgateway.mgmt.status;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Something that is found wrong at one moment.
 *
 * @param subject what it is about: the name of an uplink, of a conversion point; empty if there is but one
 * @param text what is wrong and what that means, in sentences
 * @param forSeconds how long it has been so; empty if who found it does not know
 */
public record HealthProblem(HealthCode code, String subject, String text, OptionalLong forSeconds) {
    public HealthProblem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(forSeconds, "forSeconds");
    }

    /** A problem of unknown age. */
    public HealthProblem(HealthCode code, String subject, String text) {
        this(code, subject, text, OptionalLong.empty());
    }
}
