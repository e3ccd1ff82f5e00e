package net.hybridgateway.app.kernel;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.UplinkReach;
import net.hybridgateway.scheduler.UplinkUse;

/** Which way the packets of one family take that nobody intercepts and that are bound to no uplink. */
sealed interface TrafficWay {
    /** As the main table has it: it is right, or it is not ours to say. */
    record Main() implements TrafficWay {}

    /** Over this uplink, whatever the main table's default routes say. */
    record Over(String uplink) implements TrafficWay {}

    /** There is a way, but it must not be used: the LAN's packets are refused, so that hosts need not wait. */
    record Nowhere() implements TrafficWay {}

    /**
     * Chooses the way.
     *
     * <p>Cellular carries nothing that need not be there: an uplink that is not for all times is used only while none that
     * comes before it works, even if those lack this family. A return counts when the uplink is trusted again, not when its
     * routes are back.
     *
     * @param mainUplink the uplink of the main table's best default route; empty if there is none, or if it leads elsewhere,
     *     as into a tunnel of the owner's
     * @param paths what works, best first
     * @param preferred the uplinks before which there is none
     */
    static TrafficWay choose(
            AddressFamily family, Optional<String> mainUplink, List<InitialPath> paths, Set<String> preferred) {
        if (mainUplink.isEmpty()) {
            return new Main();
        }
        List<InitialPath> allowed = paths.stream().filter(TrafficWay::isAllowed).toList();
        Optional<InitialPath> best = allowed.stream()
                .filter(path -> hasFamily(path, family))
                .findFirst()
                .filter(path -> isNeeded(path, allowed.get(0)));
        if (best.isEmpty()) {
            boolean leadsWhereItMustNot =
                    paths.stream().anyMatch(path -> path.uplink().equals(mainUplink.get()));
            return leadsWhereItMustNot ? new Nowhere() : new Main();
        }
        String uplink = best.get().uplink();
        // Behind a less preferred uplink the preferred one's routes may come back before it is trusted.
        boolean mainIsRight = uplink.equals(mainUplink.get()) && preferred.contains(uplink);
        return mainIsRight ? new Main() : new Over(uplink);
    }

    private static boolean isAllowed(InitialPath path) {
        return path.reach() == UplinkReach.INTERNET && path.allowance() != Allowance.EMERGENCY_ONLY;
    }

    private static boolean isNeeded(InitialPath path, InitialPath first) {
        return path.equals(first) || path.use() == UplinkUse.ALWAYS || first.onTrial();
    }

    private static boolean hasFamily(InitialPath path, AddressFamily family) {
        return !(family == AddressFamily.IPV4 ? path.sourcesIpv4() : path.sourcesIpv6()).isEmpty();
    }
}
