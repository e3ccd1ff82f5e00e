package net.hybridgateway.mgmt.control;

import java.util.Optional;
import net.hybridgateway.mgmt.status.ProbeReport;

/** Who probes the ways to the conversion points. Called on the thread "mgmt"; never blocks. */
public interface ProbeSource {
    /**
     * Begins a probe; {@link #report} tells when it is done.
     *
     * @param uplink the one to probe, even if a quota or a schedule keeps connections off it; empty for all that are
     *     allowed
     * @throws CommandException if there is no such uplink, or another probe is under way
     */
    ProbeReport begin(Optional<String> uplink) throws CommandException;

    /** The last probe; empty if there was none. */
    Optional<ProbeReport> report();
}
