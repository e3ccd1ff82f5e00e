package net.hybridgateway.lab.bench.start;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.lab.measure.BenchPart;
import net.hybridgateway.lab.measure.BenchmarkPage;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.ResultFiles;
import net.hybridgateway.lab.pack.HostRuntime;

/** {@code ./dev bench start}: how soon the daemon is of use, and what memory it takes. */
public final class StartBench implements BenchPart {
    static final String NAME = "start";

    private static final Path RUNTIME = Path.of("gateway-lab/target/bench/runtime");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "time from the start to the first connection carried, and memory, as packaged";
    }

    @Override
    public String usage() {
        return StartOptions.USAGE;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        StartOptions options = StartOptions.parse(arguments);
        Circumstances circumstances = Circumstances.ofPart(NAME, arguments);
        String program = options.program().isPresent()
                ? options.program().get()
                : HostRuntime.build(Path.of("").toAbsolutePath(), RUNTIME).program();
        StartReport report = measure(options, circumstances, program);
        System.out.print(report.toTable());
        System.err.println("every start: " + options.json());
        if (options.writeDocs()) {
            BenchmarkPage.write(NAME, report.toMarkdown());
        }
        return report.isGood() ? 0 : 1;
    }

    private static StartReport measure(StartOptions options, Circumstances circumstances, String program)
            throws IOException {
        List<StartRun> starts = new ArrayList<>();
        List<MemoryRun> lives = new ArrayList<>();
        try (StartGround ground = new StartGround(program);
                Writer json = ResultFiles.open(options.json())) {
            // What the first one does is read files; and the lab's own code is new then.
            ground.start(0);
            for (int round = 1; round <= options.starts(); round++) {
                StartRun run = ground.start(round);
                starts.add(run);
                json.write(run.toJson() + "\n");
                json.flush();
            }
            for (int life = 0; life < options.lives(); life++) {
                lives.add(ground.memory(options.connections()));
            }
        }
        return new StartReport(circumstances, options.connections(), starts, lives);
    }
}
