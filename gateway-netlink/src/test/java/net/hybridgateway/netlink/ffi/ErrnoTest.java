package net.hybridgateway.netlink.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void keepsAnUnknownNumber() {
        Errno unknown = new Errno(4095);
        assertEquals(4095, unknown.number());
        assertEquals("errno 4095", unknown.name());
        assertEquals("errno 4095", unknown.toString());
    }

    @Test
    void knowsANumberHoweverItWasMade() {
        assertEquals(Errno.ECONNREFUSED, new Errno(111));
        assertEquals("ECONNREFUSED (connection refused)", new Errno(111).toString());
    }

    @Test
    void refusesWhatIsNoError() {
        assertThrows(IllegalArgumentException.class, () -> new Errno(0));
        assertThrows(IllegalArgumentException.class, () -> new Errno(-111));
    }
}
