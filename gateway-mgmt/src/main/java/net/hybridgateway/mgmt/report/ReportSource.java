package net.hybridgateway.mgmt.report;

import java.util.Set;

/** Who knows what goes into a report. Called on the thread "mgmt"; never blocks for long. */
public interface ReportSource {
    ReportFacts facts();

    /** Texts that must not be in a report, wherever they come from: passwords and the like, as they are now. */
    Set<String> secrets();
}
