package net.hybridgateway.netlink.route;

import java.nio.ByteBuffer;

/**
 * What a link has carried since it exists ({@code struct rtnl_link_stats64}, of which the first eight numbers).
 *
 * <p>Bytes count whole frames, as the driver sees them.
 */
public record LinkCounters(
        long receivedPackets,
        long sentPackets,
        long receivedBytes,
        long sentBytes,
        long receiveErrors,
        long sendErrors,
        long receiveDrops,
        long sendDrops) {
    static final int BYTES = 64;

    static LinkCounters decode(ByteBuffer stats) {
        return new LinkCounters(
                stats.getLong(),
                stats.getLong(),
                stats.getLong(),
                stats.getLong(),
                stats.getLong(),
                stats.getLong(),
                stats.getLong(),
                stats.getLong());
    }
}
