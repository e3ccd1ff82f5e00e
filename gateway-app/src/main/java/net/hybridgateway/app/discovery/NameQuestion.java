package net.hybridgateway.app.discovery;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that the name service is asked again and again.
 *
 * @param name without the final dot
 * @param uplink whose network is asked; empty to ask any
 */
public record NameQuestion(Kind kind, String name, Optional<String> uplink) {
    /** What is asked for. */
    public enum Kind {
        /** The addresses of a host. */
        HOST,
        /** The conversion points of a domain. */
        SERVICE
    }

    public NameQuestion {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uplink, "uplink");
    }

    static NameQuestion host(String name, Optional<String> uplink) {
        return new NameQuestion(Kind.HOST, name, uplink);
    }

    static NameQuestion service(String domain, String uplink) {
        return new NameQuestion(Kind.SERVICE, domain, Optional.of(uplink));
    }
}
