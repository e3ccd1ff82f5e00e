package net.hybridgateway.lab.web;

import java.util.Arrays;

/** When bytes arrived: moments of {@link System#nanoTime()} and the total at each. Used by one thread at a time. */
public final class Progress {
    private long[] nanos = new long[4096];
    private long[] totals = new long[4096];
    private int size;

    void add(long nowNanos, long totalBytes) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
            totals = Arrays.copyOf(totals, 2 * size);
        }
        nanos[size] = nowNanos;
        totals[size] = totalBytes;
        size++;
    }

    /**
     * The longest time without a byte that touches the interval.
     *
     * @return nanoseconds; 0 if fewer than two reads are there to compare
     */
    public long longestGapNanos(long fromNanos, long toNanos) {
        long longest = 0;
        for (int i = 1; i < size; i++) {
            if (nanos[i] - fromNanos >= 0 && nanos[i - 1] - toNanos <= 0) {
                longest = Math.max(longest, nanos[i] - nanos[i - 1]);
            }
        }
        return longest;
    }

    /** Mean rate in the interval, from the reads in it; 0 if there are fewer than two. */
    public double bitsPerSecond(long fromNanos, long toNanos) {
        int first = -1;
        int last = -1;
        for (int i = 0; i < size; i++) {
            if (nanos[i] - fromNanos >= 0 && nanos[i] - toNanos <= 0) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        return first == last ? 0 : (totals[last] - totals[first]) * 8e9 / (nanos[last] - nanos[first]);
    }

    /** The moment of the first byte. */
    public long startNanos() {
        return size == 0 ? 0 : nanos[0];
    }

    /** The moment of the last byte. */
    public long endNanos() {
        return size == 0 ? 0 : nanos[size - 1];
    }
}
