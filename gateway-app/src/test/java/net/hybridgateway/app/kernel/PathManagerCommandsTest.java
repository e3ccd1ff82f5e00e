package net.hybridgateway.app.kernel;

import static net.hybridgateway.app.testing.Addresses.at;
import static net.hybridgateway.app.testing.Addresses.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.NetlinkConversation;
import net.hybridgateway.netlink.diag.SockDiag;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.generic.GenericFamily;
import net.hybridgateway.netlink.generic.GenericMessage;
import net.hybridgateway.netlink.mptcp.MptcpPathManager;
import net.hybridgateway.netlink.testing.FakeNetlinkSocket;
import net.hybridgateway.netlink.testing.NetlinkReplies;
import net.hybridgateway.scheduler.Decision;
import net.hybridgateway.scheduler.EngineEvent;
import net.hybridgateway.scheduler.HoldDownReading;
import net.hybridgateway.scheduler.Reason;
import net.hybridgateway.scheduler.SubflowTuple;
import net.hybridgateway.scheduler.UplinkState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands and attributes have the numbers of linux/mptcp_pm.h. */
class PathManagerCommandsTest {
    private static final GenericFamily FAMILY = new GenericFamily("mptcp_pm", 0x1c, 1, Map.of("mptcp_pm_events", 9));
    private static final int TOKEN = 0xef9f3ec9;
    private static final SubflowTuple TUPLE = new SubflowTuple(at("10.1.2.4", 4000), at("10.0.0.1", 7000));
    private static final Decision.CreateSubflow CREATE = create(true);

    static Stream<Arguments> decisions() {
        return Stream.of(
                Arguments.of(create(true), "10: 1=[2=5 6=4 7=3 1=2 3=10.1.2.4] 4=ef9f3ec9 6=[5=7000 1=2 3=10.0.0.1]"),
                Arguments.of(create(false), "10: 1=[2=5 7=3 1=2 3=10.1.2.4] 4=ef9f3ec9 6=[5=7000 1=2 3=10.0.0.1]"),
                Arguments.of(new Decision.RemoveAddress(TOKEN, 5, "fixed", Reason.PEER_MUST_KNOW), "9: 4=ef9f3ec9 5=5"),
                Arguments.of(
                        new Decision.DestroySubflow(TOKEN, TUPLE, 5, "fixed", Reason.DEAD),
                        "11: 1=[5=4000 1=2 3=10.1.2.4] 4=ef9f3ec9 6=[5=7000 1=2 3=10.0.0.1]"),
                Arguments.of(backup(true), "7: 1=[2=5 6=4 5=4000 1=2 3=10.1.2.4] 4=ef9f3ec9 6=[5=7000 1=2 3=10.0.0.1]"),
                Arguments.of(backup(false), "7: 1=[2=5 5=4000 1=2 3=10.1.2.4] 4=ef9f3ec9 6=[5=7000 1=2 3=10.0.0.1]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decisions")
    void sendsTheCommandOfADecision(Decision decision, String expected) {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(NetlinkReplies::acknowledge);

        assertEquals(Optional.empty(), commands(socket).execute(decision));

        GenericMessage sent = GenericMessage.decode(socket.requests().get(0));
        assertEquals(expected, sent.command() + ": " + text(sent.attributes("command")));
    }

    @Test
    void tellsTheEngineOfASubflowThatTheKernelRefuses() {
        FakeNetlinkSocket socket =
                new FakeNetlinkSocket(request -> NetlinkReplies.error(request, Errno.EINVAL, "no such address", 0));

        EngineEvent.SubflowCreateFailed failed = (EngineEvent.SubflowCreateFailed)
                commands(socket).execute(CREATE).orElseThrow();

        assertEquals(TOKEN, failed.token());
        assertEquals("cellular", failed.uplink());
        assertEquals(5, failed.localId());
        assertTrue(failed.text().contains("no such address"), failed.text());
    }

    static Stream<Decision> othersThatMayComeTooLate() {
        return Stream.of(
                new Decision.RemoveAddress(TOKEN, 5, "fixed", Reason.PEER_MUST_KNOW),
                new Decision.DestroySubflow(TOKEN, TUPLE, 5, "fixed", Reason.DEAD),
                backup(true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("othersThatMayComeTooLate")
    void takesOtherRefusalsForDone(Decision decision) {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(request -> NetlinkReplies.error(request, Errno.ESRCH));
        assertEquals(Optional.empty(), commands(socket).execute(decision));
    }

    @Test
    void tellsTheKernelNothingOfTransitions() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket();
        assertEquals(
                Optional.empty(),
                commands(socket)
                        .execute(new Decision.UplinkTransition(
                                "fixed",
                                UplinkState.ONLINE,
                                UplinkState.OFFLINE,
                                Reason.CARRIER_LOST,
                                OptionalLong.empty(),
                                HoldDownReading.CALM)));
        assertTrue(socket.requests().isEmpty());
    }

    private static Decision.CreateSubflow create(boolean backup) {
        return new Decision.CreateSubflow(
                TOKEN, "cellular", ip("10.1.2.4"), 5, 3, TUPLE.remote(), backup, Reason.PREFERRED_BROKE);
    }

    private static Decision.SetBackup backup(boolean backup) {
        return new Decision.SetBackup(TOKEN, TUPLE, 5, "cellular", backup, Reason.STARTED_ON_BACKUP);
    }

    private static PathManagerCommands commands(FakeNetlinkSocket socket) {
        return new PathManagerCommands(
                new MptcpPathManager(new NetlinkConversation(socket), FAMILY),
                new SockDiag(new NetlinkConversation(socket)));
    }

    /** The attributes as {@code type=value}: nested in brackets, tokens in hexadecimal. */
    private static String text(AttributeReader attributes) {
        StringBuilder text = new StringBuilder();
        while (attributes.next()) {
            int type = attributes.type();
            String value = type == 1 || type == 6
                    ? "[" + endpointText(attributes.nested()) + "]"
                    : attributes.length() == 1 ? "" + attributes.u8() : Long.toHexString(attributes.u32());
            text.append(text.isEmpty() ? "" : " ").append(type).append('=').append(value);
        }
        return text.toString();
    }

    private static String endpointText(AttributeReader attributes) {
        StringBuilder text = new StringBuilder();
        while (attributes.next()) {
            int type = attributes.type();
            String value =
                    switch (type) {
                        case 2 -> "" + attributes.u8();
                        case 1, 5 -> "" + attributes.u16();
                        case 3 -> attributes.address(AddressFamily.IPV4).getHostAddress();
                        default -> "" + attributes.s32();
                    };
            text.append(text.isEmpty() ? "" : " ").append(type).append('=').append(value);
        }
        return text.toString();
    }
}
