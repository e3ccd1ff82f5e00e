package net.hybridgateway.app.kernel;

import static net.hybridgateway.app.testing.Addresses.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.hybridgateway.app.kernel.TrafficWay.Main;
import net.hybridgateway.app.kernel.TrafficWay.Nowhere;
import net.hybridgateway.app.kernel.TrafficWay.Over;
import net.hybridgateway.app.testing.Addresses;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.scheduler.Allowance;
import net.hybridgateway.scheduler.InitialPath;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkReach;
import net.hybridgateway.scheduler.UplinkUse;
import org.junit.jupiter.api.Test;

class TrafficWayTest {
    private static final InitialPath FIXED = path("fixed", UplinkUse.ALWAYS, false, true);
    private static final InitialPath FIXED_ON_TRIAL = path("fixed", UplinkUse.ALWAYS, true, true);
    private static final InitialPath FIXED_IPV4 = path("fixed", UplinkUse.ALWAYS, false, false);
    private static final InitialPath CELLULAR = path("cellular", UplinkUse.ON_DEMAND, false, true);
    private static final InitialPath CELLULAR_ALWAYS = path("cellular", UplinkUse.ALWAYS, false, true);
    private static final InitialPath CELLULAR_USED_UP =
            Addresses.with(CELLULAR, Set.of(), Allowance.EMERGENCY_ONLY, UplinkKind.CELLULAR);

    @Test
    void theMainTableIsRightWhileItLeadsToThePreferredUplink() {
        assertEquals(new Main(), way("fixed", FIXED, CELLULAR));
    }

    @Test
    void goesAroundADefaultRouteOfALineThatFellSilent() {
        assertEquals(new Over("cellular"), way("fixed", CELLULAR));
    }

    @Test
    void staysWithTheBackupWhenTheRoutesOfAReturningLineAreBackUntilItIsTrusted() {
        assertEquals(new Over("cellular"), way("cellular", CELLULAR), "held before they are back");
        assertEquals(new Over("cellular"), way("fixed", CELLULAR, FIXED_ON_TRIAL));
        assertEquals(new Main(), way("fixed", FIXED, CELLULAR));
    }

    @Test
    void takesALineOnTrialIfNothingElseMayBeUsed() {
        assertEquals(new Main(), way("fixed", CELLULAR_USED_UP, FIXED_ON_TRIAL));
        assertEquals(new Over("fixed"), way("cellular", CELLULAR_USED_UP, FIXED_ON_TRIAL));
    }

    @Test
    void refusesRatherThanUseACellularUplinkWhoseQuotaIsUsedUp() {
        assertEquals(new Nowhere(), way("cellular", CELLULAR_USED_UP));
    }

    @Test
    void leavesADeadLineAloneIfThereIsNothingElse() {
        assertEquals(new Main(), way("fixed"));
        assertEquals(new Main(), way("fixed", CELLULAR_USED_UP), "it may come back any moment");
    }

    @Test
    void refusesAFamilyThatOnlyAnUplinkOnDemandHasWhileABetterOneWorks() {
        assertEquals(new Nowhere(), ipv6Way("cellular", FIXED_IPV4, CELLULAR));
        assertEquals(new Over("cellular"), ipv6Way("cellular", FIXED_IPV4, CELLULAR_ALWAYS));
        assertEquals(new Over("cellular"), ipv6Way("cellular", CELLULAR), "but not when it is needed");
    }

    @Test
    void sendsNothingIntoANetworkThatLeadsToConversionPointsOnly() {
        InitialPath dedicated = Addresses.dedicated(CELLULAR);
        assertEquals(UplinkReach.CONVERSION_POINT, dedicated.reach());
        assertEquals(new Nowhere(), way("cellular", dedicated));
        assertEquals(new Main(), way("fixed", FIXED, dedicated));
    }

    @Test
    void leavesToTheOwnerWhatLeadsElsewhere() {
        assertEquals(
                new Main(),
                TrafficWay.choose(AddressFamily.IPV4, Optional.empty(), List.of(CELLULAR), Set.of("fixed")));
    }

    private static TrafficWay way(String mainUplink, InitialPath... paths) {
        return TrafficWay.choose(AddressFamily.IPV4, Optional.of(mainUplink), List.of(paths), Set.of("fixed"));
    }

    private static TrafficWay ipv6Way(String mainUplink, InitialPath... paths) {
        return TrafficWay.choose(AddressFamily.IPV6, Optional.of(mainUplink), List.of(paths), Set.of("fixed"));
    }

    private static InitialPath path(String uplink, UplinkUse use, boolean onTrial, boolean ipv6) {
        return new InitialPath(
                uplink,
                use,
                1,
                List.of((Inet4Address) ip("192.0.2.1")),
                ipv6 ? List.of((Inet6Address) ip("2001:db8::1")) : List.of(),
                onTrial,
                Set.of(),
                Allowance.FREE,
                use == UplinkUse.ALWAYS ? UplinkKind.FIXED : UplinkKind.CELLULAR,
                UplinkReach.INTERNET);
    }
}
