package net.hybridgateway.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import net.hybridgateway.lab.middlebox.Behaviour;
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
        // On a busy machine, a SYN with data may get lost, and with it what a connection needs to survive a break.
        assertTrue(
                value(result, "connections lost") <= value(result, "of these without Multipath TCP"), result::toTable);
        assertEquals(0, value(result, "connections neither lost nor going on"), result::toTable);
        // Not one for each: there, a connection may also have begun on cellular, and needs no other subflow.
        assertTrue(value(result, "SYNs over cellular") > 0, result::toTable);
    }

    @ParameterizedTest
    @EnumSource
    void nothingHangsWhenTheConversionPointDiesAndItIsUsedAgainWhenItReturns(McpDeathTrial.Death death)
            throws IOException {
        TrialResult result = new McpDeathTrial(1, 50, death, Duration.ofSeconds(4), Duration.ofSeconds(60)).run();

        System.out.print(result.toTable());
        assertEquals(0, value(result, "of these neither ended nor going on"), result::toTable);
        assertEquals(0, value(result, "of these failed"), result::toTable);
        assertEquals(0, value(result, "pages failed after its return"), result::toTable);
        assertTrue(value(result, "of these directly") > 0, result::toTable);
        assertTrue(Double.isFinite(value(result, "first page through it after its return")), result::toTable);
        assertTrue(value(result, "of 20 new connections, bonded") > 0, result::toTable);
    }

    @ParameterizedTest
    @EnumSource(names = {"STRIP_DATA", "DROP_MPTCP_SYN", "DROP_SYN_DATA"})
    void eachRequestIsServedBehindAMiddleboxAndAllIsUsedAgainOnceItIsGone(Behaviour behaviour) throws IOException {
        TrialResult result = new MiddleboxTrial(List.of(behaviour), 3, Duration.ofSeconds(8)).run();

        System.out.print(result.toTable());
        String name = behaviour.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        assertEquals(0, value(result, name + ": requests failed"), result::toTable);
        assertTrue(Double.isFinite(value(result, name + ": box gone, all used again after")), result::toTable);
    }

    private static double value(TrialResult result, String name) {
        return result.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + result))
                .value();
    }
}
