package net.hybridgateway.lab.bench.failover;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.measure.BenchPart;
import net.hybridgateway.lab.measure.BenchmarkPage;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.ResultFiles;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.traffic.TrafficKind;

/** {@code ./dev bench break}: how long a break of the fixed line hurts, beside the kernel's own path manager. */
public final class BreakBench implements BenchPart {
    static final String NAME = "break";

    private static final Path DOCS_FIGURE = Path.of("docs/break.svg");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "how long a break of the fixed line hurts, beside the kernel's own path manager";
    }

    @Override
    public String usage() {
        return BreakOptions.USAGE;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        BreakOptions options = BreakOptions.parse(arguments);
        Circumstances circumstances = Circumstances.ofPart(NAME, arguments);
        BreakReport report = measure(options, circumstances);
        System.out.print(report.toTable());
        ResultFiles.write(options.figure(), report.toSvg());
        say("every measurement: " + options.json() + "; picture: " + options.figure());
        if (options.writeDocs()) {
            ResultFiles.write(DOCS_FIGURE, report.toSvg());
            BenchmarkPage.write(NAME, report.toMarkdown());
        }
        return 0;
    }

    /** Builds the houses, breaks the lines as often as asked for, and removes everything. */
    static BreakReport measure(BreakOptions options, Circumstances circumstances) throws IOException {
        say("building " + options.contenders().size() + " houses, each fixed "
                + Contender.PLAN.fixed().orElseThrow() + ", cellular "
                + Contender.PLAN.cellular().orElseThrow());
        List<BreakTrial> trials = new ArrayList<>();
        try (Convoy convoy = new Convoy(options.contenders(), options.inTurn());
                Writer json = ResultFiles.open(options.json())) {
            options.traffic().forEach(kind -> convoy.each(course -> course.measureCellular(kind)));
            convoy.collect(Course::cellularRates).forEach(BreakBench::say);
            // All kinds of breaks in each round, so that all are measured over the whole time.
            for (int round = 1; round <= options.trials(); round++) {
                for (BreakCase breakCase : options.cases()) {
                    for (TrafficKind kind : options.traffic()) {
                        trials.addAll(playRound(convoy, breakCase, kind, round, json));
                    }
                }
            }
        }
        return new BreakReport(circumstances, options, trials);
    }

    private static List<BreakTrial> playRound(
            Convoy convoy, BreakCase breakCase, TrafficKind kind, int round, Writer json) throws IOException {
        convoy.each(Course::prepare);
        List<BreakTrial> trials = convoy.collect(course -> course.breakLine(breakCase, kind, round));
        convoy.each(Course::mend);
        for (BreakTrial trial : trials) {
            json.write(trial.toJson() + "\n");
        }
        json.flush();
        say(String.format(
                "%3d  %-22s  %-8s  longest gap: %s",
                round,
                breakCase.title(),
                BenchOptions.word(kind),
                trials.stream()
                        .map(trial -> trial.contender() + " "
                                + BreakReport.seconds(trial.interruption().gapSeconds()))
                        .collect(Collectors.joining(", "))));
        return trials;
    }

    private static void say(String text) {
        System.err.println(text);
    }
}
