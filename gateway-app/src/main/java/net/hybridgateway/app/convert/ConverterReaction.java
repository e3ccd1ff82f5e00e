package net.hybridgateway.app.convert;

import java.util.Objects;

/** What a converter does about a message that it cannot accept. */
public sealed interface ConverterReaction {
    /**
     * Send the error, then close. Never with RST, which would overtake the error (RFC 8803 §6.2.2): on Linux this means
     * to read what the client still sends before closing.
     */
    record SendError(ErrorTlv error) implements ConverterReaction {
        public SendError {
            Objects.requireNonNull(error);
        }
    }

    /** Reset the connection. */
    record Reset() implements ConverterReaction {}

    /** Say nothing: this was not for a converter. */
    record Ignore() implements ConverterReaction {}
}
