package net.hybridgateway.mgmt.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that was refused, with every problem found in it. The message has one line for each. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All problems, in the order of their lines; at least one. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
