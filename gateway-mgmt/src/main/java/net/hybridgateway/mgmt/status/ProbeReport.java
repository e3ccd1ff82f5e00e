package net.hybridgateway.mgmt.status;

import java.util.List;
import java.util.Optional;

/**
 * What a probe found.
 *
 * @param number counts the probes since the start, from 1
 * @param finished false while it goes on; there are no paths until then
 * @param failure why it came to no end; empty if it did, or may
 */
public record ProbeReport(long number, boolean finished, Optional<String> failure, List<ProbedPath> paths) {
    public ProbeReport {
        paths = List.copyOf(paths);
        if (!finished && !paths.isEmpty()) {
            throw new IllegalArgumentException("a probe that goes on has paths already");
        }
    }

    /** One that has just begun. */
    public static ProbeReport begun(long number) {
        return new ProbeReport(number, false, Optional.empty(), List.of());
    }

    /** Whether something was asked, and nothing is in the way. */
    public boolean well() {
        return finished
                && failure.isEmpty()
                && paths.stream().anyMatch(path -> path.verdict().result() == ProbeVerdict.Result.WELL)
                && paths.stream()
                        .map(path -> path.verdict().result())
                        .allMatch(result ->
                                result == ProbeVerdict.Result.WELL || result == ProbeVerdict.Result.NOT_ASKED);
    }
}
