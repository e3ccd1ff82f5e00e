package net.hybridgateway.app.upstream;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a conversion point is known from.
 *
 * @param uplink whose network told it; empty if it is configured
 */
public record PointOrigin(PointSource source, Optional<String> uplink) {
    /** The user's own word. */
    public static final PointOrigin CONFIGURATION = new PointOrigin(PointSource.CONFIGURATION, Optional.empty());

    public PointOrigin {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(uplink, "uplink");
    }
}
