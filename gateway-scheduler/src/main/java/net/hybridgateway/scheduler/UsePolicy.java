package net.hybridgateway.scheduler;

/** What an uplink is to one connection: its configured use, as rights and allowance leave it. */
final class UsePolicy {
    private final boolean classified;

    /** @param classified see {@link PolicyConfig} */
    UsePolicy(boolean classified) {
        this.classified = classified;
    }

    /** Whether the connection may be joined over the uplink. One that nobody has classified yet keeps off cellular. */
    boolean mayJoin(TrackedConnection connection, UplinkTracker uplink) {
        boolean unknown = classified && !connection.classified() && cellular(uplink);
        return !unknown && mayStay(connection, uplink);
    }

    /** Whether a subflow that the connection has on the uplink may go on. */
    boolean mayStay(TrackedConnection connection, UplinkTracker uplink) {
        TrafficRights rights = connection.rights();
        boolean never = cellular(uplink) && rights.cellular() == TrafficRights.Cellular.NEVER;
        boolean usedUp = uplink.allowance() == Allowance.EMERGENCY_ONLY && !rights.emergency();
        return !never && !usedUp;
    }

    /** The use of an uplink for one connection. */
    UplinkUse use(TrackedConnection connection, UplinkTracker uplink) {
        return restricted(connection, uplink)
                ? UplinkUse.ON_DEMAND
                : uplink.config().use();
    }

    /** Whether the subflow of a connection over an uplink is to have the backup bit. */
    boolean backup(TrackedConnection connection, UplinkTracker uplink) {
        return uplink.backup() || (restricted(connection, uplink) && uplink.rank() > 0);
    }

    /** It may only step in for others: by the user's rule, or because the quota is running out. */
    private static boolean restricted(TrackedConnection connection, UplinkTracker uplink) {
        boolean byRule = cellular(uplink) && connection.rights().cellular() == TrafficRights.Cellular.WHEN_DOWN;
        return byRule || uplink.allowance() != Allowance.FREE;
    }

    private static boolean cellular(UplinkTracker uplink) {
        return uplink.config().kind() == UplinkKind.CELLULAR;
    }
}
