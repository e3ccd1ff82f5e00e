package net.hybridgateway.scheduler;

import java.util.OptionalLong;

/**
 * What a line carries at most, as its operator sells it or the modem says, in bits per second of whole IP packets. A
 * direction that nobody stated is learnt from what is seen.
 *
 * @param downBitsPerSecond from the network
 * @param upBitsPerSecond to the network
 */
public record LineRate(OptionalLong downBitsPerSecond, OptionalLong upBitsPerSecond) {
    /** Nothing is stated. */
    public static final LineRate UNKNOWN = new LineRate(OptionalLong.empty(), OptionalLong.empty());

    public LineRate {
        requirePositive(downBitsPerSecond, "downBitsPerSecond");
        requirePositive(upBitsPerSecond, "upBitsPerSecond");
    }

    private static void requirePositive(OptionalLong rate, String name) {
        if (rate.isPresent() && rate.getAsLong() <= 0) {
            throw new IllegalArgumentException(name + " must be greater than zero: " + rate.getAsLong());
        }
    }
}
