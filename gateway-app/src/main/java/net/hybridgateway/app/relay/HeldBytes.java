package net.hybridgateway.app.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

/** Memory that one connection holds outside the loop's shared buffer. Counted, so that a leak shows. */
public final class HeldBytes {
    private final RelayCounters counters;
    private final ByteBuf content;

    private HeldBytes(RelayCounters counters, ByteBuf content) {
        this.counters = counters;
        this.content = content;
        counters.pendingBuffers.incrementAndGet();
        counters.pendingBytes.addAndGet(content.capacity());
    }

    /** Takes memory for up to so many bytes. */
    public static HeldBytes allocate(RelayLoop loop, int capacity) {
        return new HeldBytes(loop.counters(), PooledByteBufAllocator.DEFAULT.directBuffer(capacity, capacity));
    }

    /** Copies what can be read from a buffer. */
    public static HeldBytes copyOf(RelayLoop loop, ByteBuf source) {
        HeldBytes held = allocate(loop, source.readableBytes());
        held.content.writeBytes(source, source.readerIndex(), source.readableBytes());
        return held;
    }

    /** The memory itself; not to be touched after {@link #release}. */
    public ByteBuf content() {
        return content;
    }

    /** Gives the memory back. To be called once. */
    public void release() {
        counters.pendingBuffers.decrementAndGet();
        counters.pendingBytes.addAndGet(-content.capacity());
        content.release();
    }
}
