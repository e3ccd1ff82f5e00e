package net.hybridgateway.netlink.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.hybridgateway.netlink.socket.MptcpSupport.Capability;
import net.hybridgateway.netlink.testing.NetnsCommands;
import net.hybridgateway.netlink.testing.NetnsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NetnsExtension.class)
class MptcpSupportIT {
    @Test
    void findsEachCapabilityOnce() {
        NetnsCommands.sysctl("net.ipv4.tcp_fastopen", 7);
        MptcpSupport support = MptcpSupport.probe();
        assertEquals(
                Arrays.asList(Capability.values()),
                support.findings().stream()
                        .map(MptcpSupport.Finding::capability)
                        .toList());
        assertTrue(support.has(Capability.MPTCP_SOCKET));
        assertTrue(support.has(Capability.FAST_OPEN_CLIENT), support::toString);
        assertTrue(support.has(Capability.FAST_OPEN_WITHOUT_COOKIE), support::toString);
        assertTrue(support.has(Capability.FAST_OPEN_SERVER), support::toString);
        assertTrue(support.has(Capability.TRANSPARENT), support::toString);
        assertTrue(support.has(Capability.USERSPACE_PATH_MANAGER), support::toString);
    }

    @Test
    void saysWhichSettingForbidsFastOpen() {
        NetnsCommands.sysctl("net.ipv4.tcp_fastopen", 1);
        MptcpSupport support = MptcpSupport.probe();
        assertTrue(support.has(Capability.FAST_OPEN_CLIENT));
        assertFalse(support.has(Capability.FAST_OPEN_WITHOUT_COOKIE));
        assertEquals(
                "net.ipv4.tcp_fastopen is 1, needs the bits of 5",
                explanation(support, Capability.FAST_OPEN_WITHOUT_COOKIE));
    }

    @Test
    void saysThatMptcpIsTurnedOff() {
        NetnsCommands.sysctl("net.mptcp.enabled", 0);
        MptcpSupport support = MptcpSupport.probe();
        assertEquals(Capability.values().length, support.findings().size());
        assertFalse(support.has(Capability.MPTCP_SOCKET));
        assertEquals("net.mptcp.enabled is 0", explanation(support, Capability.MPTCP_SOCKET));
        assertEquals("needs MPTCP sockets", explanation(support, Capability.TRANSPARENT));
    }

    private static String explanation(MptcpSupport support, Capability capability) {
        return support.findings().stream()
                .filter(found -> found.capability() == capability)
                .findFirst()
                .orElseThrow()
                .explanation();
    }
}
