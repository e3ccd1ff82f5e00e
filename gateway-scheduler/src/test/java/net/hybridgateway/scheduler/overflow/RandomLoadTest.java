package net.hybridgateway.scheduler.overflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import net.hybridgateway.scheduler.overflow.SimulatedHouse.Change;
import net.hybridgateway.scheduler.overflow.SimulatedHouse.SimulatedTransfer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds whatever the house does; a seed that fails fails again. */
class RandomLoadTest {
    private static final int MOST_JOINS_A_MINUTE = 6;
    private static final int MOST_HELPED = 4;

    static List<Long> seeds() {
        Long wanted = Long.getLong("scheduler.seed");
        List<Long> seeds = new ArrayList<>();
        for (long seed = 1; seed <= 100; seed++) {
            seeds.add(seed);
        }
        return wanted == null ? seeds : List.of(wanted);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsItsPromises(long seed) {
        Random random = new Random(seed);
        SimulatedHouse house = new SimulatedHouse(
                SimulatedHouse.fixedLine(),
                SimulatedHouse.cellularLine(1 + random.nextInt(100)),
                random.nextBoolean() ? OptionalLong.of(40_000_000) : OptionalLong.empty());
        List<SimulatedTransfer> live = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            change(house, live, random);
            house.run(Duration.ofMillis(100L * (1 + random.nextInt(60))));
            long helped = live.stream()
                    .filter(transfer -> house.judge.wish(transfer.token) == OverflowWish.REGULAR)
                    .count();
            assertTrue(helped <= MOST_HELPED, house::story);
        }
        ordered(house);
        bounded(house);
        live.forEach(transfer -> transfer.demand = 0);
        house.withoutConnection = 0;
        house.run(Duration.ofSeconds(5));
        for (SimulatedTransfer transfer : live) {
            assertEquals(OverflowWish.NONE, house.judge.wish(transfer.token), house::story);
        }
        assertEquals(OptionalLong.empty(), house.judge.nextDeadlineNanos());
    }

    private static void change(SimulatedHouse house, List<SimulatedTransfer> live, Random random) {
        switch (random.nextInt(8)) {
            case 0, 1 ->
                live.add(house.start(
                        random.nextInt(4) == 0 ? Direction.UP : Direction.DOWN, Math.exp(random.nextDouble() * 6)));
            case 2 -> {
                if (!live.isEmpty()) {
                    house.end(live.remove(random.nextInt(live.size())));
                }
            }
            case 3 -> live.forEach(transfer -> transfer.demand = random.nextInt(60) * SimulatedHouse.MBIT);
            case 4 -> live.forEach(transfer -> transfer.withHelp = random.nextDouble());
            case 5 -> house.fixed.present = random.nextInt(4) != 0;
            case 6 -> house.joinTakes = Duration.ofMillis(random.nextInt(3000));
            default -> house.withoutConnection = random.nextInt(50) * SimulatedHouse.MBIT;
        }
    }

    /** Joined silently before it is raised, and lowered before it is closed, unless the preferred line broke. */
    private static void ordered(SimulatedHouse house) {
        Map<Integer, OverflowWish> last = new HashMap<>();
        for (Change change : house.changes) {
            OverflowWish before = last.getOrDefault(change.token(), OverflowWish.NONE);
            boolean step = before == OverflowWish.BACKUP || change.wish() == OverflowWish.BACKUP;
            assertTrue(step || change.cause() == OverflowCause.PREFERRED_BROKE, house::story);
            last.put(change.token(), change.wish());
        }
    }

    private static void bounded(SimulatedHouse house) {
        List<Duration> raises = house.raises();
        for (int i = MOST_JOINS_A_MINUTE; i < raises.size(); i++) {
            // A join takes up to 5 s, so the first of seven raises may come that much later than its join.
            Duration span = raises.get(i).minus(raises.get(i - MOST_JOINS_A_MINUTE));
            assertTrue(span.compareTo(Duration.ofSeconds(55)) >= 0, house::story);
        }
    }
}
