package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
    private final DeadlineQueue queue = new DeadlineQueue();

    @Test
    void yieldsTheEarliestFirstEvenWhenTimeOverflows() {
        long now = Long.MAX_VALUE - 5;
        queue.set(1, OptionalLong.of(now + 10));
        queue.set(2, OptionalLong.of(now + 1));
        assertEquals(OptionalLong.of(now + 1), queue.earliestNanos());
        assertEquals(OptionalInt.empty(), queue.pollDue(now));
        assertEquals(OptionalInt.of(2), queue.pollDue(now + 20));
        assertEquals(OptionalInt.of(1), queue.pollDue(now + 20));
        assertEquals(OptionalLong.empty(), queue.earliestNanos());
    }

    @Test
    void holdsOneDeadlinePerConnection() {
        queue.set(1, OptionalLong.of(10));
        queue.set(1, OptionalLong.of(20));
        assertEquals(OptionalLong.of(20), queue.earliestNanos());
        queue.set(1, OptionalLong.empty());
        assertEquals(OptionalLong.empty(), queue.earliestNanos());
    }
}
