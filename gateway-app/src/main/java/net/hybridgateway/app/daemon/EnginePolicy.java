package net.hybridgateway.app.daemon;

import java.util.List;
import net.hybridgateway.mgmt.config.GatewayConfig;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.scheduler.PolicyConfig;

/** What the policy engine has to know of a configuration. */
final class EnginePolicy {
    private EnginePolicy() {}

    static PolicyConfig of(GatewayConfig config) {
        return PolicyConfig.of(uplinks(config))
                .withHoldDown(config.site().holdDown())
                .withClassified(config.rules().distinguish());
    }

    /** The uplinks that take part. */
    static List<net.hybridgateway.scheduler.UplinkConfig> uplinks(GatewayConfig config) {
        return config.uplinks().stream()
                .filter(UplinkConfig::enabled)
                .map(uplink -> new net.hybridgateway.scheduler.UplinkConfig(
                        uplink.name(),
                        uplink.kind(),
                        uplink.preference(),
                        uplink.use(),
                        uplink.community(),
                        uplink.rate(),
                        uplink.limits().activationsPerHour(),
                        uplink.reach()))
                .toList();
    }
}
