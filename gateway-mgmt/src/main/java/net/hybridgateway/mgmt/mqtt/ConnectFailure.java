package net.hybridgateway.mgmt.mqtt;

import java.util.Objects;

/**
 * Why a broker was not reached.
 *
 * @param text for people, without secrets: what is wrong, and where that is known, what to do
 */
public record ConnectFailure(Kind kind, String text) {
    /** What the session has to tell apart. */
    public enum Kind {
        /** The broker does not know MQTT 5. */
        OLD_BROKER,
        /** Anything else: it is tried again. */
        OTHER
    }

    public ConnectFailure {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
    }

    public static ConnectFailure of(String text) {
        return new ConnectFailure(Kind.OTHER, text);
    }
}
