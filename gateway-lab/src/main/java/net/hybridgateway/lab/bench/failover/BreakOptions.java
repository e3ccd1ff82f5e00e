package net.hybridgateway.lab.bench.failover;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.traffic.TrafficKind;

/**
 * What the user asked for.
 *
 * @param trials breaks of each kind
 * @param cases how the line breaks
 * @param traffic what the connection carries
 * @param contenders who takes part
 * @param inTurn true if the contenders of a round go one after the other and not at the same time
 * @param json where every single measurement goes
 * @param figure where the picture goes
 * @param writeDocs true to write docs/benchmarks.md and docs/break.svg, too
 */
record BreakOptions(
        int trials,
        List<BreakCase> cases,
        List<TrafficKind> traffic,
        List<Contender> contenders,
        boolean inTurn,
        Path json,
        Path figure,
        boolean writeDocs) {
    static final String USAGE = """
            usage: sudo ./dev bench break [OPTION…]
              --trials N      breaks of each kind (default 30)
              --case LIST     of carrier, silent, silent-down, address (default all)
              --traffic LIST  of download, upload, echo (default all)
              --system LIST   of gateway, kernel-backup, kernel-always (default all)
              --in-turn       one system after the other; else all break at the same time, which takes a third of the time
              --json FILE     every single measurement (default gateway-lab/target/bench/break.jsonl)
              --figure FILE   the picture as SVG (default gateway-lab/target/bench/break.svg)
              --write-docs    write docs/benchmarks.md and docs/break.svg, too
              --help          this text
            """;

    private static final Path FOLDER = Path.of("gateway-lab/target/bench");
    private static final int TRIALS = 30;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with one line for people
     */
    static BreakOptions parse(List<String> words) {
        BenchOptions options = BenchOptions.parse(
                words,
                Set.of("--trials", "--case", "--traffic", "--system", "--json", "--figure"),
                Set.of("--in-turn", "--write-docs"));
        return new BreakOptions(
                options.count("--trials", TRIALS),
                options.several("--case", BreakCase.values()),
                options.several("--traffic", TrafficKind.values()),
                options.several("--system", Contender.values()),
                options.has("--in-turn"),
                options.file("--json", FOLDER.resolve("break.jsonl")),
                options.file("--figure", FOLDER.resolve("break.svg")),
                options.has("--write-docs"));
    }
}
