package net.hybridgateway.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void goesThroughABreakAndAReturn() {
        List<Decision.ConnectionDecision> decisions = new ArrayList<>();

        Rehearsal.play(decisions::add);

        assertEquals(
                List.of(
                        "CreateSubflow cellular",
                        "InspectSubflow cellular",
                        "RemoveAddress fixed",
                        "DestroySubflow fixed",
                        "CreateSubflow fixed",
                        "RemoveAddress cellular",
                        "DestroySubflow cellular"),
                decisions.stream()
                        .map(decision -> decision.getClass().getSimpleName() + " " + decision.uplink())
                        .distinct()
                        .toList());
    }

    @Test
    void hitsNothing() {
        Rehearsal.play(decision -> assertEquals(0, decision.token()));
    }
}
