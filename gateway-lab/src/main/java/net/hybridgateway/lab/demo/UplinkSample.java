package net.hybridgateway.lab.demo;

import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Counters;

/**
 * Both uplinks' counters at one moment.
 *
 * @param nanos {@link System#nanoTime()}
 * @param fixed the fixed uplink's device
 * @param cellular the cellular uplink's device
 */
record UplinkSample(long nanos, Counters fixed, Counters cellular) {
    Counters of(Access access) {
        return access == Access.FIXED ? fixed : cellular;
    }

    /** What came in since {@code earlier}, in bits per second of Ethernet frames. */
    double bitsPerSecondSince(UplinkSample earlier, Access access) {
        long bytes = of(access).since(earlier.of(access)).bytesIn();
        return bytes * 8e9 / Math.max(1, nanos - earlier.nanos);
    }
}
