package net.hybridgateway.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import net.hybridgateway.lab.net.Requirements;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource
    void nothingHangsWhenTheConversionPointDiesAndItIsUsedAgainWhenItReturns(McpDeathTrial.Death death)
            throws IOException {
        TrialResult result = new McpDeathTrial(50, death, Duration.ofSeconds(4), Duration.ofSeconds(60)).run();

        System.out.print(result.toTable());
        assertEquals(0, value(result, "of these neither ended nor going on"), result::toTable);
        assertEquals(0, value(result, "of these failed"), result::toTable);
        assertEquals(0, value(result, "pages failed after its return"), result::toTable);
        if (death == McpDeathTrial.Death.KILLED) {
            // Of a silent one, most pages still wait for it when it comes back.
            assertTrue(value(result, "of these directly") > 0, result::toTable);
        }
        assertTrue(Double.isFinite(value(result, "first page through it after its return")), result::toTable);
        assertTrue(value(result, "of 20 new connections, bonded") > 0, result::toTable);
    }

    private static double value(TrialResult result, String name) {
        return result.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + result))
                .value();
    }
}
