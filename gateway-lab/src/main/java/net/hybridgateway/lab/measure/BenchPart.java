package net.hybridgateway.lab.measure;

import java.io.IOException;
import java.util.List;

/** One benchmark of {@code ./dev bench}: builds its own network, measures, prints, and removes everything. */
public interface BenchPart {
    /** The word that chooses it. */
    String name();

    /** What it measures, in one line for the list of parts. */
    String summary();

    /** The whole help text. */
    String usage();

    /**
     * Measures and prints.
     *
     * @param arguments what followed the part's name
     * @return the exit code: 0 if it was measured, no byte was wrong and no bound was missed, else 1
     * @throws IllegalArgumentException with one line for people, for a wrong command line
     * @throws net.hybridgateway.lab.net.LabException with one line for people, if the lab can't be built
     */
    int run(List<String> arguments) throws IOException;
}
