package net.hybridgateway.scheduler.overflow;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * An uplink, as far as it matters here.
 *
 * @param overflow whether it helps when the others are full; the others are what is preferred
 * @param downBitsPerSecond what the line carries from the network; learnt if it is not configured
 * @param upBitsPerSecond what the line carries to the network
 */
public record LineConfig(
        String uplink, boolean overflow, OptionalLong downBitsPerSecond, OptionalLong upBitsPerSecond) {
    public LineConfig {
        Objects.requireNonNull(uplink, "uplink");
        Objects.requireNonNull(downBitsPerSecond, "downBitsPerSecond");
        Objects.requireNonNull(upBitsPerSecond, "upBitsPerSecond");
    }
}
