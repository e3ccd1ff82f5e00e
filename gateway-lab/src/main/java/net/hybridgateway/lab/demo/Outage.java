package net.hybridgateway.lab.demo;

import java.util.List;
import java.util.Optional;
import net.hybridgateway.lab.net.Access;

/**
 * One download during which the fixed line broke and came back. Moments are of {@link System#nanoTime()}.
 *
 * @param cellularUse how the cellular uplink was configured
 * @param lengthBytes what was asked for
 * @param receivedBytes what came
 * @param exact true if all came and SHA-256 is that of the original
 * @param death why the download died, if it did
 * @param startNanos the first byte
 * @param cutNanos the fixed line was cut
 * @param mendNanos the fixed line was mended
 * @param endNanos the last byte
 * @param gapNanos the longest time without a byte while the line was cut
 * @param samples both uplinks' counters, ten a second, from before the start until after the end
 */
record Outage(
        String cellularUse,
        long lengthBytes,
        long receivedBytes,
        boolean exact,
        Optional<String> death,
        long startNanos,
        long cutNanos,
        long mendNanos,
        long endNanos,
        long gapNanos,
        List<UplinkSample> samples) {
    private static final long TAIL_NANOS = 5_000_000_000L;

    Outage {
        samples = List.copyOf(samples);
    }

    long bytesIn(Access access) {
        return last().of(access).bytesIn() - first().of(access).bytesIn();
    }

    /** Bytes of both directions on cellular from before the download until the last sample before the cut. */
    long cellularBytesBeforeCut() {
        return at(cutNanos).cellular().since(first().cellular()).bytes();
    }

    /** Bytes of both directions on cellular in the last five seconds of the download and in the quiet time after it. */
    long cellularBytesInTheEnd() {
        return last().cellular().since(at(endNanos - TAIL_NANOS).cellular()).bytes();
    }

    /** Seconds from the mending until cellular carried its last byte; 0 if it had none after it. */
    double secondsUntilCellularSilent() {
        long silent = mendNanos;
        for (int i = 1; i < samples.size(); i++) {
            UplinkSample now = samples.get(i);
            if (now.cellular().since(samples.get(i - 1).cellular()).bytes() > 0) {
                silent = Math.max(silent, now.nanos());
            }
        }
        return (silent - mendNanos) / 1e9;
    }

    /** The gap for people; a download that died has none, for it never went on. */
    String gapText() {
        return death.isPresent() ? "died" : "gap " + Math.round(gapNanos / 1e6) + " ms";
    }

    private UplinkSample first() {
        return samples.get(0);
    }

    private UplinkSample last() {
        return samples.get(samples.size() - 1);
    }

    /** The last sample not after this moment. */
    private UplinkSample at(long nanos) {
        UplinkSample found = first();
        for (UplinkSample sample : samples) {
            if (sample.nanos() - nanos <= 0) {
                found = sample;
            }
        }
        return found;
    }
}
