package net.hybridgateway.mgmt.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a report tells beside the answers of commands.
 *
 * @param at by the wall clock
 * @param machine words about it: the kernel, the virtual machine and so on
 * @param sysctls kernel settings that matter, by name
 * @param counters the kernel's counters of Multipath TCP that are not 0, by name
 * @param log the last lines, oldest first
 */
public record ReportFacts(
        String version,
        Instant at,
        Map<String, String> machine,
        Map<String, String> sysctls,
        Map<String, Long> counters,
        List<String> log) {
    public ReportFacts {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(at, "at");
        log = List.copyOf(log);
    }
}
