package net.hybridgateway.lab.bench.bonding;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.traffic.TrafficKind;

/**
 * What the user asked for.
 *
 * @param rounds measurements of each case
 * @param seconds how long each rate is measured
 * @param pairs the lines
 * @param json where every single measurement goes
 * @param writeDocs true to write docs/benchmarks.md, too
 */
record BondOptions(int rounds, int seconds, List<LinePair> pairs, Path json, boolean writeDocs) {
    static final String USAGE = """
            usage: sudo ./dev bench bond [OPTION…]
              --rounds N     measurements of each case (default 3; all 28 cases take some 10 minutes a round)
              --seconds N    how long each rate is measured (default 6)
              --pair LIST    of equal, two-to-one, eight-to-one, rtt-three, rtt-ten, loss-little, loss-much (default all)
              --json FILE    every single measurement (default gateway-lab/target/bench/bond.jsonl)
              --write-docs   write docs/benchmarks.md, too
              --help         this text
            """;

    private static final int[] CONNECTIONS = {1, 8};

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with one line for people
     */
    static BondOptions parse(List<String> words) {
        BenchOptions options =
                BenchOptions.parse(words, Set.of("--rounds", "--seconds", "--pair", "--json"), Set.of("--write-docs"));
        return new BondOptions(
                options.count("--rounds", 3),
                options.count("--seconds", 6),
                options.several("--pair", LinePair.values()),
                options.file("--json", Path.of("gateway-lab/target/bench/bond.jsonl")),
                options.has("--write-docs"));
    }

    /** All of one pair. */
    static List<BondCase> cases(LinePair pair) {
        List<BondCase> cases = new ArrayList<>();
        for (TrafficKind traffic : List.of(TrafficKind.DOWNLOAD, TrafficKind.UPLOAD)) {
            for (int connections : CONNECTIONS) {
                cases.add(new BondCase(pair, traffic, connections));
            }
        }
        return cases;
    }
}
