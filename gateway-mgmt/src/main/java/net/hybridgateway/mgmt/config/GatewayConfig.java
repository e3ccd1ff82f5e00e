package net.hybridgateway.mgmt.config;

import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.hybridgateway.scheduler.traffic.TrafficRules;

/**
 * A whole configuration: complete, checked, with all defaults filled in. {@link ConfigReader} makes it.
 *
 * @param interception of the section {@code gateway}: which connections are taken
 * @param site of the section {@code gateway}: what concerns the gateway as such
 * @param uplinks in the order of the file; at least one of them enabled; names and devices unique
 * @param conversionPoints in order of preference, names unique; empty if there is none, and then nothing can be bonded
 * @param rules what the sections of that name say, without those that are switched off
 * @param discovery how more conversion points are learnt; empty if they are not
 * @param drill of the section {@code gateway}: when the backup is rehearsed
 * @param mqtt empty if there is no such section
 * @param web empty if there is no such section
 */
public record GatewayConfig(
        InterceptionConfig interception,
        SiteConfig site,
        List<UplinkConfig> uplinks,
        List<ConversionPointConfig> conversionPoints,
        TrafficRules rules,
        Optional<DiscoveryConfig> discovery,
        DrillConfig drill,
        Optional<MqttConfig> mqtt,
        Optional<WebConfig> web) {
    public GatewayConfig {
        Objects.requireNonNull(drill, "drill");
        Objects.requireNonNull(mqtt, "mqtt");
        Objects.requireNonNull(web, "web");
        Objects.requireNonNull(discovery, "discovery");
        Objects.requireNonNull(interception, "interception");
        Objects.requireNonNull(site, "site");
        Objects.requireNonNull(rules, "rules");
        uplinks = List.copyOf(uplinks);
        conversionPoints = List.copyOf(conversionPoints);
        if (uplinks.stream().noneMatch(UplinkConfig::enabled)) {
            throw new IllegalArgumentException("no uplink is enabled");
        }
    }

    /** One that learns nothing from the network, is managed from nowhere, and rehearses only when asked. */
    public GatewayConfig(
            InterceptionConfig interception,
            SiteConfig site,
            List<UplinkConfig> uplinks,
            List<ConversionPointConfig> conversionPoints,
            TrafficRules rules) {
        this(
                interception,
                site,
                uplinks,
                conversionPoints,
                rules,
                Optional.empty(),
                new DrillConfig(DrillPeriod.OFF, LocalTime.MIDNIGHT, 1),
                Optional.empty(),
                Optional.empty());
    }
}
