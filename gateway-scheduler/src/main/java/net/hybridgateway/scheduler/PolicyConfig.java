package net.hybridgateway.scheduler;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Everything that {@link PolicyEngine} is configured with; {@link EngineEvent.PolicyChanged} brings another one.
 *
 * @param classified there are traffic rules: every connection will be classified, and until then keeps off cellular
 */
public record PolicyConfig(
        List<UplinkConfig> uplinks,
        HoldDownConfig holdDown,
        SubflowTimings subflows,
        DetectionTimings detection,
        boolean classified) {
    public PolicyConfig {
        uplinks = List.copyOf(uplinks);
        Objects.requireNonNull(holdDown, "holdDown");
        Objects.requireNonNull(subflows, "subflows");
        Objects.requireNonNull(detection, "detection");
        Set<String> names = new HashSet<>();
        for (UplinkConfig uplink : uplinks) {
            if (!names.add(uplink.name())) {
                throw new IllegalArgumentException("two uplinks are named '" + uplink.name() + "'");
            }
        }
    }

    /** These uplinks with all timings at their defaults. */
    public static PolicyConfig of(List<UplinkConfig> uplinks) {
        return new PolicyConfig(
                uplinks, HoldDownConfig.DEFAULTS, SubflowTimings.DEFAULTS, DetectionTimings.DEFAULTS, false);
    }

    /** The same, with this hold-down. */
    public PolicyConfig withHoldDown(HoldDownConfig other) {
        return new PolicyConfig(uplinks, other, subflows, detection, classified);
    }

    /** The same, with traffic rules or without. */
    public PolicyConfig withClassified(boolean rules) {
        return new PolicyConfig(uplinks, holdDown, subflows, detection, rules);
    }
}
