package net.hybridgateway.mgmt.config;

import java.util.List;
import java.util.Objects;

/**
 * A whole configuration: complete, checked, with all defaults filled in. {@link ConfigReader} makes it.
 *
 * @param interception the section {@code gateway}
 * @param uplinks in the order of the file; at least one of them enabled; names and devices unique
 * @param conversionPoints in order of preference, names unique; empty if there is none, and then nothing can be bonded
 */
public record GatewayConfig(
        InterceptionConfig interception, List<UplinkConfig> uplinks, List<ConversionPointConfig> conversionPoints) {
    public GatewayConfig {
        Objects.requireNonNull(interception, "interception");
        uplinks = List.copyOf(uplinks);
        conversionPoints = List.copyOf(conversionPoints);
        if (uplinks.stream().noneMatch(UplinkConfig::enabled)) {
            throw new IllegalArgumentException("no uplink is enabled");
        }
    }
}
