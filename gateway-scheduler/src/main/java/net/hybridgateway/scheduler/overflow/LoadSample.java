package net.hybridgateway.scheduler.overflow;

import java.util.List;
import java.util.Objects;

/**
 * How busy the house was since the sample before.
 *
 * @param uplinks all that have carrier
 * @param transfers connections that moved bytes; those with little may be left out
 */
public record LoadSample(List<UplinkLoad> uplinks, List<TransferLoad> transfers) {
    public LoadSample {
        uplinks = List.copyOf(uplinks);
        transfers = List.copyOf(transfers);
    }

    /** What an uplink's device carried, in bytes per second. */
    public record UplinkLoad(String uplink, double inPerSecond, double outPerSecond) {
        public UplinkLoad {
            Objects.requireNonNull(uplink, "uplink");
        }
    }

    /**
     * What one connection moved.
     *
     * @param token of its Multipath TCP connection
     * @param subflows all that stand, also those that moved nothing: a silent one is how a join shows
     */
    public record TransferLoad(int token, List<SubflowLoad> subflows) {
        public TransferLoad {
            subflows = List.copyOf(subflows);
        }
    }

    /**
     * What one subflow moved, in bytes of payload per second.
     *
     * @param rttNanos the present round-trip time in the busier direction, queues included
     * @param minRttNanos the smallest that was seen
     */
    public record SubflowLoad(String uplink, double inPerSecond, double outPerSecond, long rttNanos, long minRttNanos) {
        public SubflowLoad {
            Objects.requireNonNull(uplink, "uplink");
        }
    }
}
