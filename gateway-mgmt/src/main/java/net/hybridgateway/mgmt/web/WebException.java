package net.hybridgateway.mgmt.web;

/** The page cannot be served as it is configured. */
public final class WebException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message of one line, without a full stop. */
    public WebException(String message, Throwable cause) {
        super(message, cause);
    }
}
