package net.hybridgateway.app.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import net.hybridgateway.mgmt.config.AddressPrefix;
import org.junit.jupiter.api.Test;

/** Which leases hold. */
class LeaseBookTest {
    private static final LeaseKey KEY = new LeaseKey("wan0", LeaseFamily.DHCPV4);
    private static final LeaseReading.Refused REFUSED =
            new LeaseReading.Refused("wan0.dhcpv4: option 224, byte 0: bad");

    private final LeaseBook book = new LeaseBook();

    private static Lease lease(String address, long expiresMillis) {
        return new Lease(
                KEY,
                expiresMillis,
                List.of(new LearntPoint.ByAddress(
                        List.of(AddressPrefix.address(address).orElseThrow()))),
                List.of(AddressPrefix.address("192.0.2.53").orElseThrow()),
                List.of("example.net"));
    }

    private boolean hold(Lease lease, long nowMillis) {
        return book.take(KEY, new LeaseReading.Held(lease), nowMillis);
    }

    @Test
    void aLeaseHoldsUntilItsTimeIsOver() {
        assertTrue(hold(lease("198.51.100.7", 5000), 1000));
        assertEquals(OptionalLong.of(5000), book.nextExpiryMillis());

        assertFalse(book.expire(4999));
        assertTrue(book.expire(5000));
        assertEquals(List.of(), book.held());
        assertEquals(OptionalLong.empty(), book.nextExpiryMillis());
    }

    @Test
    void theNextLeaseReplacesTheOneBefore() {
        hold(lease("198.51.100.7", 5000), 1000);

        assertTrue(hold(lease("198.51.100.17", 9000), 2000));
        assertEquals(List.of(lease("198.51.100.17", 9000)), book.held());
        assertFalse(hold(lease("198.51.100.17", 9000), 3000), "nothing new");
    }

    @Test
    void aLeaseThatIsOverWhenItIsReadReplacesWhatWas() {
        hold(lease("198.51.100.7", 5000), 1000);

        assertTrue(hold(lease("198.51.100.17", 1500), 2000));
        assertEquals(List.of(), book.held());
    }

    @Test
    void aRefusedLeaseChangesNothingButWhatIsWrong() {
        hold(lease("198.51.100.7", 5000), 1000);

        assertTrue(book.take(KEY, REFUSED, 2000));
        assertEquals(List.of(lease("198.51.100.7", 5000)), book.held());
        assertEquals(List.of("wan0.dhcpv4: option 224, byte 0: bad"), book.refused());
        assertFalse(book.take(KEY, REFUSED, 3000), "said once");

        assertTrue(book.expire(5000), "its time is over all the same");
        assertTrue(hold(lease("198.51.100.7", 9000), 6000));
        assertEquals(List.of(), book.refused());
    }
}
