package net.hybridgateway.app.cli;

/** The call was understood but cannot be done. The message is for the user: one line, or one line for each problem. */
final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }

    CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
