package net.hybridgateway.lab.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.measure.BenchPart;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.middlebox.Behaviour;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabRun;

/** A trial as a part of {@code ./dev bench}, at full length. */
public final class TrialPart implements BenchPart {
    private static final String COUNT = "--count";
    private static final String CASE = "--case";
    private static final String POINTS = "--points";
    private static final String JSON = "--json";

    /** All of them, in the order of the list for people. */
    public static final List<BenchPart> ALL = List.of(
            new TrialPart(
                    "cycles",
                    "breaks and returns under mixed traffic: nothing lost, cellular left again",
                    """
                      --count N    breaks and returns (default 100)
                      --case LIST  of carrier, silent, silent-down, address, in turn (default carrier,silent,address)
                    """,
                    Set.of(COUNT, CASE),
                    options -> new CycleTrial(
                            options.count(COUNT, 100), cases(options), Duration.ofSeconds(5), Duration.ofSeconds(3))),
            new TrialPart(
                    "quiet",
                    "mixed traffic on a healthy fixed line: nothing on cellular",
                    """
                      --count N    minutes (default 10)
                    """,
                    Set.of(COUNT),
                    options -> new QuietTrial(Duration.ofMinutes(options.count(COUNT, 10)))),
            new TrialPart(
                    "thousand",
                    "many live connections at a break: when they go on",
                    """
                      --count N    connections (default 1000)
                    """,
                    Set.of(COUNT),
                    options -> new CrowdTrial(options.count(COUNT, 1000))),
            new TrialPart(
                    "newcomers",
                    "connections opened just after a silent break: how late they are",
                    """
                      --count N    silent breaks (default 20)
                    """,
                    Set.of(COUNT),
                    options -> new NewcomerTrial(options.count(COUNT, 20))),
            new TrialPart(
                    "overflow",
                    "cellular that helps when the fixed line is full: how much, and when it stops",
                    """
                      --count N    seconds for which rates are measured (default 10)
                    """,
                    Set.of(COUNT),
                    options -> new OverflowTrial(
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(options.count(COUNT, 10)))),
            new TrialPart(
                    "flap",
                    "a fixed line that comes and goes every other second: bounded transitions, nothing lost",
                    """
                      --count N    seconds (default 120)
                    """,
                    Set.of(COUNT),
                    options -> new FlapTrial(Duration.ofSeconds(options.count(COUNT, 120)))),
            new TrialPart(
                    "mcpdeath",
                    "the conversion point dies under load and returns: new connections go direct at once, and back",
                    """
                      --count N    live connections (default 200)
                      --case CASE  killed or silent (default killed)
                      --points N   conversion points, of which the first dies (default 1)
                    """,
                    Set.of(COUNT, CASE, POINTS),
                    options -> new McpDeathTrial(
                            options.count(POINTS, 1),
                            options.count(COUNT, 200),
                            options.one(CASE, McpDeathTrial.Death.values(), McpDeathTrial.Death.KILLED),
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(60))),
            new TrialPart(
                    "middleboxes",
                    "boxes on the fixed line that take options or data away: how late requests are, first and later",
                    """
                      --count N    pages behind each (default 20)
                      --case LIST  of the lab's behaviours, like strip-syn,drop-syn-data (default all)
                    """,
                    Set.of(COUNT, CASE),
                    options -> new MiddleboxTrial(
                            options.several(CASE, Behaviour.values()),
                            options.count(COUNT, 20),
                            Duration.ofSeconds(30))));

    private final String name;
    private final String summary;
    private final String options;
    private final Set<String> named;
    private final Function<BenchOptions, Trial> trial;

    private TrialPart(
            String name, String summary, String options, Set<String> named, Function<BenchOptions, Trial> trial) {
        this.name = name;
        this.summary = summary;
        this.options = options;
        this.named = named;
        this.trial = trial;
    }

    private static List<BreakCase> cases(BenchOptions options) {
        return options.several(
                CASE, BreakCase.values(), List.of(BreakCase.CARRIER, BreakCase.SILENT, BreakCase.ADDRESS));
    }

    private static TrialResult run(Trial chosen) throws IOException {
        try {
            return chosen.run();
        } catch (LabException e) {
            throw new LabException(e.getMessage() + "\nlogs: the newest folder in " + LabRun.LOGS, e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public String usage() {
        return "usage: sudo ./dev bench " + name + " [OPTION…]\n" + options
                + "  --json FILE  the figures, for programs\n  --help       this text\n"
                + "The exit code is 1 if a figure misses its bound.\n";
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        Set<String> known = new HashSet<>(named);
        known.add(JSON);
        BenchOptions parsed = BenchOptions.parse(arguments, known, Set.of());
        Trial chosen = trial.apply(parsed);
        System.out.println(Circumstances.ofPart(name, arguments));
        TrialResult result = run(chosen);
        System.out.print(result.toTable());
        Optional<String> json = parsed.value(JSON);
        if (json.isPresent()) {
            Files.writeString(Path.of(json.get()), result.toJson());
        }
        return result.isGood() ? 0 : 1;
    }
}
