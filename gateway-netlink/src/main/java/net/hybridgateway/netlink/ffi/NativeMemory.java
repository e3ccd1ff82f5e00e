package net.hybridgateway.netlink.ffi;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A piece of memory with a fixed address, for calls of {@link LibC}. It is freed with the object. Not thread-safe, as any
 * buffer.
 */
public final class NativeMemory {
    private final ByteBuffer buffer;
    private final long address;

    private NativeMemory(ByteBuffer buffer) {
        this.buffer = buffer;
        this.address = MemoryIO.getInstance().getDirectBufferAddress(buffer);
    }

    /** Zeroed memory of {@code bytes} bytes. */
    public static NativeMemory allocate(int bytes) {
        // The order of structs is the machine's; the JDK aligns direct memory to at least 8 bytes.
        return new NativeMemory(ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
    }

    /**
     * The contents, in the byte order of the machine. Always the same buffer; {@link LibC} neither reads nor moves its
     * position and limit, but begins at offset 0.
     */
    public ByteBuffer buffer() {
        return buffer;
    }

    public int capacity() {
        return buffer.capacity();
    }

    /**
     * Writes at {@code offset} the address of the byte {@code targetOffset} of this very memory, as a u64: for structs that
     * point to arrays behind them. The address is valid as long as this object is.
     */
    public void putPointerToSelf(int offset, int targetOffset) {
        buffer.putLong(offset, address(targetOffset) + targetOffset);
    }

    long address() {
        return address;
    }

    /** Guards every length that C is told: it must fit in here. */
    long address(int length) {
        if (length < 0 || length > buffer.capacity()) {
            throw new IndexOutOfBoundsException(length + " bytes of " + buffer.capacity());
        }
        return address;
    }
}
