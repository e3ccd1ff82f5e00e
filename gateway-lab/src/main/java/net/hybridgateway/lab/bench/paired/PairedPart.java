package net.hybridgateway.lab.bench.paired;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.hybridgateway.lab.measure.BenchOptions;
import net.hybridgateway.lab.measure.BenchPart;
import net.hybridgateway.lab.measure.BenchmarkPage;
import net.hybridgateway.lab.measure.Circumstances;
import net.hybridgateway.lab.measure.ResultFiles;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.LabRun;

/** A {@link Study} as a part of {@code ./dev bench}. */
public final class PairedPart implements BenchPart {
    private static final String JSON = "--json";
    private static final String FIGURE = "--figure";
    private static final String WRITE_DOCS = "--write-docs";
    private static final Path FOLDER = Path.of("gateway-lab/target/bench");

    private final String name;
    private final String summary;
    private final String ownUsage;
    private final Set<String> named;
    private final Function<BenchOptions, Study> study;

    /**
     * One part.
     *
     * @param ownUsage lines of the help text about the study's own options
     * @param named these options; all take a value
     * @param study reads them; an {@link IllegalArgumentException} is for people
     */
    public PairedPart(
            String name, String summary, String ownUsage, Set<String> named, Function<BenchOptions, Study> study) {
        this.name = name;
        this.summary = summary;
        this.ownUsage = ownUsage;
        this.named = Set.copyOf(named);
        this.study = study;
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
        return "usage: sudo ./dev bench " + name + " [OPTION…]\n" + ownUsage
                + "  --json FILE         every single measurement (default " + file(".jsonl") + ")\n"
                + "  --figure FILE       the picture as SVG (default " + file(".svg") + ")\n"
                + "  --write-docs        write docs/benchmarks.md and docs/" + name + ".svg, too\n"
                + "  --help              this text\n"
                + "The exit code is 1 if a figure misses its bound.\n";
    }

    private Path file(String suffix) {
        return FOLDER.resolve(name + suffix);
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        Set<String> known = new HashSet<>(named);
        known.addAll(List.of(JSON, FIGURE));
        BenchOptions options = BenchOptions.parse(arguments, known, Set.of(WRITE_DOCS));
        Study chosen = study.apply(options);
        Circumstances circumstances = Circumstances.ofPart(name, arguments);
        Path json = options.file(JSON, file(".jsonl"));
        PairedReport report = new PairedReport(name, circumstances, chosen, measure(chosen, json));
        System.out.print(report.toText());
        Path figure = options.file(FIGURE, file(".svg"));
        ResultFiles.write(figure, report.toSvg());
        System.err.println("every measurement: " + json + "; picture: " + figure);
        if (options.has(WRITE_DOCS)) {
            ResultFiles.write(Path.of("docs", name + ".svg"), report.toSvg());
            BenchmarkPage.write(name, report.toMarkdown());
        }
        return report.isGood() ? 0 : 1;
    }

    private Samples measure(Study chosen, Path json) throws IOException {
        try (SampleLog log = SampleLog.open(name, json)) {
            chosen.measure(log);
            return log.samples();
        } catch (LabException e) {
            throw new LabException(e.getMessage() + "\nlogs: the newest folders in " + LabRun.LOGS, e);
        }
    }
}
