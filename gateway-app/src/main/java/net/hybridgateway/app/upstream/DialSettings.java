package net.hybridgateway.app.upstream;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What all attempts to reach a conversion point share.
 *
 * @param connect how long the TCP handshake may take
 * @param reply how long the Convert reply may take after that, the server's own time included
 * @param nanoTime a monotonic clock, in nanoseconds
 */
public record DialSettings(Duration connect, Duration reply, Cookies cookies, LongSupplier nanoTime) {
    public DialSettings {
        Objects.requireNonNull(connect, "connect");
        Objects.requireNonNull(reply, "reply");
        Objects.requireNonNull(cookies, "cookies");
        Objects.requireNonNull(nanoTime, "nanoTime");
    }
}
