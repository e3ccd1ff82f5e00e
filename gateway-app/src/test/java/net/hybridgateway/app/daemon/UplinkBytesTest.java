package net.hybridgateway.app.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.hybridgateway.mgmt.config.UplinkConfig;
import net.hybridgateway.netlink.route.Link;
import net.hybridgateway.netlink.route.LinkCounters;
import net.hybridgateway.netlink.route.OperationalState;
import net.hybridgateway.scheduler.LineRate;
import net.hybridgateway.scheduler.UplinkKind;
import net.hybridgateway.scheduler.UplinkReach;
import net.hybridgateway.scheduler.UplinkUse;
import net.hybridgateway.scheduler.quota.UplinkLimits;
import org.junit.jupiter.api.Test;

class UplinkBytesTest {
    private final UplinkBytes bytes = new UplinkBytes(List.of(uplink("fixed", "wan0"), uplink("cellular", "wwan0")));

    @Test
    void countsFromTheFirstLookOn() {
        bytes.update(List.of(link("wan0", 1_000_000, 500_000)));
        assertEquals(Map.of(), bytes.carried());

        bytes.update(List.of(link("wan0", 1_000_300, 500_020)));
        bytes.update(List.of(link("wan0", 1_000_301, 500_022)));

        assertEquals(Map.of("fixed", new UplinkBytes.Count(301, 22)), bytes.carried());
    }

    @Test
    void goesOnWhenADeviceComesBackWithItsCountersAtZero() {
        bytes.update(List.of(link("wwan0", 100, 10)));
        bytes.update(List.of(link("wwan0", 150, 15)));
        bytes.update(List.of());
        bytes.update(List.of(link("wwan0", 7, 3)));
        bytes.update(List.of(link("wwan0", 9, 4)));

        assertEquals(new UplinkBytes.Count(50 + 9, 5 + 4), bytes.carried().get("cellular"));
    }

    @Test
    void leavesOtherDevicesAndDevicesWithoutCountersAlone() {
        for (int i = 0; i < 2; i++) {
            bytes.update(List.of(link("br-lan", i, i), link("wan0", Optional.empty())));
        }
        assertEquals(Map.of(), bytes.carried());
    }

    @Test
    void addsUpWhatAllOtherUplinksCarried() {
        bytes.update(List.of(link("wan0", 0, 0), link("wwan0", 0, 0)));
        bytes.update(List.of(link("wan0", 1, 2), link("wwan0", 10, 20)));

        assertEquals(30, bytes.ofOthers("fixed"));
        assertEquals(3, bytes.ofOthers("cellular"));
        assertEquals(33, bytes.ofOthers("satellite"));
    }

    private static UplinkConfig uplink(String name, String device) {
        return new UplinkConfig(
                name,
                device,
                UplinkKind.FIXED,
                10,
                UplinkUse.ALWAYS,
                Optional.empty(),
                true,
                LineRate.UNKNOWN,
                UplinkLimits.NONE,
                UplinkReach.INTERNET);
    }

    private static Link link(String name, long received, long sent) {
        return link(name, Optional.of(new LinkCounters(0, 0, received, sent, 0, 0, 0, 0)));
    }

    private static Link link(String name, Optional<LinkCounters> counters) {
        return new Link(1, name, 0, 1500, OperationalState.UP, true, OptionalInt.empty(), Optional.empty(), counters);
    }
}
