package net.hybridgateway.mgmt.control;

/** A command that can't be carried out, for a reason that its sender should read. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With a message of one line, without a full stop. */
    public CommandException(String message) {
        super(message);
    }
}
