package net.hybridgateway.lab.bench.bonding;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.hybridgateway.lab.measure.BenchPart;
import net.hybridgateway.lab.measure.BenchmarkPage;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.ResultFiles;

/** {@code ./dev bench bond}: what two lines give together. */
public final class BondBench implements BenchPart {
    static final String NAME = "bond";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "what two lines give together, beside raw Multipath TCP and each line alone";
    }

    @Override
    public String usage() {
        return BondOptions.USAGE;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        BondOptions options = BondOptions.parse(arguments);
        Circumstances circumstances = Circumstances.ofPart(NAME, arguments);
        BondReport report = measure(options, circumstances);
        System.out.print(report.toTable());
        System.err.println("every measurement: " + options.json());
        if (options.writeDocs()) {
            BenchmarkPage.write(NAME, report.toMarkdown());
        }
        return report.isGood() ? 0 : 1;
    }

    static BondReport measure(BondOptions options, Circumstances circumstances) throws IOException {
        List<BondTrial> trials = new ArrayList<>();
        try (BondGround ground = new BondGround();
                Writer json = ResultFiles.open(options.json())) {
            // All cases in each round, so that all are measured over the whole time.
            for (int round = 1; round <= options.rounds(); round++) {
                for (LinePair pair : options.pairs()) {
                    ground.shape(pair);
                    for (BondCase bondCase : BondOptions.cases(pair)) {
                        BondTrial trial = ground.measure(bondCase, round, Duration.ofSeconds(options.seconds()));
                        trials.add(trial);
                        json.write(trial.toJson() + "\n");
                        json.flush();
                        tell(trial);
                    }
                }
            }
        }
        return new BondReport(circumstances, options.rounds(), trials);
    }

    private static void tell(BondTrial trial) {
        System.err.printf(
                Locale.ROOT,
                "%3d  %-32s  alone %5.1f + %5.1f  gateway %5.1f  raw %5.1f Mbit/s%n",
                trial.round(),
                trial.bondCase().title(),
                trial.fixed() / 1e6,
                trial.cellular() / 1e6,
                trial.gateway() / 1e6,
                trial.raw() / 1e6);
    }
}
