package net.hybridgateway.app.kernel;

import static net.hybridgateway.netlink.testing.NetnsCommands.sysctl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NetnsExtension.class)
class SysctlsIT {
    private static final String FAST_OPEN = "net.ipv4.tcp_fastopen";
    private static final String PATH_MANAGER = "net.mptcp.pm_type";

    @TempDir
    private Path runDir;

    @BeforeEach
    void requireMptcp() {
        Assumptions.assumeTrue(NetnsCommands.hasSysctl(PATH_MANAGER), "this kernel has no user-space path manager");
        sysctl(FAST_OPEN, 2);
        sysctl(PATH_MANAGER, 0);
    }

    @Test
    void addsBitsAndReplacesValues() throws IOException {
        Sysctls.forGateway().apply(runDir);

        assertEquals("7", read(FAST_OPEN));
        assertEquals("1", read(PATH_MANAGER));
    }

    @Test
    void putsTheOwnersValuesBack() throws IOException {
        Sysctls.forGateway().apply(runDir);

        Sysctls.restore(runDir);

        assertEquals("2", read(FAST_OPEN));
        assertEquals("0", read(PATH_MANAGER));
        assertFalse(Files.exists(saved()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"net.ipv4.tcp_fastopen_blackhole_timeout_sec", "net.mptcp.blackhole_timeout"})
    void keepsTheKernelFromGivingUpForAllLinesAndPutsThatBack(String timeout) throws IOException {
        Assumptions.assumeTrue(NetnsCommands.hasSysctl(timeout), "an older kernel");
        sysctl(timeout, 3600);

        Sysctls.forGateway().apply(runDir);
        assertEquals("0", read(timeout));

        Sysctls.restore(runDir);
        assertEquals("3600", read(timeout));
    }

    @Test
    void keepsTheOwnersValuesWhenKilledAndStartedAgain() throws IOException {
        Sysctls.forGateway().apply(runDir);
        // Killed here. The second start finds the values of the first.
        Sysctls.forGateway().apply(runDir);

        Sysctls.restore(runDir);

        assertEquals("2", read(FAST_OPEN));
        assertEquals("0", read(PATH_MANAGER));
    }

    @Test
    void putsBackAsManyAsItCan() throws IOException {
        Files.writeString(saved(), """
                net/ipv4/tcp_fastopen=3
                net/ipv4/no_such_setting=1
                garbage
                net/mptcp/pm_type=not a number
                net/ipv4/ip_forward=1
                """);

        Sysctls.restore(runDir);

        assertEquals("3", read(FAST_OPEN));
        assertEquals("0", read(PATH_MANAGER));
        assertEquals("1", read("net.ipv4.ip_forward"));
        assertFalse(Files.exists(saved()));
    }

    @Test
    void doesNothingWhereNothingWasSaved() throws IOException {
        Sysctls.restore(runDir);
        assertEquals("2", read(FAST_OPEN));
    }

    @Test
    void setsTheFlagOfAConversionPointWhenAsked() throws IOException {
        Sysctls.forConversionPoint(false).apply(runDir);
        assertEquals("1", read("net.mptcp.allow_join_initial_addr_port"));
        assertEquals("3", read(FAST_OPEN));
        Sysctls.restore(runDir);

        Sysctls.forConversionPoint(true).apply(runDir);
        assertEquals("0", read("net.mptcp.allow_join_initial_addr_port"));
        assertTrue(Files.readString(saved()).contains("net/mptcp/allow_join_initial_addr_port=1"));
    }

    private Path saved() {
        return runDir.resolve("sysctl.saved");
    }

    private static String read(String name) throws IOException {
        // Lines, for the kernel answers the first read alone, and readString makes that one of a single byte.
        return Files.readAllLines(Path.of("/proc/sys", name.split("\\."))).get(0);
    }
}
