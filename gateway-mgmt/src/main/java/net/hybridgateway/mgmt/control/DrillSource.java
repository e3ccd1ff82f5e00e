package net.hybridgateway.mgmt.control;

import java.util.Optional;
import net.hybridgateway.mgmt.status.DrillReport;

/** Who rehearses breaks. Called on the thread "mgmt"; never blocks. */
public interface DrillSource {
    /**
     * Begins a drill; {@link #report} tells when it is done.
     *
     * @param uplink the backup to try, even if a quota or a schedule keeps connections off it; empty for all that are
     *     allowed
     * @throws CommandException if there is no such backup, or another drill is under way
     */
    DrillReport begin(Optional<String> uplink) throws CommandException;

    /** The last drill since the start; empty if there was none. */
    Optional<DrillReport> report();
}
