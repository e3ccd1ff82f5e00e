package net.hybridgateway.lab.bench.paired;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.lab.bench.rival.Rival;
import net.hybridgateway.lab.measure.ResultFiles;

/** Where a study puts what it measures: kept, and written to a file at once. */
public final class SampleLog implements AutoCloseable {
    private final String bench;
    private final Writer json;
    private final List<Sample> samples = new ArrayList<>();

    private SampleLog(String bench, Writer json) {
        this.bench = bench;
        this.json = json;
    }

    static SampleLog open(String bench, Path file) throws IOException {
        return new SampleLog(bench, ResultFiles.open(file));
    }

    /** One number; {@link Sample} says what is what. */
    public void add(String subject, Quantity quantity, Rival rival, int round, double value) throws IOException {
        Sample sample = new Sample(subject, quantity, rival, round, value);
        samples.add(sample);
        json.write(sample.toJson(bench) + "\n");
        json.flush();
    }

    /** Until now. */
    public Samples samples() {
        return new Samples(samples);
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
