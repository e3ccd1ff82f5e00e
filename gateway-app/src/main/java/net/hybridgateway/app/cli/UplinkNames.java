package net.hybridgateway.app.cli;

import java.nio.file.Path;
import java.util.List;
import net.hybridgateway.mgmt.control.ControlException;
import net.hybridgateway.mgmt.control.ProbeClient;

/** The names of the uplinks that the running daemon has. */
final class UplinkNames {
    private UplinkNames() {}

    /** Throws a {@link UsageException} that lists them if the name is none of theirs. */
    static void check(Path socket, String name) throws ControlException {
        List<String> known = new ProbeClient(socket).uplinks();
        if (!known.contains(name)) {
            throw new UsageException("there is no uplink '" + name + "': known are " + String.join(", ", known));
        }
    }
}
