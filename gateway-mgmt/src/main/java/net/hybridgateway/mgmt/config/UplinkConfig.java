package net.hybridgateway.mgmt.config;

import java.util.Objects;
import java.util.Optional;
import net.hybridgateway.scheduler.LineRate;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkReach;
import net.hybridgateway.scheduler.UplinkUse;
import net.hybridgateway.scheduler.quota.UplinkLimits;

/**
 * A section {@code uplink}.
 *
 * @param name unique among the uplinks; the device where the section has no name
 * @param device network device, unique among the uplinks
 * @param preference lower is preferred; equal ones are peers
 * @param community uplinks of one community share their fate and never back each other up
 * @param enabled whether the uplink takes part at all
 * @param rate what the line carries at most, as far as it is stated
 * @param reach what its network leads to
 */
public record UplinkConfig(
        String name,
        String device,
        UplinkKind kind,
        int preference,
        UplinkUse use,
        Optional<String> community,
        boolean enabled,
        LineRate rate,
        UplinkLimits limits,
        UplinkReach reach) {
    public UplinkConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(use, "use");
        Objects.requireNonNull(community, "community");
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(reach, "reach");
        if (preference < 0) {
            throw new IllegalArgumentException("preference " + preference);
        }
    }
}
