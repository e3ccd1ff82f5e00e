package net.hybridgateway.scheduler;

import java.util.Optional;
import net.hybridgateway.scheduler.overflow.OverflowJudge;
import net.hybridgateway.scheduler.overflow.OverflowWish;

/** What an uplink is to one connection: its configured use, as rights and allowance leave it. */
final class UsePolicy {
    private boolean classified;
    private final OverflowJudge overflow;

    /**
     * @param classified see {@link PolicyConfig}
     * @param overflow says what a connection should have on the overflow uplinks
     */
    UsePolicy(boolean classified, OverflowJudge overflow) {
        this.classified = classified;
        this.overflow = overflow;
    }

    /** Whether connections are classified from now on. */
    void classified(boolean now) {
        classified = now;
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

    /** The use of an uplink for one connection; {@link UplinkUse#OVERFLOW} means that it has nothing to help with now. */
    UplinkUse use(TrackedConnection connection, UplinkTracker uplink) {
        if (restricted(connection, uplink)) {
            return UplinkUse.ON_DEMAND;
        }
        return helps(connection, uplink) ? UplinkUse.STANDBY : uplink.config().use();
    }

    /** Whether a full line is the reason why the connection is to have a subflow on the uplink. */
    boolean helps(TrackedConnection connection, UplinkTracker uplink) {
        return wish(connection, uplink) != OverflowWish.NONE;
    }

    /** Why the connection has help, or has it no more. */
    Optional<Reason> helpReason(TrackedConnection connection) {
        return overflow.cause(connection.token()).map(Reason::of);
    }

    /** Whether the subflow of a connection over an uplink is to have the backup bit. */
    boolean backup(TrackedConnection connection, UplinkTracker uplink) {
        if (wish(connection, uplink) == OverflowWish.REGULAR) {
            return false;
        }
        return uplink.backup() || (restricted(connection, uplink) && uplink.rank() > 0);
    }

    /** Whether a connection may have help from an uplink at all. */
    boolean mayHelp(TrackedConnection connection, UplinkTracker uplink, long nowNanos) {
        return uplink.config().use() == UplinkUse.OVERFLOW
                && uplink.state() == UplinkState.ONLINE
                && !restricted(connection, uplink)
                && uplink.mayWake(nowNanos)
                && mayJoin(connection, uplink);
    }

    private OverflowWish wish(TrackedConnection connection, UplinkTracker uplink) {
        return uplink.config().use() == UplinkUse.OVERFLOW && !restricted(connection, uplink)
                ? overflow.wish(connection.token())
                : OverflowWish.NONE;
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
