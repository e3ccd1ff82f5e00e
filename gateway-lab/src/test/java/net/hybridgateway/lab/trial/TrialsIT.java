package net.hybridgateway.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import net.hybridgateway.lab.net.Requirements;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each trial in short form: what it asks, it also gets answered, and the answers do not depend on the machine's speed. */
class TrialsIT {
    @BeforeAll
    static void needTheLab() {
        assumeTrue(
                Requirements.missing(true).isEmpty(), Requirements.missing(true).orElse(""));
    }

    @Test
    void cellularCostsNothingWhileTheFixedLineWorks() throws IOException {
        TrialResult result = new QuietTrial(Duration.ofSeconds(10)).run();

        System.out.print(result.toTable());
        assertTrue(result.isGood(), result::toTable);
        assertTrue(value(result, "bytes on the fixed line") > 0, result::toTable);
    }

    @Test
    void aCrowdGoesOnAfterABreak() throws IOException {
        TrialResult result = new CrowdTrial(200).run();

        System.out.print(result.toTable());
        assertEquals(0, value(result, "connections lost"), result::toTable);
        assertTrue(Double.isFinite(value(result, "all go on after")), result::toTable);
        assertTrue(value(result, "SYNs over cellular") >= 200, result::toTable);
    }

    private static double value(TrialResult result, String name) {
        return result.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + result))
                .value();
    }
}
