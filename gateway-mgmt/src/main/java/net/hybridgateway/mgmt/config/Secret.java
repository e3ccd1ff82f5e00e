package net.hybridgateway.mgmt.config;

/** A text that must not be seen: it prints as {@link #SHOWN}, so that no status, log or report tells it by accident. */
public final class Secret {
    /** What stands in its place wherever a configuration is shown. */
    public static final String SHOWN = "***";

    private final String text;

    public Secret(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty secret");
        }
        this.text = text;
    }

    /** The text itself, for the one who has to say it. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && text.equals(secret.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return SHOWN;
    }
}
