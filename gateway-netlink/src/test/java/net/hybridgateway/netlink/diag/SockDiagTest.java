package net.hybridgateway.netlink.diag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.netlink.MalformedMessageException;
import net.hybridgateway.netlink.NetlinkConversation;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.socket.TcpState;
import net.hybridgateway.netlink.testing.FakeNetlinkSocket;
import net.hybridgateway.netlink.testing.NetlinkReplies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "littleEndian", disabledReason = "the bytes come from a little-endian machine")
class SockDiagTest {
    /** Made by hand after linux/inet_diag.h and mptcp.h; what a kernel says, SockDiagIT reads. */
    private static final String SUBFLOW = "0a 01 00 00" // AF_INET6, ESTABLISHED
            + "d4 31 1b 58" // ports 54321 and 7000
            + "00 00 00 00 00 00 00 00 00 00 ff ff c0 00 02 02" // ::ffff:192.0.2.2
            + "00 00 00 00 00 00 00 00 00 00 ff ff c0 00 02 01" // ::ffff:192.0.2.1
            + "03 00 00 00 01 00 00 00 00 00 00 00" // device 3, cookie
            + "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 39 30 00 00" // ..., inode 12345
            + "44 00 13 80" // INET_DIAG_ULP_INFO
            + "0a 00 01 00 6d 70 74 63 70 00 00 00" // name mptcp
            + "34 00 03 80" // INET_ULP_INFO_MPTCP
            + "08 00 01 00 78 56 34 12" // remote token 0x12345678
            + "08 00 02 00 ef be ad de" // local token 0xdeadbeef
            + "08 00 08 00 ec 02 00 00" // flags, one of them unknown
            + "05 00 09 00 00 00 00 00" // remote id 0
            + "05 00 0a 00 02 00 00 00" // local id 2
            + "08 00 63 00 00 00 00 00"; // an attribute of the future

    static boolean littleEndian() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    @Test
    void readsASubflow() {
        try (SockDiag diag = answering(SUBFLOW)) {
            DiagnosedSubflow subflow = diag.subflow(at("192.0.2.2", 54321), at("192.0.2.1", 7000), 3)
                    .orElseThrow();
            assertEquals(0xdeadbeef, subflow.token());
            assertEquals(0x12345678, subflow.remoteToken());
            assertEquals(2, subflow.localId());
            assertEquals(0, subflow.remoteId());
            assertEquals(TcpState.ESTABLISHED, subflow.state());
            assertEquals(at("192.0.2.2", 54321), subflow.local());
            assertEquals(at("192.0.2.1", 7000), subflow.remote());
            assertEquals(3, subflow.interfaceIndex());
            assertEquals(Optional.empty(), subflow.tcp());
            assertTrue(subflow.joined() && subflow.backupByUs() && subflow.fullyEstablished() && subflow.connected());
            assertFalse(subflow.initial() || subflow.backupByPeer() || subflow.mappingValid());
            assertEquals("join-rem,join-loc,backup-loc,fully-established,connected,0x200", subflow.flagsText());
        }
    }

    @Test
    void everyTruncationIsAnErrorOrASmallerAnswer() {
        byte[] whole = bytes(SUBFLOW);
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer truncated = ByteBuffer.wrap(whole, 0, length).slice();
            try (SockDiag diag = answering(truncated)) {
                // Where it ends between two attributes it is as good as complete.
                assertTrue(diag.subflows().size() <= 2);
            } catch (MalformedMessageException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
        try (SockDiag diag = answering(ByteBuffer.wrap(whole, 0, 71).slice())) {
            assertThrows(MalformedMessageException.class, diag::subflows);
        }
    }

    @Test
    void aSocketThatIsGoneIsNoError() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(request -> NetlinkReplies.error(request, Errno.ENOENT));
        try (SockDiag diag = new SockDiag(new NetlinkConversation(socket))) {
            assertEquals(Optional.empty(), diag.connection(1));
            assertEquals(Optional.empty(), diag.subflow(at("192.0.2.2", 1), at("192.0.2.1", 2), 0));
        }
    }

    @Test
    void asksForATokenInTheCookie() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(request -> NetlinkReplies.error(request, Errno.ENOENT));
        try (SockDiag diag = new SockDiag(new NetlinkConversation(socket))) {
            diag.connection(0xdeadbeef);
        }
        ByteBuffer payload = socket.requests().get(0).payload();
        byte[] request = new byte[payload.remaining()];
        payload.get(request);
        assertEquals(
                "02060200" + "ffffffff" + "00".repeat(40) + "efbeadde" + "00000000" + "0800030006010000",
                HexFormat.of().formatHex(request));
    }

    @Test
    void aSubflowHasOneFamily() {
        try (SockDiag diag = answering(SUBFLOW)) {
            assertThrows(IllegalArgumentException.class, () -> diag.subflow(at("192.0.2.2", 1), at("::1", 2), 0));
        }
    }

    private static SockDiag answering(String hex) {
        return answering(ByteBuffer.wrap(bytes(hex)));
    }

    /** A kernel that gives this answer to every request, alone or as the only one of a dump. */
    private static SockDiag answering(ByteBuffer payload) {
        return new SockDiag(new NetlinkConversation(
                new FakeNetlinkSocket(request -> NetlinkReplies.multipart(request, request.type(), List.of(payload)))));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static InetSocketAddress at(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
