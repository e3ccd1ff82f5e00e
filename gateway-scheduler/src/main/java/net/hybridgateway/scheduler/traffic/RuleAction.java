package net.hybridgateway.scheduler.traffic;

import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.TrafficRights;
import net.hybridgateway.scheduler.TrafficRights.Cellular;

/** What a rule does with the connections that it takes. */
public enum RuleAction {
    /** Nothing special: as a connection that no rule takes. */
    BOND,
    /** Never on cellular: it ends with the fixed lines. */
    FIXED_ONLY,
    /** On cellular only while no fixed line carries it. */
    BACKUP_ONLY,
    /** To its server without a conversion point: over one uplink, and it ends with that. */
    DIRECT,
    /** Also over an uplink that is in {@link Allowance#EMERGENCY_ONLY}. */
    EMERGENCY;

    public TrafficRights rights() {
        return switch (this) {
            case BOND, DIRECT -> TrafficRights.NORMAL;
            case FIXED_ONLY -> new TrafficRights(Cellular.NEVER, false);
            case BACKUP_ONLY -> new TrafficRights(Cellular.WHEN_DOWN, false);
            case EMERGENCY -> new TrafficRights(Cellular.AS_CONFIGURED, true);
        };
    }
}
