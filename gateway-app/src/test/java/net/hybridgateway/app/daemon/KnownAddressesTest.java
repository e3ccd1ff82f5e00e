package net.hybridgateway.app.daemon;

import static net.hybridgateway.app.testing.Addresses.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownAddressesTest {
    private final KnownAddresses known = new KnownAddresses();

    @Test
    void remembersWhereConversionPointsWere() {
        known.replace(List.of(at("192.0.2.1", 7000)));
        known.replace(List.of(at("192.0.2.2", 7000)));

        assertTrue(known.contains(at("192.0.2.1", 7000)));
        assertTrue(known.contains(at("192.0.2.2", 7000)));
        assertFalse(known.contains(at("192.0.2.1", 7001)));
        assertFalse(known.contains(at("192.0.2.3", 7000)));
    }

    @Test
    void forgetsTheOldestOfTooMany() {
        for (int port = 1; port <= KnownAddresses.MOST_DEPARTED + 2; port++) {
            known.replace(List.of(at("192.0.2.1", port)));
        }

        assertFalse(known.contains(at("192.0.2.1", 1)));
        assertEquals(
                KnownAddresses.MOST_DEPARTED + 1,
                IntStream.rangeClosed(1, 600)
                        .filter(port -> known.contains(at("192.0.2.1", port)))
                        .count());
    }

    @Test
    void oneThatCameBackIsNotAmongTheOldest() {
        known.replace(List.of(at("192.0.2.1", 1)));
        known.replace(List.of());
        known.replace(List.of(at("192.0.2.1", 1)));
        for (int port = 2; port <= KnownAddresses.MOST_DEPARTED + 1; port++) {
            known.replace(List.of(at("192.0.2.1", 1), at("192.0.2.1", port)));
        }

        assertTrue(known.contains(at("192.0.2.1", 1)));
    }
}
