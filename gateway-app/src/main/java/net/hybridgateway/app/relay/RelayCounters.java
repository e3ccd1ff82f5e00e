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

    /** Buffers that connections hold, because a reader is slow or a handshake is not over. */
    public long pendingBuffers() {
        return pendingBuffers.get();
    }

    /** The size of those buffers together. */
    public long pendingBytes() {
        return pendingBytes.get();
    }
}
