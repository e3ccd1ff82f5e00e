package net.hybridgateway.lab.bench.bulk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.hybridgateway.lab.bench.rival.Leg;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.BenchOptions;

/**
 * What the user asked for.
 *
 * @param count paired runs of each case
 * @param time for which each run is measured
 * @param legs what is beyond the gateway
 * @param gigabits rates of the line
 * @param ways where bytes go
 * @param connections how many at the same time
 * @param rivals who takes part
 * @param json where every single measurement goes
 * @param figure where the picture goes
 * @param writeDocs true to write docs/benchmarks.md and docs/relay.svg, too
 */
record BulkOptions(
        int count,
        Duration time,
        List<Leg> legs,
        List<Integer> gigabits,
        List<BulkCase.Way> ways,
        List<Integer> connections,
        List<Rival> rivals,
        Path json,
        Path figure,
        boolean writeDocs) {
    static final String USAGE = """
            usage: sudo ./dev bench relay [OPTION…]
              --count N           paired runs of each case (default 7); --count 1 --time 1000 is for trying out
              --time MILLIS       for which each run is measured (default 2000)
              --leg LIST          of tcp, mptcp: what is beyond the gateway (default all)
              --rate LIST         of the line in Gbit/s (default 1,4)
              --way LIST          of up, down (default all)
              --connections LIST  at the same time, up to 1000 (default 1,50,500)
              --system LIST       of gateway, haproxy, haproxy-large, haproxy-splice, ss-redir, forwarding (default all)
              --json FILE         every single measurement (default gateway-lab/target/bench/relay.jsonl)
              --figure FILE       the picture as SVG (default gateway-lab/target/bench/relay.svg)
              --write-docs        write docs/benchmarks.md and docs/relay.svg, too
              --help              this text
            The exit code is 1 if a figure misses its bound.
            """;

    private static final Path FOLDER = Path.of("gateway-lab/target/bench");
    private static final int COUNT = 7;
    private static final int MILLIS = 2000;
    private static final int MOST_CONNECTIONS = 1000;
    private static final int MOST_GIGABITS = 100;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with one line for people
     */
    static BulkOptions parse(List<String> words) {
        BenchOptions options = BenchOptions.parse(
                words,
                Set.of(
                        "--count",
                        "--time",
                        "--leg",
                        "--rate",
                        "--way",
                        "--connections",
                        "--system",
                        "--json",
                        "--figure"),
                Set.of("--write-docs"));
        return new BulkOptions(
                options.count("--count", COUNT),
                Duration.ofMillis(options.count("--time", MILLIS)),
                options.several("--leg", Leg.values()),
                options.counts("--rate", List.of(1, 4), MOST_GIGABITS),
                options.several("--way", BulkCase.Way.values()),
                options.counts("--connections", List.of(1, 50, 500), MOST_CONNECTIONS),
                options.several("--system", Rival.values()),
                options.file("--json", FOLDER.resolve("relay.jsonl")),
                options.file("--figure", FOLDER.resolve("relay.svg")),
                options.has("--write-docs"));
    }
}
