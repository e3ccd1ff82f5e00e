package net.hybridgateway.app.intercept;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import net.hybridgateway.scheduler.SubflowTuple;

/**
 * What has been counted for one connection so far.
 *
 * @param token the kernel's token of its Multipath TCP connection
 * @param atNanos when it was read, on the gateway's monotonic clock
 * @param moved bytes relayed both ways since the reading before, or since the start
 * @param subflows those that stand
 */
public record TransferReading(int token, long atNanos, long moved, List<SubflowReading> subflows) {
    public TransferReading {
        subflows = List.copyOf(subflows);
    }

    /**
     * What the kernel has counted for one subflow. A round-trip time is 0 while it is not known.
     *
     * @param ends never used again within a connection
     * @param bytesIn payload received
     * @param bytesOut payload that the peer acknowledged
     * @param receiverRttNanos as data that comes in shows it
     * @param senderRttNanos as data that goes out shows it
     * @param minRttNanos the shortest
     */
    public record SubflowReading(
            SubflowTuple ends,
            long bytesIn,
            long bytesOut,
            long receiverRttNanos,
            long senderRttNanos,
            long minRttNanos) {
        public SubflowReading {
            Objects.requireNonNull(ends, "ends");
        }

        /** Our address, which says over which uplink it goes. */
        public InetAddress source() {
            return ends.local().getAddress();
        }
    }
}
