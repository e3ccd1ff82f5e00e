package net.hybridgateway.app.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.socket.StreamProtocol;
import net.hybridgateway.netlink.socket.StreamSocket;

/** What this program cannot do without, checked before anything is changed. */
public final class KernelRequirements {
    private static final Path ENABLED = Path.of("/proc/sys/net/mptcp/enabled");

    private static final Path PATH_MANAGER_TYPE = Path.of("/proc/sys/net/mptcp/pm_type");
    private static final Path PATH_MANAGER = Path.of("/proc/sys/net/mptcp/path_manager");

    private static final Path OWN_STATUS = Path.of("/proc/self/status");
    private static final String CAPABILITIES = "CapEff:";

    /** CAP_NET_ADMIN and CAP_NET_RAW, by their numbers in capabilities(7). */
    private static final long NEEDED = (1L << 12) | (1L << 13);

    private KernelRequirements() {}

    /**
     * Checks that decisions about subflows can be made here: the user-space path manager (Linux 5.19), which conversion
     * points do without.
     *
     * @throws DaemonException if the kernel lacks it
     */
    public static void checkPathManager() {
        if (!Files.exists(PATH_MANAGER_TYPE) && !Files.exists(PATH_MANAGER)) {
            throw new DaemonException(
                    "this kernel's Multipath TCP has no user-space path manager: Linux 6.1 or later is needed");
        }
    }

    /**
     * Checks the right to change the network, and Multipath TCP.
     *
     * @throws DaemonException that says in one line what is missing
     */
    public static void check() {
        if (LibC.effectiveUserId() != 0 && (capabilities() & NEEDED) != NEEDED) {
            throw new DaemonException("this needs to be run as root, or with the capabilities NET_ADMIN and NET_RAW:"
                    + " it changes routes and opens transparent sockets");
        }
        try {
            if (!Files.exists(ENABLED)) {
                throw new DaemonException("this kernel has no Multipath TCP: Linux 6.1 or later with CONFIG_MPTCP and"
                        + " CONFIG_MPTCP_IPV6 is needed");
            }
            if (Files.readString(ENABLED).strip().equals("0")) {
                throw new DaemonException("Multipath TCP is switched off: sysctl -w net.mptcp.enabled=1");
            }
        } catch (IOException e) {
            throw new DaemonException("cannot read " + ENABLED + ": " + e.getMessage(), e);
        }
        try (StreamSocket probe = StreamSocket.open(StreamProtocol.MPTCP)) {
            probe.fd();
        } catch (ErrnoException e) {
            throw new DaemonException(
                    "this kernel gives no Multipath TCP sockets for IPv6 (CONFIG_MPTCP_IPV6): " + e.getMessage(), e);
        }
    }

    private static long capabilities() {
        return SystemReport.line(OWN_STATUS, CAPABILITIES)
                .map(digits -> Long.parseUnsignedLong(digits, 16))
                .orElse(0L);
    }
}
