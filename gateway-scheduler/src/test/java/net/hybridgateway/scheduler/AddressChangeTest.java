package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A new address on an uplink is a break of what runs from the old one, but not of the uplink. */
class AddressChangeTest {
    private static final InetAddress RENEWED = SimulatedGateway.address("198.51.100.99");

    private final SimulatedGateway gateway = SimulatedGateway.withCellular(UplinkUse.ON_DEMAND);
    private final SimulatedConnection connection = gateway.connect();

    private void change(List<InetAddress> addresses) {
        gateway.change("fixed", gateway.uplink("fixed").withAddresses(addresses));
    }

    @Test
    void movesToTheNewAddressAtOnceAndLeavesCellularAlone() {
        gateway.mark();
        change(List.of(RENEWED));
        gateway.runUntilQuiet();
        assertEquals("""
                0 create fixed 1 to 192.0.2.1
                41 remove fixed 0
                41 remove fixed 0
                41 destroy fixed 0
                """, gateway.story());
        assertTrue(connection.usable());
    }

    @Test
    void holdsANewAddressNotDownIfTheCarrierWasNeverAway() {
        change(List.of());
        gateway.run(Duration.ofMillis(10));
        gateway.mark();
        change(List.of(RENEWED));
        assertEquals("""
                0 fixed ONLINE READDRESSED
                0 create fixed 2 to 192.0.2.1
                """, gateway.story());
    }

    @Test
    void holdsTheSameAddressDown() {
        change(List.of());
        gateway.run(Duration.ofMillis(10));
        gateway.mark();
        change(List.of(SimulatedGateway.FIXED));
        assertEquals("0 fixed HOLD_DOWN CAME_BACK\n", gateway.story());
    }

    @Test
    void holdsANewAddressDownIfTheCarrierWasAway() {
        gateway.carrier("fixed", false);
        change(List.of());
        gateway.mark();
        change(List.of(RENEWED));
        gateway.carrier("fixed", true);
        assertEquals("0 fixed HOLD_DOWN CAME_BACK\n", gateway.story());
    }

    @Test
    void replacesWhatIsBoundToADeviceThatWasMadeAnew() {
        gateway.mark();
        gateway.remakeDevice("fixed");
        gateway.runUntilQuiet();
        assertEquals("""
                0 destroy fixed 0
                0 create fixed 0 to 192.0.2.1
                """, gateway.story());
        assertTrue(connection.usable());
    }

    @Test
    void leavesSubflowsAloneWhenAnAddressIsAdded() {
        gateway.mark();
        change(List.of(RENEWED, SimulatedGateway.FIXED));
        gateway.runUntilQuiet();
        assertEquals("", gateway.story());
    }

    @Test
    void givesAnAddressThatComesBackItsOldId() {
        change(List.of(RENEWED));
        gateway.run(Duration.ofSeconds(10));
        gateway.mark();
        change(List.of(SimulatedGateway.FIXED));
        gateway.run(Duration.ofMillis(10));
        assertEquals("0 create fixed 0 to 192.0.2.1\n", gateway.story());
    }
}
