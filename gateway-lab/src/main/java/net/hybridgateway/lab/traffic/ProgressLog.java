package net.hybridgateway.lab.traffic;

import java.util.Arrays;

/**
 * When bytes arrived: moments of {@link System#nanoTime()} and the total at each. One thread adds, any thread may ask
 * meanwhile.
 */
public final class ProgressLog {
    private static final int ENTRIES_AT_FIRST = 256;

    private long[] nanos = new long[ENTRIES_AT_FIRST];
    private long[] totals = new long[ENTRIES_AT_FIRST];
    private int size;

    /**
     * Notes that bytes have arrived.
     *
     * @param nowNanos not before that of the last call
     * @param totalBytes all that arrived so far
     */
    public synchronized void add(long nowNanos, long totalBytes) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
            totals = Arrays.copyOf(totals, 2 * size);
        }
        nanos[size] = nowNanos;
        totals[size] = totalBytes;
        size++;
    }

    /**
     * The longest time without a byte that touches the interval. What follows the last arrival is not counted: it has no
     * end yet.
     *
     * @return nanoseconds; 0 if fewer than two reads are there to compare
     */
    public synchronized long longestGapNanos(long fromNanos, long toNanos) {
        long longest = 0;
        for (int i = Math.max(1, firstAfter(fromNanos - 1)); i < size && nanos[i - 1] - toNanos <= 0; i++) {
            longest = Math.max(longest, nanos[i] - nanos[i - 1]);
        }
        return longest;
    }

    /** Mean rate in the interval, from the reads in it; 0 if there are fewer than two. */
    public synchronized double bitsPerSecond(long fromNanos, long toNanos) {
        int first = firstAfter(fromNanos - 1);
        int last = firstAfter(toNanos) - 1;
        return first >= last ? 0 : (totals[last] - totals[first]) * 8e9 / (nanos[last] - nanos[first]);
    }

    /** Bytes that had arrived by this moment. */
    public synchronized long bytesUntil(long momentNanos) {
        int after = firstAfter(momentNanos);
        return after == 0 ? 0 : totals[after - 1];
    }

    /** Bytes so far. */
    public synchronized long bytes() {
        return size == 0 ? 0 : totals[size - 1];
    }

    /** True if nothing has arrived yet. */
    public synchronized boolean isEmpty() {
        return size == 0;
    }

    /** The moment of the first byte; 0 without any. */
    public synchronized long startNanos() {
        return size == 0 ? 0 : nanos[0];
    }

    /** The moment of the last byte; 0 without any. */
    public synchronized long endNanos() {
        return size == 0 ? 0 : nanos[size - 1];
    }

    /** The index of the first arrival after the moment; {@code size} if there is none. */
    private int firstAfter(long momentNanos) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (nanos[middle] - momentNanos > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
