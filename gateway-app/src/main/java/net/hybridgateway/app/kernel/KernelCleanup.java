package net.hybridgateway.app.kernel;

import java.nio.file.Path;
import net.hybridgateway.netlink.nftables.NfTables;
import net.hybridgateway.netlink.route.RouteNetlink;

/**
 * Removes every trace of a gateway from the kernel: table, rules, routes, settings. Runs before start and after stop, and
 * by command; whoever left the traces may have been killed.
 */
public final class KernelCleanup {
    private KernelCleanup() {}

    /** Interception goes first: from then on, new connections are forwarded. What fails does not stop the rest. */
    public static void run(Path runDir) {
        try (NfTables nfTables = NfTables.open()) {
            InterceptionTable.remove(nfTables);
        } finally {
            removeTheRest(runDir);
        }
    }

    private static void removeTheRest(Path runDir) {
        try (RouteNetlink netlink = RouteNetlink.open()) {
            PolicyRouting.remove(netlink);
        } finally {
            Sysctls.restore(runDir);
        }
    }
}
