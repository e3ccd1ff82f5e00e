package net.hybridgateway.app.converter;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.app.daemon.DaemonException;
import net.hybridgateway.app.daemon.KernelRequirements;
import net.hybridgateway.app.daemon.Lifecycle;
import net.hybridgateway.app.daemon.RunDirectory;
import net.hybridgateway.app.kernel.Sysctls;
import net.hybridgateway.app.relay.RelayLoops;
import net.hybridgateway.netlink.mptcp.Endpoint;
import net.hybridgateway.netlink.mptcp.EndpointFlags;
import net.hybridgateway.netlink.mptcp.Limits;
import net.hybridgateway.netlink.mptcp.MptcpPathManager;

/**
 * A conversion point as a process: prepares the kernel, runs the server, and puts the kernel back.
 *
 * <p>Path management is left to the kernel: a conversion point accepts subflows and opens none.
 */
public final class ConversionPointDaemon implements AutoCloseable {
    /** The most that the kernel allows for one connection. */
    private static final int MOST_SUBFLOWS = 8;

    private final Lifecycle lifecycle = new Lifecycle();

    private ConversionPointDaemon() {}

    /**
     * Starts a conversion point.
     *
     * @param denyInitialAddress whether clients are to join announced addresses only (the C flag, RFC 8684 §3.1)
     * @throws DaemonException if something that it needs is missing; everything that was begun is undone
     */
    public static ConversionPointDaemon start(ConverterOptions options, boolean denyInitialAddress, Path runDir) {
        KernelRequirements.check();
        ConversionPointDaemon daemon = new ConversionPointDaemon();
        try {
            daemon.begin(options, denyInitialAddress, runDir);
            return daemon;
        } catch (RuntimeException e) {
            throw daemon.lifecycle.closeAfter(e);
        }
    }

    private void begin(ConverterOptions options, boolean denyInitialAddress, Path runDir) {
        RunDirectory directory = RunDirectory.claim(runDir);
        lifecycle.onStop("run directory", directory::close);
        Sysctls.restore(runDir);
        lifecycle.onStop("settings", () -> Sysctls.restore(runDir));
        Sysctls.forConversionPoint(denyInitialAddress).apply(runDir);
        preparePathManager(options.announced());

        RelayLoops loops = RelayLoops.forThisMachine();
        lifecycle.onStop("relay", loops::close);
        ConversionPointServer server = new ConversionPointServer(loops, options, System::nanoTime);
        lifecycle.onStop("server", server::close);
        server.start();
    }

    private void preparePathManager(List<InetAddress> announced) {
        MptcpPathManager pathManager = MptcpPathManager.open();
        lifecycle.onStop("path manager", pathManager::close);
        Limits before = pathManager.limits();
        pathManager.setLimits(new Limits(before.acceptedAddresses(), MOST_SUBFLOWS));
        lifecycle.onStop("limits", () -> pathManager.setLimits(before));
        List<InetAddress> present = new ArrayList<>(
                pathManager.endpoints().stream().map(Endpoint::address).toList());
        for (InetAddress address : announced) {
            if (!present.contains(address)) {
                Endpoint endpoint = Endpoint.at(address).flags(EndpointFlags.SIGNAL);
                pathManager.addEndpoint(endpoint);
                lifecycle.onStop("address " + address.getHostAddress(), () -> remove(pathManager, address));
            }
        }
    }

    private static void remove(MptcpPathManager pathManager, InetAddress address) {
        pathManager.endpoints().stream()
                .filter(endpoint -> endpoint.address().equals(address))
                .forEach(pathManager::removeEndpoint);
    }

    @Override
    public void close() {
        lifecycle.close();
    }
}
