package net.hybridgateway.app.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ControlLoopTest {
    private final ControlLoop loop = new ControlLoop(System::nanoTime);
    private final Alarm alarm = new Alarm();

    @AfterEach
    void stop() throws InterruptedException {
        loop.stop();
    }

    @Test
    void runsTasksInTheOrderOfPostingOnOneThread() {
        List<Integer> done = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            loop.post(() -> {
                done.add(number);
                threads.add(Thread.currentThread());
            });
        }
        loop.start(alarm);

        assertEquals(100, loop.ask(done::size));

        for (int i = 0; i < 100; i++) {
            assertEquals(i, done.get(i));
        }
        assertEquals(1, threads.stream().distinct().count());
        assertEquals("control", threads.get(0).getName());
    }

    @Test
    void wakesUpForADeadline() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(30);
        alarm.next = OptionalLong.of(deadline);
        loop.start(alarm);

        assertTrue(alarm.rung.await(10, TimeUnit.SECONDS));
        assertTrue(alarm.rungAtNanos - deadline >= 0, "not before the deadline");
    }

    @Test
    void looksAtTheDeadlinesAgainAfterEachTask() throws InterruptedException {
        loop.start(alarm);
        loop.post(() -> alarm.next = OptionalLong.of(System.nanoTime()));

        assertTrue(alarm.rung.await(10, TimeUnit.SECONDS));
    }

    @Test
    void survivesATaskThatFails() {
        loop.start(alarm);
        loop.post(() -> {
            throw new IllegalStateException("a bug");
        });

        assertEquals("alive", loop.ask(() -> "alive"));
    }

    @Test
    void pausesAfterADeadlineThatFails() throws InterruptedException {
        CountDownLatch ticks = new CountDownLatch(5);
        long startNanos = System.nanoTime();
        loop.start(new ControlLoop.Clockwork() {
            @Override
            public OptionalLong nextDeadlineNanos() {
                return OptionalLong.of(System.nanoTime() - 1);
            }

            @Override
            public void tick(long nowNanos) {
                ticks.countDown();
                throw new IllegalStateException("a bug");
            }
        });

        assertTrue(ticks.await(10, TimeUnit.SECONDS), "it goes on");
        long fourPauses = TimeUnit.MILLISECONDS.toNanos(4 * 50);
        assertTrue(System.nanoTime() - startNanos >= fourPauses, "without a pause");
    }

    @Test
    void handsTheFailureOfAQuestionToWhoeverAsked() {
        loop.start(alarm);
        IllegalStateException cause = new IllegalStateException("no such uplink");

        CompletionException failed = assertThrows(
                CompletionException.class,
                () -> loop.ask(() -> {
                    throw cause;
                }));

        assertSame(cause, failed.getCause());
    }

    @Test
    void saysSoWhenAnAnswerTakesTooLong() throws InterruptedException {
        ControlLoop impatient = new ControlLoop(System::nanoTime, Duration.ofMillis(20));
        CountDownLatch end = new CountDownLatch(1);
        impatient.start(alarm);
        impatient.post(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        CompletionException failed = assertThrows(CompletionException.class, () -> impatient.ask(() -> "late"));

        end.countDown();
        impatient.stop();
        assertEquals(
                "the control thread did not answer within 20 ms",
                failed.getCause().getMessage());
    }

    @Test
    void stopsAlthoughNoTaskComes() throws InterruptedException {
        loop.start(alarm);
        Thread control = loop.ask(Thread::currentThread);

        loop.stop();

        assertTrue(!control.isAlive());
    }

    private static final class Alarm implements ControlLoop.Clockwork {
        private final CountDownLatch rung = new CountDownLatch(1);
        private volatile OptionalLong next = OptionalLong.empty();
        private volatile long rungAtNanos;

        @Override
        public OptionalLong nextDeadlineNanos() {
            return next;
        }

        @Override
        public void tick(long nowNanos) {
            if (next.isPresent() && nowNanos - next.getAsLong() >= 0) {
                next = OptionalLong.empty();
                rungAtNanos = nowNanos;
                rung.countDown();
            }
        }
    }
}
