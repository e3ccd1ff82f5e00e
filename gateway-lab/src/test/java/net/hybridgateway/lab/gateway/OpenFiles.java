package net.hybridgateway.lab.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabProcess;
import net.hybridgateway.lab.net.Pause;

/** The descriptors of a process, counted before and compared after. */
final class OpenFiles {
    private static final Duration SETTLE = Duration.ofSeconds(60);

    private final LabProcess process;
    private final int before;

    private OpenFiles(LabProcess process) {
        this.process = process;
        this.before = list().size();
    }

    /** Counts them now. */
    static OpenFiles of(LabProcess process) {
        return new OpenFiles(process);
    }

    /** Waits up to a minute until there are no more of them than at first. */
    void assertNoneLeftOver() {
        assertTrue(
                Pause.until(SETTLE, () -> list().size() <= before),
                () -> before + " descriptors before, now " + list());
    }

    private List<String> list() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return descriptors.map(OpenFiles::target).collect(Collectors.toList());
        } catch (IOException e) {
            throw new LabException("cannot see the descriptors of process " + process.pid(), e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // It was closed a moment ago.
            return "gone";
        }
    }
}
