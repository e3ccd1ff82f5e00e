package net.hybridgateway.app.testing;

import java.util.Optional;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.scheduler.LineRate;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkReach;
import net.hybridgateway.scheduler.UplinkUse;
import net.hybridgateway.scheduler.quota.UplinkLimits;

/** Uplinks as they are configured, with nothing special about them. */
public final class Uplinks {
    private Uplinks() {}

    /** A fixed line that is always in use. */
    public static UplinkConfig fixed(String name, String device, int preference) {
        return new UplinkConfig(
                name,
                device,
                UplinkKind.FIXED,
                preference,
                UplinkUse.ALWAYS,
                Optional.empty(),
                true,
                LineRate.UNKNOWN,
                UplinkLimits.NONE,
                UplinkReach.INTERNET);
    }
}
