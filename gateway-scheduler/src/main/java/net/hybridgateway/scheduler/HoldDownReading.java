package net.hybridgateway.scheduler;

/**
 * How much an uplink's past breaks cost it now.
 *
 * @param holdDownNanos so long it has to be up after a break to be trusted
 * @param breaks how many breaks made that long, forgotten ones left out
 * @param returns how often it came back within the last minute
 * @param settleNanos so long it has to be up before it is used at all; 0 unless it flaps
 */
public record HoldDownReading(long holdDownNanos, int breaks, int returns, long settleNanos) {
    /** Of an uplink that has not broken. */
    public static final HoldDownReading CALM = new HoldDownReading(0, 0, 0, 0);

    /** Whether it comes and goes so often that it has to stay up for a while before it is used at all. */
    public boolean flapping() {
        return settleNanos > 0;
    }
}
