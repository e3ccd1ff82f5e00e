package net.hybridgateway.netlink.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a struct that grows with the kernel: a field behind the end is {@link #ABSENT}. */
final class KernelStruct {
    static final long ABSENT = -1;

    private final ByteBuffer bytes;

    private KernelStruct(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Copies {@code length} bytes from {@code offset}, or as many as there are. */
    static KernelStruct copyOf(ByteBuffer source, int offset, int length) {
        byte[] copy = new byte[Math.max(0, Math.min(length, source.limit() - offset))];
        source.get(offset, copy);
        return new KernelStruct(ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder()));
    }

    int length() {
        return bytes.capacity();
    }

    int u8(int offset) {
        return has(offset, Byte.BYTES) ? Byte.toUnsignedInt(bytes.get(offset)) : (int) ABSENT;
    }

    long u32(int offset) {
        return has(offset, Integer.BYTES) ? Integer.toUnsignedLong(bytes.getInt(offset)) : ABSENT;
    }

    /** Counters stay far below 2^63; sequence numbers are to be compared as unsigned. */
    long u64(int offset) {
        return has(offset, Long.BYTES) ? bytes.getLong(offset) : ABSENT;
    }

    private boolean has(int offset, int size) {
        return offset + size <= bytes.capacity();
    }
}
