package net.hybridgateway.mgmt.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConnectionPlanTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void widensItsWindowWithEachRoundAndNotWithEachBroker() {
        ConnectionPlan plan = new ConnectionPlan(2, () -> 0.5, 0);
        List<Long> seconds = new ArrayList<>();
        List<Integer> brokers = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 14; i++) {
            now = plan.deadlineNanos().orElseThrow();
            brokers.add(plan.begin());
            plan.failed(now);
            seconds.add(plan.window().toSeconds());
        }
        assertEquals(List.of(10L, 20L, 20L, 40L, 40L, 80L, 80L, 160L, 160L, 300L, 300L, 300L, 300L, 300L), seconds);
        assertEquals(List.of(0, 1, 0, 1), brokers.subList(0, 4));
    }

    @Test
    void forgetsFailuresOnceAConnectionWasSteady() {
        ConnectionPlan plan = new ConnectionPlan(1, () -> 0.5, 0);
        for (int i = 0; i < 5; i++) {
            plan.begin();
            plan.failed(0);
        }
        plan.begin();
        plan.succeeded(0);
        plan.lost(10 * SECOND);
        assertEquals(
                Duration.ofMinutes(5), plan.window(), "a broker that hangs up at once is no better than a dead one");
        plan.begin();
        plan.succeeded(20 * SECOND);
        plan.lost(60 * SECOND);
        assertEquals(ConnectionPlan.FIRST_WINDOW, plan.window());
    }

    @Test
    void hurriesOnlyForward() {
        ConnectionPlan plan = new ConnectionPlan(1, () -> 0.1, 0);
        plan.begin();
        plan.failed(0);
        long due = plan.deadlineNanos().orElseThrow();
        plan.hurry(Duration.ofMinutes(10), 0);
        assertEquals(due, plan.deadlineNanos().orElseThrow());
        plan.hurry(Duration.ofSeconds(2), 0);
        assertTrue(plan.deadlineNanos().orElseThrow() < due);
        assertFalse(plan.due(0));
        assertTrue(plan.due(SECOND));
    }

    /** A broker that is restarted for 5 s: how many of a thousand come in the worst second? */
    @Test
    void bringsAThousandBackInNoStorm() {
        Random random = new Random(11);
        int[] perSecond = new int[700];
        for (int gateway = 0; gateway < 1000; gateway++) {
            ConnectionPlan plan = new ConnectionPlan(1, random::nextDouble, 0);
            plan.begin();
            plan.succeeded(0);
            long lost = 100 * SECOND;
            plan.lost(lost);
            for (long now = plan.deadlineNanos().orElseThrow();
                    ;
                    now = plan.deadlineNanos().orElseThrow()) {
                plan.begin();
                perSecond[(int) ((now - lost) / SECOND)]++;
                if (now - lost >= 5 * SECOND) {
                    break;
                }
                plan.failed(now);
            }
        }
        int peak = IntStream.of(perSecond).max().orElseThrow();
        System.out.println("peak of 1000 gateways after a restart of 5 s: " + peak + " attempts in a second");
        assertTrue(peak <= 200, "peak " + peak);
    }
}
