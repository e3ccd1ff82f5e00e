package net.hybridgateway.app.relay;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a group of loops holds at the moment. Written by the loops, read from anywhere; when nothing is connected every
 * figure is 0, and tests count on that.
 */
public final class RelayCounters {
    final AtomicLong openEndpoints = new AtomicLong();
    final AtomicLong pendingBuffers = new AtomicLong();
    final AtomicLong pendingBytes = new AtomicLong();

    /** Sockets that are open on the loops, listeners included. */
    public long openEndpoints() {
        return openEndpoints.get();
    }

    /** Buffers that wait for a slow reader. */
    public long pendingBuffers() {
        return pendingBuffers.get();
    }

    /** Bytes in those buffers, as they were when they began to wait. */
    public long pendingBytes() {
        return pendingBytes.get();
    }
}
