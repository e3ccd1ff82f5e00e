package net.hybridgateway.mgmt.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.hybridgateway.mgmt.status.ProbeReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeCommandsTest {
    @TempDir
    private Path folder;

    private final Source source = new Source();
    private final ControlCommands commands = new ControlCommands(ProbeCommands.of(source));

    /** One probe that is over when it was asked for the third time. */
    private static final class Source implements ProbeSource {
        private final AtomicInteger asked = new AtomicInteger();
        private volatile Optional<ProbeReport> report = Optional.empty();
        private volatile Optional<String> uplink = Optional.empty();

        @Override
        public ProbeReport begin(Optional<String> named) {
            uplink = named;
            report = Optional.of(ProbeReport.begun(7));
            return report.get();
        }

        @Override
        public Optional<ProbeReport> report() {
            if (report.isPresent() && asked.incrementAndGet() == 3) {
                report = Optional.of(new ProbeReport(7, true, Optional.empty(), List.of()));
            }
            return report;
        }
    }

    @Test
    void answersAtOnceThatAProbeHasBegun() {
        assertEquals(
                "{\"ok\":true,\"result\":{\"number\":7,\"finished\":false,\"well\":false,\"paths\":[]}}",
                commands.answer("{\"command\":\"probe\",\"uplink\":\"fixed\"}"));
        assertEquals(Optional.of("fixed"), source.uplink);
    }

    @Test
    void tellsOfTheProbeThatWasAskedForOnly() {
        assertEquals(
                "{\"ok\":false,\"error\":\"nothing was probed so far\"}",
                commands.answer("{\"command\":\"probe-report\"}"));
        source.begin(Optional.empty());
        assertEquals(
                "{\"ok\":false,\"error\":\"the last probe is number 7, not 6\"}",
                commands.answer("{\"command\":\"probe-report\",\"number\":\"6\"}"));
        assertTrue(commands.answer("{\"command\":\"probe-report\",\"number\":\"7\"}")
                .startsWith("{\"ok\":true,"));
    }

    @Test
    void waitsForTheEndOfAProbe() throws IOException, InterruptedException {
        Path socket = folder.resolve("run").resolve("control.sock");
        try (ControlServer server = ControlServer.open(socket, commands)) {
            server.start();
            ProbeClient.Found found = new ProbeClient(socket).probe(Optional.empty(), false);
            assertEquals("nothing to probe: no uplink, or no conversion point with a known address\n", found.printed());
            assertEquals(false, found.well());
            assertTrue(source.asked.get() >= 3, () -> "asked " + source.asked + " times");
        }
    }
}
