package net.hybridgateway.lab.bench.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.MarkdownTable;
import net.hybridgateway.lab.measure.Percentiles;
import net.hybridgateway.lab.measure.ProcessMemory;
import net.hybridgateway.lab.measure.TextTable;

/**
 * What came out, for people.
 *
 * @param connections that were relayed when memory was looked at
 */
record StartReport(Circumstances circumstances, int connections, List<StartRun> starts, List<MemoryRun> lives) {
    /** For the median of the time to the first connection that is carried. */
    static final double MOST_SECONDS = 1.0;

    private static final int MEDIAN = 50;
    private static final int ALL = 100;
    private static final double KIB_IN_MB = 1e6 / 1024;

    StartReport {
        starts = List.copyOf(starts);
        lives = List.copyOf(lives);
    }

    boolean isGood() {
        return stage(StartRun.STAGES.indexOf("first connection carried")).at(MEDIAN) <= MOST_SECONDS;
    }

    private Percentiles stage(int index) {
        return Percentiles.of(
                starts.stream().map(run -> run.seconds().get(index)).toList());
    }

    private List<List<String>> times() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("s since its process began", "median", "least", "most"));
        for (int index = 0; index < StartRun.STAGES.size(); index++) {
            Percentiles seconds = stage(index);
            rows.add(List.of(
                    StartRun.STAGES.get(index),
                    seconds(seconds.at(MEDIAN)),
                    seconds(seconds.least()),
                    seconds(seconds.at(ALL))));
        }
        return rows;
    }

    private List<List<String>> memory() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("MB", "resident", "anonymous", "of files"));
        rows.add(memoryRow(
                "idle, with page and MQTT", lives.stream().map(MemoryRun::idle).toList()));
        rows.add(memoryRow(
                "with " + connections + " relayed connections",
                lives.stream().map(MemoryRun::busy).toList()));
        return rows;
    }

    private static List<String> memoryRow(String title, List<ProcessMemory> runs) {
        return List.of(
                title,
                megabytes(runs, ProcessMemory::residentKib),
                megabytes(runs, ProcessMemory::anonymousKib),
                megabytes(runs, ProcessMemory::fileKib));
    }

    /** Median, least and most. */
    private static String megabytes(List<ProcessMemory> runs, ToLongFunction<ProcessMemory> part) {
        Percentiles all = Percentiles.of(
                runs.stream().map(run -> part.applyAsLong(run) / KIB_IN_MB).toList());
        return String.format(Locale.ROOT, "%.1f (%.1f–%.1f)", all.at(MEDIAN), all.least(), all.at(ALL));
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    String toTable() {
        return "\n" + TextTable.of(times()) + "\n" + TextTable.of(memory()) + "\n" + bound() + " " + circumstances
                + "\n";
    }

    String toMarkdown() {
        return "## Start and memory\n\n" + circumstances.toMarkdown() + starts.size()
                + " starts; memory of " + lives.size() + " daemons: the median, the least and the most. " + bound()
                + "\n\n" + MarkdownTable.of(times(), 1) + "\n" + MarkdownTable.of(memory(), 1);
    }

    private String bound() {
        return String.format(
                Locale.ROOT,
                "Bound: the first connection is carried after %.1f s at the median (%s).",
                MOST_SECONDS,
                isGood() ? "kept" : "missed");
    }
}
