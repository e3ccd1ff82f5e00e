package net.hybridgateway.mgmt.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import net.hybridgateway.scheduler.UplinkUse;
import org.junit.jupiter.api.Test;

/** The configuration that lies on the router when it is new. */
class ShippedConfigurationTest {
    @Test
    void isGoodAndSwitchedOffAndSparesCellular() {
        GatewayConfig config = ConfigReader.read(Path.of("../rootfs-overlay/etc/config/hybrid-gateway"));

        assertFalse(config.interception().enabled());
        assertEquals(UplinkUse.ALWAYS, config.uplinks().get(0).use());
        assertEquals(UplinkUse.ON_DEMAND, config.uplinks().get(1).use());
    }
}
