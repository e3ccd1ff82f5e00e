package net.hybridgateway.lab.trial;

import java.io.IOException;

/** A question to the whole product, with all that it needs to be asked. */
public interface Trial {
    /**
     * Builds a house, tries it out and removes everything.
     *
     * @throws net.hybridgateway.lab.net.LabException if the trial could not be made; a missed bound is a result
     */
    TrialResult run() throws IOException;
}
