package net.hybridgateway.netlink.diag;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.socket.MptcpInfo;
import net.hybridgateway.netlink.socket.TcpInfo;
import net.hybridgateway.netlink.socket.TcpState;

/** Takes answers of sock_diag apart. */
final class DiagAnswer {
    private static final String WHAT = "sock_diag answer";
    private static final int LENGTH = 72;
    private static final int INODE_OFFSET = 68;

    private final TcpState state;
    private final SocketId id;
    private final long inode;
    private byte[] info = {};
    private Optional<AttributeReader> mptcp = Optional.empty();

    /** Returns nothing for a family that is not IP. */
    static Optional<DiagAnswer> decode(NetlinkMessage message) {
        ByteBuffer fixed = message.fixedPart(LENGTH, WHAT);
        return AddressFamily.ofNumber(Byte.toUnsignedInt(fixed.get(0)))
                .map(family -> new DiagAnswer(fixed, family, message.attributes(LENGTH, WHAT)));
    }

    private DiagAnswer(ByteBuffer fixed, AddressFamily family, AttributeReader attributes) {
        this.state = TcpState.of(Byte.toUnsignedInt(fixed.get(1)));
        this.id = SocketId.decode(fixed.duplicate().order(fixed.order()).position(Integer.BYTES), family);
        this.inode = Integer.toUnsignedLong(fixed.getInt(INODE_OFFSET));
        while (attributes.next()) {
            switch (attributes.type()) {
                case DiagNumbers.INET_DIAG_INFO -> info = attributes.bytes();
                case DiagNumbers.INET_DIAG_ULP_INFO -> mptcp = mptcpOf(attributes.nested());
                default -> {} // much more that we don't need
            }
        }
    }

    /** The attributes of a subflow within those of an upper layer protocol, which may also be TLS. */
    private static Optional<AttributeReader> mptcpOf(AttributeReader ulp) {
        while (ulp.next()) {
            if (ulp.type() == DiagNumbers.INET_ULP_INFO_MPTCP) {
                return Optional.of(ulp.nested());
            }
        }
        return Optional.empty();
    }

    DiagnosedConnection connection() {
        return new DiagnosedConnection(
                state, id.local(), id.remote(), inode, MptcpInfo.decode(infoBuffer(), 0, info.length));
    }

    /** Empty for a TCP connection that is no subflow. */
    Optional<DiagnosedSubflow> subflow() {
        return mptcp.map(this::subflow);
    }

    private DiagnosedSubflow subflow(AttributeReader attributes) {
        int token = 0;
        int remoteToken = 0;
        int localId = 0;
        int remoteId = 0;
        int flags = 0;
        while (attributes.next()) {
            switch (attributes.type()) {
                case DiagNumbers.MPTCP_SUBFLOW_ATTR_TOKEN_LOC -> token = attributes.s32();
                case DiagNumbers.MPTCP_SUBFLOW_ATTR_TOKEN_REM -> remoteToken = attributes.s32();
                case DiagNumbers.MPTCP_SUBFLOW_ATTR_ID_LOC -> localId = attributes.u8();
                case DiagNumbers.MPTCP_SUBFLOW_ATTR_ID_REM -> remoteId = attributes.u8();
                case DiagNumbers.MPTCP_SUBFLOW_ATTR_FLAGS -> flags = attributes.s32();
                default -> {} // sequence numbers
            }
        }
        return new DiagnosedSubflow(
                token,
                remoteToken,
                localId,
                remoteId,
                flags,
                state,
                id.local(),
                id.remote(),
                id.interfaceIndex(),
                info.length == 0 ? Optional.empty() : Optional.of(TcpInfo.decode(infoBuffer(), 0, info.length)));
    }

    private ByteBuffer infoBuffer() {
        return ByteBuffer.wrap(info).order(ByteOrder.nativeOrder());
    }
}
