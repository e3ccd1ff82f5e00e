package net.hybridgateway.netlink.generic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import net.hybridgateway.netlink.NetlinkConversation;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.testing.FakeNetlinkSocket;
import net.hybridgateway.netlink.testing.GoldenBytes;
import net.hybridgateway.netlink.testing.NetlinkReplies;
import org.junit.jupiter.api.Test;

class GenericNetlinkTest {
    @Test
    void findsAFamilyWithItsGroups() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(request -> NetlinkReplies.reply(
                request, 16, GoldenBytes.message("family-mptcp-pm").payload()));

        Optional<GenericFamily> family = new GenericNetlink(new NetlinkConversation(socket)).family("mptcp_pm");

        assertEquals(
                Optional.of(new GenericFamily("mptcp_pm", 28, 1, Map.of("mptcp_pm_cmds", 8, "mptcp_pm_events", 9))),
                family);
        assertEquals(9, family.orElseThrow().group("mptcp_pm_events"));
        GenericMessage request = GenericMessage.decode(socket.requests().get(0));
        assertEquals(3, request.command());
    }

    @Test
    void findsNothingWhereTheKernelFindsNothing() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(request -> NetlinkReplies.error(request, Errno.ENOENT));

        assertEquals(Optional.empty(), new GenericNetlink(new NetlinkConversation(socket)).family("nope"));
    }

    @Test
    void namesAMissingGroup() {
        GenericFamily family = new GenericFamily("mptcp_pm", 28, 1, Map.of());

        assertEquals(
                "find group: family mptcp_pm has no multicast group mptcp_pm_events",
                assertThrows(NetlinkException.class, () -> family.group("mptcp_pm_events"))
                        .getMessage());
    }
}
