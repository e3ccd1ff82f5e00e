package net.hybridgateway.netlink.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.ffi.NativeMemory;

/**
 * What the kernel, and the sysctls of the calling thread's network namespace, let MPTCP do; found by trying, for versions
 * tell little.
 *
 * @param findings one for each {@link Capability}, in that order
 */
public record MptcpSupport(List<Finding> findings) {
    private static final Path SYSCTL = Path.of("/proc/sys/net");
    private static final int FAST_OPEN_CLIENT = 0x1;
    private static final int FAST_OPEN_SERVER = 0x2;
    private static final int FAST_OPEN_WITHOUT_COOKIE = 0x4;

    /** What may be missing. */
    public enum Capability {
        /** Without it there is no bonding: sockets of IPPROTO_MPTCP and family AF_INET6, net.mptcp.enabled. */
        MPTCP_SOCKET,
        /** A program decides on subflows, not the kernel. */
        USERSPACE_PATH_MANAGER,
        /** A fallback to TCP is seen by TCP_IS_MPTCP; {@link SocketQuery#isMptcp} has another way. */
        TCP_IS_MPTCP,
        /** Subflow numbers; {@link Subflow} has another way for the rest. */
        MPTCP_FULL_INFO,
        /** 0-RTT: an MPTCP client may send data in the SYN. */
        FAST_OPEN_CLIENT,
        /** 0-RTT already with the first connection to a peer, as RFC 8803 wants. */
        FAST_OPEN_WITHOUT_COOKIE,
        /** An MPTCP listener takes data in SYNs: for a conversion point, not for a gateway. */
        FAST_OPEN_SERVER,
        /** MPTCP sockets with addresses of others: for a conversion point that keeps the client's. */
        TRANSPARENT
    }

    /**
     * What was found.
     *
     * @param capability of what
     * @param available whether it works, now and here
     * @param explanation why not, or on what setting it rests: a phrase for people
     */
    public record Finding(Capability capability, boolean available, String explanation) {}

    public MptcpSupport {
        findings = List.copyOf(findings);
    }

    /** Tries everything; no connection is made and nothing is changed. */
    public static MptcpSupport probe() {
        try (StreamSocket socket = StreamSocket.open(StreamProtocol.MPTCP)) {
            return new MptcpSupport(List.of(
                    new Finding(Capability.MPTCP_SOCKET, true, "net.mptcp.enabled is 1"),
                    userspacePathManager(),
                    query(Capability.TCP_IS_MPTCP, socket, 6, SocketQuery.TCP_IS_MPTCP),
                    query(Capability.MPTCP_FULL_INFO, socket, MptcpInfo.SOL_MPTCP, Subflow.MPTCP_FULL_INFO),
                    fastOpen(
                            Capability.FAST_OPEN_CLIENT,
                            FAST_OPEN_CLIENT,
                            () -> SocketOption.TCP_FASTOPEN_CONNECT.trySet(socket.fd(), 1)),
                    fastOpen(Capability.FAST_OPEN_WITHOUT_COOKIE, FAST_OPEN_CLIENT | FAST_OPEN_WITHOUT_COOKIE, () -> 0),
                    fastOpen(
                            Capability.FAST_OPEN_SERVER,
                            FAST_OPEN_SERVER,
                            () -> SocketOption.TCP_FASTOPEN_NO_COOKIE.trySet(socket.fd(), 1)),
                    tried(
                            Capability.TRANSPARENT,
                            SocketOption.IP_TRANSPARENT.trySet(socket.fd(), 1),
                            "setsockopt IP_TRANSPARENT")));
        } catch (ErrnoException e) {
            return withoutSockets(e);
        }
    }

    public boolean has(Capability capability) {
        return findings.stream().anyMatch(found -> found.capability() == capability && found.available());
    }

    private static MptcpSupport withoutSockets(ErrnoException failure) {
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(Capability.MPTCP_SOCKET, false, whyNoSocket(failure)));
        for (Capability capability : Capability.values()) {
            if (capability != Capability.MPTCP_SOCKET) {
                findings.add(new Finding(capability, false, "needs MPTCP sockets"));
            }
        }
        return new MptcpSupport(findings);
    }

    private static String whyNoSocket(ErrnoException failure) {
        if (intSysctl("mptcp/enabled").orElse(1) == 0) {
            return "net.mptcp.enabled is 0";
        }
        if (failure.errno().equals(Errno.EPROTONOSUPPORT)) {
            return "the kernel lacks CONFIG_MPTCP_IPV6: " + failure.getMessage();
        }
        return failure.getMessage();
    }

    private static Finding userspacePathManager() {
        String name = Files.exists(SYSCTL.resolve("mptcp/path_manager")) ? "path_manager" : "pm_type";
        String value = sysctl("mptcp/" + name);
        return value.isEmpty()
                ? new Finding(Capability.USERSPACE_PATH_MANAGER, false, "needs Linux 5.19: no sysctl net.mptcp.pm_type")
                : new Finding(Capability.USERSPACE_PATH_MANAGER, true, "net.mptcp." + name + " is " + value);
    }

    private static Finding query(Capability capability, StreamSocket socket, int level, int option) {
        // Enough for any of the options; a complaint about the contents still proves that the option is there.
        int result = LibC.tryOption(socket.fd(), level, option, NativeMemory.allocate(256), 256);
        return tried(
                capability,
                SocketQuery.lacksOption(result) ? result : 0,
                "getsockopt level " + level + " option " + option);
    }

    private static Finding fastOpen(Capability capability, int neededBits, IntSupplier attempt) {
        OptionalInt bits = intSysctl("ipv4/tcp_fastopen");
        String setting = "net.ipv4.tcp_fastopen is " + (bits.isPresent() ? bits.getAsInt() : "unknown");
        if ((bits.orElse(0) & neededBits) != neededBits) {
            return new Finding(capability, false, setting + ", needs the bits of " + neededBits);
        }
        int result = attempt.getAsInt();
        return result < 0
                ? new Finding(capability, false, "MPTCP sockets refuse it: " + new Errno(-result))
                : new Finding(capability, true, setting);
    }

    private static Finding tried(Capability capability, int result, String call) {
        return result < 0
                ? new Finding(capability, false, call + ": " + new Errno(-result))
                : new Finding(capability, true, call + " works");
    }

    private static OptionalInt intSysctl(String name) {
        try {
            return OptionalInt.of(Integer.decode(sysctl(name)));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** The value, or nothing if there is no such file or it may not be read: a probe reports, it doesn't fail. */
    private static String sysctl(String name) {
        try {
            return Files.readString(SYSCTL.resolve(name)).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
