package net.hybridgateway.netlink.generic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenericNetlinkIT {
    @Test
    void findsTheControllerItself() {
        try (GenericNetlink generic = GenericNetlink.open()) {
            GenericFamily controller = generic.family("nlctrl").orElseThrow();

            assertEquals(16, controller.id());
            assertTrue(controller.group("notify") > 0);
        }
    }

    @Test
    void findsNoFamilyThatIsNotThere() {
        try (GenericNetlink generic = GenericNetlink.open()) {
            assertEquals(Optional.empty(), generic.family("no-such-family"));
        }
    }
}
