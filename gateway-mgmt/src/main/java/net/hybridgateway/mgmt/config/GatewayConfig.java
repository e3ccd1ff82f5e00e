package net.hybridgateway.mgmt.config;

import java.util.List;
import java.util.Objects;
import net.hybridgateway.scheduler.traffic.TrafficRules;

/**
 * A whole configuration: complete, checked, with all defaults filled in. {@link ConfigReader} makes it.
 *
 * @param interception of the section {@code gateway}: which connections are taken
 * @param site of the section {@code gateway}: what concerns the gateway as such
 * @param uplinks in the order of the file; at least one of them enabled; names and devices unique
 * @param conversionPoints in order of preference, names unique; empty if there is none, and then nothing can be bonded
 * @param rules what the sections of that name say, without those that are switched off
 */
public record GatewayConfig(
        InterceptionConfig interception,
        SiteConfig site,
        List<UplinkConfig> uplinks,
        List<ConversionPointConfig> conversionPoints,
        TrafficRules rules) {
    public GatewayConfig {
        Objects.requireNonNull(interception, "interception");
        Objects.requireNonNull(site, "site");
        Objects.requireNonNull(rules, "rules");
        uplinks = List.copyOf(uplinks);
        conversionPoints = List.copyOf(conversionPoints);
        if (uplinks.stream().noneMatch(UplinkConfig::enabled)) {
            throw new IllegalArgumentException("no uplink is enabled");
        }
    }
}
