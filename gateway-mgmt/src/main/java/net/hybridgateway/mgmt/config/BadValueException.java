package net.hybridgateway.mgmt.config;

/** A value that its type refuses for a reason of its own, which the message gives in place of what is allowed. */
final class BadValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadValueException(String reason) {
        super(reason);
    }
}
