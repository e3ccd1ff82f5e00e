package net.hybridgateway.lab.bench.micro;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.measure.BenchPart;
import net.hybridgateway.lab.measure.BenchmarkPage;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.Percentiles;
import net.hybridgateway.lab.measure.ResultFiles;
import net.hybridgateway.lab.net.LabException;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code ./dev bench micro}: what single steps take, measured by JMH. */
public final class MicroBench implements BenchPart {
    private static final String NAME = "micro";
    private static final String USAGE = """
            usage: sudo ./dev bench micro [OPTION…]
              --forks N         virtual machines that measure each step (default 3)
              --iterations N    measurements of each, a second each, after as many to warm up (default 3)
              --step PATTERN    only steps whose names the regular expression finds, such as NetlinkSteps.event
              --json FILE       every single measurement, as JMH writes it (default gateway-lab/target/bench/micro.json)
              --write-docs      write docs/benchmarks.md, too
              --help            this text
            """;
    private static final int FORKS = 3;
    private static final int ITERATIONS = 3;
    private static final String STEPS = MicroBench.class.getPackageName() + ".*Steps";
    /** As rootfs-overlay/usr/bin/hybrid-gateway starts the daemon; the heap is larger for many households in a row. */
    private static final String[] JAVA = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"};

    private static final String HEAP = "gc.alloc.rate.norm";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "what single steps take: the netlink and Convert codecs, the policy engine";
    }

    @Override
    public String usage() {
        return USAGE;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        BenchOptions options = BenchOptions.parse(
                arguments, Set.of("--forks", "--iterations", "--step", "--json"), Set.of("--write-docs"));
        Path json = options.file("--json", Path.of("gateway-lab/target/bench/micro.json"));
        Path log = json.resolveSibling("micro.log");
        ResultFiles.write(log, "");
        System.err.println("measuring; what JMH says goes to " + log);
        Circumstances circumstances = Circumstances.ofPart(NAME, arguments);
        MicroReport report = new MicroReport(circumstances, measure(options, json, log));
        System.out.print(report.toTable());
        System.err.println("every measurement: " + json);
        if (options.has("--write-docs")) {
            BenchmarkPage.write(NAME, report.toMarkdown());
        }
        return 0;
    }

    private static List<MicroFigure> measure(BenchOptions options, Path json, Path log) {
        int iterations = options.count("--iterations", ITERATIONS);
        Options jmh = new OptionsBuilder()
                .include(options.value("--step").orElse(STEPS))
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(options.count("--forks", FORKS))
                .warmupIterations(iterations)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgs(JAVA)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(json.toString())
                .output(log.toString())
                .build();
        try {
            Collection<RunResult> results = new Runner(jmh).run();
            return results.stream().map(MicroBench::figure).toList();
        } catch (RunnerException e) {
            throw new LabException("JMH: " + e.getMessage() + "; " + log + " has more", e);
        }
    }

    private static MicroFigure figure(RunResult result) {
        Percentiles all = Percentiles.of(result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList());
        String method = result.getParams().getBenchmark();
        String connections = result.getParams().getParam("connections");
        return new MicroFigure(
                method.substring(MicroBench.class.getPackageName().length() + 1),
                connections == null ? 0 : Integer.parseInt(connections),
                all.at(50),
                all.least(),
                all.at(100),
                result.getAggregatedResult().getSecondaryResults().get(HEAP).getScore());
    }
}
