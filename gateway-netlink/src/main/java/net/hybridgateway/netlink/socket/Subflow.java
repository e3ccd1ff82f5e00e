package net.hybridgateway.netlink.socket;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.ffi.NativeMemory;

/**
 * A moment of one subflow of an MPTCP connection.
 *
 * @param id the kernel's number of the subflow within the connection, never used again (not the address id); -1 where the
 *     kernel has no MPTCP_FULL_INFO
 * @param addresses its ends
 * @param tcp its state and counters
 */
public record Subflow(long id, SubflowAddresses addresses, TcpInfo tcp) {
    public static final long NO_ID = -1;

    static final int MPTCP_FULL_INFO = 4;

    // struct mptcp_full_info
    private static final int TCP_INFO_LENGTH_WANTED = 4;
    private static final int SUBFLOW_LENGTH_KERNEL = 8;
    private static final int SUBFLOW_LENGTH_WANTED = 12;
    private static final int SUBFLOW_COUNT = 16;
    private static final int SUBFLOW_ROOM = 20;
    private static final int SUBFLOW_POINTER = 24;
    private static final int TCP_INFO_POINTER = 32;
    private static final int MPTCP_INFO = 40;
    private static final int FULL_INFO_LENGTH = MPTCP_INFO + MptcpInfo.LENGTH;

    /** struct mptcp_subflow_info: u32 id, then the addresses, aligned for a pointer, so from 4 or 8. */
    private static final int SUBFLOW_INFO_LENGTH = 8 + SubflowAddresses.LENGTH;

    private static final int USUAL_SUBFLOWS = 8;
    private static final ThreadLocal<Room> ROOM = ThreadLocal.withInitial(() -> new Room(USUAL_SUBFLOWS));

    /** The subflows of an MPTCP connection, in the kernel's order; none after fallback or of a TCP socket. */
    public static List<Subflow> of(int fd) {
        Room room = ROOM.get();
        int count = room.fill(fd);
        while (count > room.subflows) { // the kernel counts those without room, too
            room = new Room(count);
            ROOM.set(room);
            count = room.fill(fd);
        }
        return count < 0 ? withoutFullInfo(fd) : room.decode(count);
    }

    /** The same from two calls, for kernels without MPTCP_FULL_INFO and after fallback, where all are empty. */
    static List<Subflow> withoutFullInfo(int fd) {
        List<SubflowAddresses> addresses;
        List<TcpInfo> infos;
        do { // a subflow may come or go between the calls
            addresses = SubflowAddresses.of(fd);
            infos = TcpInfo.subflowsOf(fd);
        } while (addresses.size() != infos.size());
        List<Subflow> subflows = new ArrayList<>(infos.size());
        for (int i = 0; i < infos.size(); i++) {
            subflows.add(new Subflow(NO_ID, addresses.get(i), infos.get(i)));
        }
        return subflows;
    }

    /** Memory for struct mptcp_full_info and, behind it, the two arrays that it points to. */
    private static final class Room {
        private final int subflows;
        private final NativeMemory memory;
        private final int subflowsOffset = FULL_INFO_LENGTH;
        private final int tcpInfosOffset;

        Room(int subflows) {
            this.subflows = subflows;
            this.tcpInfosOffset = subflowsOffset + Math.multiplyExact(subflows, SUBFLOW_INFO_LENGTH);
            this.memory = NativeMemory.allocate(tcpInfosOffset + Math.multiplyExact(subflows, TcpInfo.LENGTH));
        }

        /** Returns how many subflows there are, or -1 if the kernel or the socket doesn't have the option. */
        int fill(int fd) {
            ByteBuffer buffer = memory.buffer();
            for (int offset = 0; offset < MPTCP_INFO; offset += Long.BYTES) {
                buffer.putLong(offset, 0);
            }
            buffer.putInt(TCP_INFO_LENGTH_WANTED, TcpInfo.LENGTH)
                    .putInt(SUBFLOW_LENGTH_WANTED, SUBFLOW_INFO_LENGTH)
                    .putInt(SUBFLOW_ROOM, subflows);
            memory.putPointerToSelf(SUBFLOW_POINTER, subflowsOffset);
            memory.putPointerToSelf(TCP_INFO_POINTER, tcpInfosOffset);
            int result = LibC.tryOption(fd, MptcpInfo.SOL_MPTCP, MPTCP_FULL_INFO, memory, FULL_INFO_LENGTH);
            if (SocketQuery.lacksOption(result)) {
                return -1;
            }
            if (result < 0) {
                throw new ErrnoException("getsockopt", new Errno(-result), "MPTCP_FULL_INFO of fd " + fd);
            }
            return buffer.getInt(SUBFLOW_COUNT);
        }

        List<Subflow> decode(int count) {
            ByteBuffer buffer = memory.buffer();
            int addressesOffset = buffer.getInt(SUBFLOW_LENGTH_KERNEL) - SubflowAddresses.LENGTH;
            int subflowLength = buffer.getInt(SUBFLOW_LENGTH_WANTED);
            int tcpInfoLength = buffer.getInt(TCP_INFO_LENGTH_WANTED);
            List<Subflow> decoded = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int offset = subflowsOffset + i * subflowLength;
                decoded.add(new Subflow(
                        Integer.toUnsignedLong(buffer.getInt(offset)),
                        SubflowAddresses.decode(buffer, offset + addressesOffset, SubflowAddresses.LENGTH),
                        TcpInfo.decode(buffer, tcpInfosOffset + i * tcpInfoLength, tcpInfoLength)));
            }
            return decoded;
        }
    }
}
