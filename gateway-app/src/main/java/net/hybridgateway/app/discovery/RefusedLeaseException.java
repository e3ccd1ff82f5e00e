package net.hybridgateway.app.discovery;

/** Ends the reading of a lease that makes no sense; never leaves this package. The message says what and where. */
final class RefusedLeaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedLeaseException(String message) {
        super(message);
    }
}
