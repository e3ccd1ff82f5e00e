package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressIdsTest {
    private final AddressIds ids = new AddressIds();

    @Test
    void keepsTheFirstIdOfAnAddress() {
        ids.learn(SimulatedGateway.FIXED, 0);
        ids.learn(SimulatedGateway.FIXED, 9);
        assertEquals(OptionalInt.of(0), ids.peek(SimulatedGateway.FIXED));
    }

    @Test
    void givesIdZeroToNobodyElse() {
        assertEquals(OptionalInt.of(1), ids.peek(SimulatedGateway.CELLULAR));
    }

    @Test
    void givesEachAddressAnIdOfItsOwnUntilNoneIsLeft() {
        Set<Integer> given = new HashSet<>();
        for (int i = 1; i <= 255; i++) {
            InetAddress address = SimulatedGateway.address("10.0.0." + i);
            int id = ids.peek(address).orElseThrow();
            ids.learn(address, id);
            given.add(id);
        }
        assertEquals(255, given.size());
        assertEquals(OptionalInt.empty(), ids.peek(SimulatedGateway.CELLULAR));
        assertEquals(OptionalInt.of(7), ids.peek(SimulatedGateway.address("10.0.0.7")));
    }

    @Test
    void refusesIdsThatDoNotFitIntoAByte() {
        assertThrows(IllegalArgumentException.class, () -> ids.learn(SimulatedGateway.FIXED, 256));
        assertThrows(IllegalArgumentException.class, () -> ids.learn(SimulatedGateway.FIXED, -1));
    }
}
