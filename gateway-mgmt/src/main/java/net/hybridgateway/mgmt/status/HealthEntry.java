package net.hybridgateway.mgmt.status;

import java.time.Instant;
import java.util.Objects;

/**
 * A lasting condition; it is listed as long as it holds.
 *
 * @param problem what it is; its text is that of the last look
 * @param since when it began, or was found, by the wall clock as it goes now
 * @param sinceSeconds the same as an age
 */
public record HealthEntry(HealthProblem problem, Instant since, long sinceSeconds) {
    public HealthEntry {
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(since, "since");
    }

    /** For programs, lower case with hyphens; never changes its meaning. */
    public String code() {
        return problem.code().word();
    }

    /** What it is about; empty if there is but one. */
    public String subject() {
        return problem.subject();
    }

    public Severity severity() {
        return problem.code().severity();
    }

    public boolean impactsConnectivity() {
        return problem.code().impactsConnectivity();
    }

    /** What is wrong and what that means, in sentences. */
    public String text() {
        return problem.text();
    }

    /** What to do about it. */
    public String action() {
        return problem.code().action();
    }
}
