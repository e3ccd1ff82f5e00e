package net.hybridgateway.netlink.socket;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import net.hybridgateway.netlink.ffi.SockAddr;

/**
 * The two ends of a subflow, {@code struct mptcp_subflow_addrs} (linux/mptcp.h): two times room for a sockaddr_storage.
 *
 * @param local our address and port
 * @param remote the peer's
 */
public record SubflowAddresses(InetSocketAddress local, InetSocketAddress remote) {
    static final int LENGTH = 2 * SockAddr.STORAGE_LENGTH;

    private static final SubflowArray<SubflowAddresses> SUBFLOWS =
            new SubflowArray<>(3, LENGTH, SubflowAddresses::decode);

    /** The subflows of an MPTCP connection, in the kernel's order; none after fallback or of a TCP socket. */
    public static List<SubflowAddresses> of(int fd) {
        return SUBFLOWS.read(fd);
    }

    static SubflowAddresses decode(ByteBuffer source, int offset, int length) {
        return new SubflowAddresses(addressAt(source, offset), addressAt(source, offset + SockAddr.STORAGE_LENGTH));
    }

    private static InetSocketAddress addressAt(ByteBuffer source, int offset) {
        return SockAddr.decode(source.duplicate().order(source.order()).position(offset), SockAddr.STORAGE_LENGTH)
                .inet();
    }
}
