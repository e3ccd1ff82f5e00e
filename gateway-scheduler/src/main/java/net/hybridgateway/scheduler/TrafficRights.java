package net.hybridgateway.scheduler;

import java.util.Objects;

/**
 * What the user's rules allow a connection.
 *
 * @param cellular when it may use uplinks of the kind cellular
 * @param emergency it may use an uplink even in {@link Allowance#EMERGENCY_ONLY}
 */
public record TrafficRights(Cellular cellular, boolean emergency) {
    /** Without any rule. */
    public static final TrafficRights NORMAL = new TrafficRights(Cellular.AS_CONFIGURED, false);

    /** When a connection may use cellular uplinks. */
    public enum Cellular {
        /** As each uplink's use says; overflow included. */
        AS_CONFIGURED,
        /** Only while no other uplink carries it, whatever the uplink's use. */
        WHEN_DOWN,
        NEVER
    }

    public TrafficRights {
        Objects.requireNonNull(cellular, "cellular");
    }
}
