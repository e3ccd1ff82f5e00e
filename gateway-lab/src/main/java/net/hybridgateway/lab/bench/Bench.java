package net.hybridgateway.lab.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.hybridgateway.lab.bench.bonding.BondBench;
import net.hybridgateway.lab.bench.bulk.BulkBench;
import net.hybridgateway.lab.bench.failover.BreakBench;
import net.hybridgateway.lab.bench.latency.LatencyStudy;
import net.hybridgateway.lab.bench.memory.MemoryStudy;
import net.hybridgateway.lab.bench.micro.MicroBench;
import net.hybridgateway.lab.bench.scale.ScaleStudy;
import net.hybridgateway.lab.bench.setup.SetupStudy;
import net.hybridgateway.lab.bench.start.StartBench;
import net.hybridgateway.lab.measure.BenchPart;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.trial.TrialPart;

/** {@code ./dev bench}: chooses a part and runs it. */
public final class Bench {
    private static final List<BenchPart> PARTS = Stream.concat(
                    Stream.of(
                            new BreakBench(),
                            new BondBench(),
                            new BulkBench(),
                            SetupStudy.PART,
                            MemoryStudy.PART,
                            LatencyStudy.PART,
                            ScaleStudy.PART,
                            new MicroBench(),
                            new StartBench()),
                    TrialPart.ALL.stream())
            .toList();

    private Bench() {}

    /**
     * Exits with the part's code, 1 if the lab can't be built, 2 for a wrong command line.
     *
     * @param arguments the part's name and its options
     */
    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments)));
    }

    private static int run(List<String> words) {
        if (words.isEmpty() || words.get(0).equals("--help")) {
            System.out.print(usage());
            return words.isEmpty() ? 2 : 0;
        }
        Optional<BenchPart> part =
                PARTS.stream().filter(it -> it.name().equals(words.get(0))).findFirst();
        if (part.isEmpty()) {
            System.err.print("no benchmark is called " + words.get(0) + "\n" + usage());
            return 2;
        }
        return run(part.get(), words.subList(1, words.size()));
    }

    private static int run(BenchPart part, List<String> arguments) {
        if (arguments.contains("--help")) {
            System.out.print(part.usage());
            return 0;
        }
        try {
            return part.run(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (LabException | IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static String usage() {
        StringBuilder text = new StringBuilder("usage: sudo ./dev bench NAME [OPTION…]\n");
        PARTS.forEach(part -> text.append(String.format("  %-10s %s%n", part.name(), part.summary())));
        return text + "NAME --help says more.\n";
    }
}
