package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ActivationBudgetTest {
    private final ActivationBudget budget = new ActivationBudget(3, 0);
    private long now;

    @Test
    void givesOutWhatAnHourHoldsAndFillsEvenly() {
        for (int i = 0; i < 3; i++) {
            assertTrue(budget.mayWake(now));
            wake();
        }
        pass(Duration.ofMinutes(2));
        assertFalse(budget.mayWake(now));
        pass(Duration.ofMinutes(13));
        assertFalse(budget.mayWake(now), "19 minutes after the first, a token takes 20");
        pass(Duration.ofMinutes(2));
        assertTrue(budget.mayWake(now));
    }

    @Test
    void countsAnUplinkThatStaysAwakeOnce() {
        for (int i = 0; i < 600; i++) {
            budget.active(now);
            pass(Duration.ofSeconds(119));
        }
        assertTrue(budget.mayWake(now));
        pass(Duration.ofSeconds(2));
        assertTrue(budget.mayWake(now), "two tokens were never taken");
    }

    @Test
    void allowsMoreOfAnUplinkThatIsAwakeAnyway() {
        for (int i = 0; i < 3; i++) {
            wake();
        }
        budget.active(now);
        assertTrue(budget.mayWake(now));
        pass(Duration.ofMinutes(2));
        assertFalse(budget.mayWake(now));
    }

    @Test
    void countsWhatHadToBeAndRecoversWithinTwoHours() {
        for (int i = 0; i < 100; i++) {
            wake();
        }
        pass(Duration.ofMinutes(75));
        assertFalse(budget.mayWake(now));
        pass(Duration.ofMinutes(6));
        assertTrue(budget.mayWake(now));
    }

    @Test
    void isNeverAskedForMoreThanTheBudgetInAnyHour() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            int perHour = 1 + random.nextInt(20);
            ActivationBudget asked = new ActivationBudget(perHour, 0);
            long time = 0;
            int woken = 0;
            while (time < Duration.ofHours(10).toNanos()) {
                time += Duration.ofSeconds(120 + random.nextInt(200)).toNanos();
                if (asked.mayWake(time)) {
                    asked.active(time);
                    woken++;
                }
            }
            assertTrue(woken <= perHour * 11 + 1, "seed " + seed + ": " + woken + " at " + perHour + " an hour");
        }
    }

    /** Carries something after a silence that is long enough. */
    private void wake() {
        pass(Duration.ofMinutes(2));
        budget.active(now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
