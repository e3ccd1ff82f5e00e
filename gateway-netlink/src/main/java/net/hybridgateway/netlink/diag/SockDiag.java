package net.hybridgateway.netlink.diag;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.NetlinkConversation;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.NetlinkProtocol;
import net.hybridgateway.netlink.NetlinkRequest;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.socket.TcpState;

/**
 * Asks for MPTCP connections and subflows of the network namespace in which it was opened. The lists are no snapshots: what
 * comes or goes while they are made may be missing or there. Methods throw {@link NetlinkException}. May be used by several
 * threads, as {@link NetlinkConversation} may.
 *
 * <p>Tokens need no privilege, but without CAP_NET_ADMIN older kernels leave out the subflows' details.
 */
public final class SockDiag implements AutoCloseable {
    private static final int REQUEST_LENGTH = 56;
    /** The bit of {@code idiag_ext} that asks for INET_DIAG_INFO. */
    private static final int EXTENSION_INFO = 1 << (DiagNumbers.INET_DIAG_INFO - 1);

    private static final InetSocketAddress NOWHERE = new InetSocketAddress(AddressFamily.IPV6.anyAddress(), 0);
    private static final SocketId ANY = new SocketId(NOWHERE, NOWHERE, 0);

    private final NetlinkConversation conversation;

    public SockDiag(NetlinkConversation conversation) {
        this.conversation = conversation;
    }

    /** Opens a socket in the network namespace of the calling thread. */
    public static SockDiag open() {
        return new SockDiag(NetlinkConversation.open(NetlinkProtocol.SOCK_DIAG));
    }

    /** All MPTCP sockets that neither listen nor are closed; those that have fallen back to TCP, too. */
    public List<DiagnosedConnection> connections() {
        int states = allStatesBut(TcpState.LISTEN, TcpState.CLOSED);
        List<DiagnosedConnection> connections = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            conversation.dump(mptcpRequest("list MPTCP connections", family, states, 0)).stream()
                    .flatMap(message -> DiagAnswer.decode(message).stream())
                    .map(DiagAnswer::connection)
                    .forEach(connections::add);
        }
        return connections;
    }

    /**
     * The connection with a token, if there is one.
     *
     * @param token the local one, unsigned
     */
    public Optional<DiagnosedConnection> connection(int token) {
        String operation = "find MPTCP connection " + Integer.toUnsignedString(token);
        // The family only says which handler answers; the token is looked up in both.
        return find(mptcpRequest(operation, AddressFamily.IPV4, -1, token)).map(DiagAnswer::connection);
    }

    /** All subflows, of all connections, that are not listening and not in TIME_WAIT. */
    public List<DiagnosedSubflow> subflows() {
        int states = allStatesBut(TcpState.LISTEN, TcpState.TIME_WAIT, TcpState.NEW_SYN_RECEIVED);
        List<DiagnosedSubflow> subflows = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            conversation
                    .dump(request("list MPTCP subflows", fixed(family, DiagNumbers.IPPROTO_TCP, states, ANY, 0, 0)))
                    .stream()
                    .flatMap(message -> DiagAnswer.decode(message).stream())
                    .flatMap(answer -> answer.subflow().stream())
                    .forEach(subflows::add);
        }
        return subflows;
    }

    /**
     * The subflow between two ends, if there is one.
     *
     * @param interfaceIndex the device that its socket is bound to, or 0
     */
    public Optional<DiagnosedSubflow> subflow(InetSocketAddress local, InetSocketAddress remote, int interfaceIndex) {
        int cookie = DiagNumbers.INET_DIAG_NOCOOKIE;
        ByteBuffer fixed = fixed(
                familyOf(local.getAddress(), remote.getAddress()),
                DiagNumbers.IPPROTO_TCP,
                -1,
                new SocketId(local, remote, interfaceIndex),
                cookie,
                cookie);
        return find(request("find subflow " + local + " to " + remote, fixed)).flatMap(DiagAnswer::subflow);
    }

    @Override
    public void close() {
        conversation.close();
    }

    private static AddressFamily familyOf(InetAddress local, InetAddress remote) {
        if (AddressFamily.of(local) != AddressFamily.of(remote)) {
            throw new IllegalArgumentException("a subflow has one family: " + local + ", " + remote);
        }
        return AddressFamily.of(local);
    }

    private Optional<DiagAnswer> find(NetlinkRequest request) {
        try {
            Optional<NetlinkMessage> answer = conversation.query(request);
            return answer.flatMap(DiagAnswer::decode);
        } catch (NetlinkException e) {
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static NetlinkRequest mptcpRequest(String operation, AddressFamily family, int states, int token) {
        // The protocol's byte is too narrow for 262: the attribute counts.
        ByteBuffer fixed = fixed(family, DiagNumbers.IPPROTO_TCP, states, ANY, token, 0);
        AttributeWriter attributes =
                new AttributeWriter(fixed).u32(DiagNumbers.INET_DIAG_REQ_PROTOCOL, DiagNumbers.IPPROTO_MPTCP);
        return new NetlinkRequest(operation, DiagNumbers.SOCK_DIAG_BY_FAMILY, 0, attributes);
    }

    private static NetlinkRequest request(String operation, ByteBuffer fixed) {
        return new NetlinkRequest(operation, DiagNumbers.SOCK_DIAG_BY_FAMILY, 0, fixed);
    }

    private static ByteBuffer fixed(
            AddressFamily family, int protocol, int states, SocketId id, int cookie0, int cookie1) {
        ByteBuffer fixed = ByteBuffer.allocate(REQUEST_LENGTH).order(ByteOrder.nativeOrder());
        fixed.put((byte) family.number())
                .put((byte) protocol)
                .put((byte) EXTENSION_INFO)
                .put((byte) 0)
                .putInt(states);
        id.encode(fixed, cookie0, cookie1);
        return fixed.flip();
    }

    /** The mask of {@code idiag_states} with all states but these. */
    private static int allStatesBut(TcpState... states) {
        int mask = -1;
        for (TcpState state : states) {
            mask &= ~(1 << state.number());
        }
        return mask;
    }
}
