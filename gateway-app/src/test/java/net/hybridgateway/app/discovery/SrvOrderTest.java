package net.hybridgateway.app.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SrvOrderTest {
    private static SrvTarget target(int priority, int weight, String name) {
        return new SrvTarget(priority, weight, 7000, name);
    }

    private static List<String> names(List<SrvTarget> targets) {
        return targets.stream().map(SrvTarget::target).toList();
    }

    @Test
    void thePriorityComesFirst() {
        List<SrvTarget> targets = List.of(target(20, 100, "c"), target(10, 0, "b"), target(5, 1, "a"));

        for (int seed = 0; seed < 100; seed++) {
            assertEquals(List.of("a", "b", "c"), names(SrvOrder.of(targets, new Random(seed)::nextInt)));
        }
    }

    @Test
    void theWeightIsTheShareOfFirstPlaces() {
        List<SrvTarget> targets = List.of(target(1, 10, "small"), target(1, 30, "large"), target(1, 0, "spare"));
        Random random = new Random(7);
        int large = 0;
        int spare = 0;
        for (int i = 0; i < 4000; i++) {
            List<String> names = names(SrvOrder.of(targets, random::nextInt));
            assertEquals(3, names.size());
            large += names.get(0).equals("large") ? 1 : 0;
            spare += names.get(0).equals("spare") ? 1 : 0;
        }
        assertTrue(2700 < large && large < 3150, "large came first " + large + " times");
        assertTrue(0 < spare && spare < 200, "spare came first " + spare + " times");
    }

    @Test
    void theHighestWeightsDontOverflow() {
        List<SrvTarget> targets = List.of(target(1, 65_535, "a"), target(1, 65_535, "b"));

        assertEquals(2, SrvOrder.of(targets, bound -> bound - 1).size());
    }
}
