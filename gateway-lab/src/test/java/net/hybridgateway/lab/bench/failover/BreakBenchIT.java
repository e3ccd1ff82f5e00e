package net.hybridgateway.lab.bench.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.net.Requirements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One break of the shortest kind with all systems: the bench measures something that can be. */
class BreakBenchIT {
    @TempDir
    private Path folder;

    @Test
    void everySystemComesThroughALostCarrierAndIsMeasured() throws IOException {
        assumeTrue(
                Requirements.missing(true).isEmpty(), Requirements.missing(true).orElse(""));
        Path json = folder.resolve("break.jsonl");
        BreakOptions options = BreakOptions.parse(
                List.of("--trials", "1", "--case", "carrier", "--traffic", "download", "--json", json.toString()));

        BreakReport report = BreakBench.measure(options, Circumstances.now("a test"));

        assertEquals(3, report.trials().size());
        assertEquals(3, Files.readAllLines(json).size());
        for (BreakTrial trial : report.trials()) {
            assertEquals(Optional.empty(), trial.death(), trial::toString);
            double gap = trial.interruption().gapSeconds();
            assertTrue(gap > 0 && gap < 10, trial::toString);
            boolean cellularWasIdle = trial.cellularBytesBefore() < 10_000;
            assertEquals(trial.contender() != Contender.KERNEL_ALWAYS, cellularWasIdle, trial::toString);
            if (trial.contender() == Contender.GATEWAY) {
                assertEquals(0, trial.cellularBytesBefore(), trial::toString);
            }
        }
    }
}
