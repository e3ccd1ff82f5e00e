package net.hybridgateway.lab.bench.start;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.hybridgateway.lab.measure.BenchOptions;

/**
 * What the user asked for.
 *
 * @param starts of the daemon
 * @param lives of daemons whose memory is looked at
 * @param connections that are relayed then
 * @param program to start instead of what the packages hold
 * @param json where every single start goes
 * @param writeDocs true to write docs/benchmarks.md, too
 */
record StartOptions(int starts, int lives, int connections, Optional<String> program, Path json, boolean writeDocs) {
    static final String USAGE = """
            usage: sudo ./dev bench start [OPTION…]
              --count N        starts (default 15)
              --lives N        daemons whose memory is looked at, 40 s each (default 3)
              --connections N  that these relay (default 500)
              --program FILE   start this instead of what the packages hold, built for this machine
              --json FILE      every single start (default gateway-lab/target/bench/start.jsonl)
              --write-docs     write docs/benchmarks.md, too
              --help           this text
            """;

    private static final int STARTS = 15;
    private static final int LIVES = 3;
    private static final int CONNECTIONS = 500;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with one line for people
     */
    static StartOptions parse(List<String> words) {
        BenchOptions options = BenchOptions.parse(
                words, Set.of("--count", "--lives", "--connections", "--program", "--json"), Set.of("--write-docs"));
        return new StartOptions(
                options.count("--count", STARTS),
                options.count("--lives", LIVES),
                options.count("--connections", CONNECTIONS),
                options.value("--program"),
                options.file("--json", Path.of("gateway-lab/target/bench/start.jsonl")),
                options.has("--write-docs"));
    }
}
