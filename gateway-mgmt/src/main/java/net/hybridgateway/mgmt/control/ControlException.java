package net.hybridgateway.mgmt.control;

import java.io.IOException;

/** Why the control socket can't be opened or a request got no good answer: one line for people. */
public final class ControlException extends IOException {
    private static final long serialVersionUID = 1L;

    ControlException(String message) {
        super(message);
    }

    ControlException(String message, Throwable cause) {
        super(message, cause);
    }
}
