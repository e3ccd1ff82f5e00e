package net.hybridgateway.lab.bench.paired;

import java.io.IOException;
import java.util.List;
import net.hybridgateway.lab.measure.Figure;

/** What a {@link PairedPart} measures, as the command line asked for it. */
public interface Study {
    /** The section's heading. */
    String heading();

    /** What the numbers are and how they came about, for those who read the section; one paragraph. */
    String explanation();

    /**
     * Builds houses, measures and removes everything.
     *
     * @throws net.hybridgateway.lab.net.LabException if that can't be done, or if a connection broke
     */
    void measure(SampleLog log) throws IOException;

    /** The figures that have bounds, and how they keep to them. */
    List<Figure> figures(Samples samples);
}
