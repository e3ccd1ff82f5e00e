package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whatever house, in whatever order: the promises of {@link DayJudge} hold. {@code -Dscheduler.days=N}
 * plays so many days; {@code -Dscheduler.seed=N} plays one again and tells its last minutes, as every failure does.
 */
class RandomDaysTest {
    private static final int DAYS = 1_000;
    private static final int MOST_FAILURES = 3;

    @Test
    void keepsItsPromisesOnAnyDay() {
        Long chosen = Long.getLong("scheduler.seed");
        LongStream seeds = chosen != null
                ? LongStream.of(chosen)
                : LongStream.range(0, Integer.getInteger("scheduler.days", DAYS));
        LongAdder days = new LongAdder();
        LongAdder calls = new LongAdder();
        long beginNanos = System.nanoTime();
        List<String> failures = seeds.parallel()
                .boxed()
                .flatMap(seed -> {
                    days.increment();
                    return failureOf(seed, calls).stream();
                })
                .limit(MOST_FAILURES)
                .toList();
        Duration took = Duration.ofNanos(System.nanoTime() - beginNanos);
        System.out.printf(
                "%d random days in %.1f s: %.1f million calls of the engine, %.0f a second%n",
                days.sum(), took.toNanos() / 1e9, calls.sum() / 1e6, calls.sum() * 1e9 / took.toNanos());
        assertEquals(List.of(), failures);
    }

    private static Optional<String> failureOf(long seed, LongAdder calls) {
        RandomDay day = new RandomDay(seed, false);
        try {
            day.play();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(retold(seed));
        } finally {
            calls.add(day.gateway.calls);
        }
    }

    /** The same day again, this time with somebody who takes notes. */
    private static String retold(long seed) {
        RandomDay day = new RandomDay(seed, true);
        try {
            day.play();
            throw new IllegalStateException("day " + seed + " went well the second time");
        } catch (AssertionError e) {
            return "seed " + seed + ": " + e.getMessage() + "\n" + day.story();
        }
    }
}
