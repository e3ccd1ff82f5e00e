package net.hybridgateway.app.daemon;

/** The gateway, or the conversion point, cannot start. The message is for the user: what is wrong, and where. */
public final class DaemonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DaemonException(String message) {
        super(message);
    }

    public DaemonException(String message, Throwable cause) {
        super(message, cause);
    }
}
