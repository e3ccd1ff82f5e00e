package net.hybridgateway.mgmt.control;

import java.util.List;

/** A command that can't be carried out, for a reason that its sender should read. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<FieldProblem> fields;

    /** With a message of one line, without a full stop. */
    public CommandException(String message) {
        this(message, List.of());
    }

    /** With what is wrong with single fields, besides a message about the whole. */
    public CommandException(String message, List<FieldProblem> fields) {
        super(message);
        this.fields = List.copyOf(fields);
    }

    /** What is wrong with single fields; empty if that does not apply. */
    public List<FieldProblem> fields() {
        return fields;
    }
}
