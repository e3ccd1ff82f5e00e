package net.hybridgateway.netlink.socket;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.ffi.ErrnoException;
import net.hybridgateway.netlink.ffi.LibC;
import net.hybridgateway.netlink.ffi.NativeMemory;

/** The options of SOL_MPTCP that return {@code struct mptcp_subflow_data} and then one element for each subflow. */
final class SubflowArray<T> {
    private static final int HEADER_LENGTH = 16;
    private static final int COUNT_OFFSET = 4;
    private static final int WANTED_OFFSET = 12;
    private static final int USUAL_SUBFLOWS = 8;

    private final int option;
    private final int elementLength;
    private final Decoder<T> decoder;
    private final ThreadLocal<NativeMemory> memory = ThreadLocal.withInitial(() -> memoryFor(USUAL_SUBFLOWS));

    /** Reads an element of {@code length} bytes at {@code offset}. */
    interface Decoder<T> {
        T decode(ByteBuffer source, int offset, int length);
    }

    SubflowArray(int option, int elementLength, Decoder<T> decoder) {
        this.option = option;
        this.elementLength = elementLength;
        this.decoder = decoder;
    }

    /** Asks the kernel; none after fallback and for a TCP socket. */
    List<T> read(int fd) {
        NativeMemory room = memory.get();
        int count = fill(fd, room);
        while (count > roomFor(room)) { // the kernel counts those without room, too
            room = memoryFor(count);
            memory.set(room);
            count = fill(fd, room);
        }
        // The kernel lowers the wanted length to its own, and packs the elements by that.
        int length = room.buffer().getInt(WANTED_OFFSET);
        List<T> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(decoder.decode(room.buffer(), HEADER_LENGTH + i * length, length));
        }
        return elements;
    }

    private int fill(int fd, NativeMemory room) {
        room.buffer()
                .putInt(0, HEADER_LENGTH)
                .putInt(COUNT_OFFSET, 0)
                .putInt(8, 0)
                .putInt(WANTED_OFFSET, elementLength);
        int result = LibC.tryOption(fd, MptcpInfo.SOL_MPTCP, option, room, room.capacity());
        if (SocketQuery.lacksOption(result)) {
            return 0;
        }
        if (result < 0) {
            throw new ErrnoException("getsockopt", new Errno(-result), "SOL_MPTCP option " + option + " of fd " + fd);
        }
        return room.buffer().getInt(COUNT_OFFSET);
    }

    private int roomFor(NativeMemory room) {
        return (room.capacity() - HEADER_LENGTH) / elementLength;
    }

    private NativeMemory memoryFor(int subflows) {
        return NativeMemory.allocate(HEADER_LENGTH + Math.multiplyExact(subflows, elementLength));
    }
}
