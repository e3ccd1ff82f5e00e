package net.hybridgateway.lab.bench.start;

import java.time.Duration;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.netlink.nftables.NfTables;
import net.hybridgateway.netlink.nftables.NftMonitor;

/** Sees when the daemon's table is in the kernel: from then on, connections are taken. */
final class RulesWatch implements AutoCloseable {
    private static final String TABLE = "hybrid_gateway";
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final NftMonitor monitor;
    private final NfTables tables;

    private RulesWatch(NftMonitor monitor, NfTables tables) {
        this.monitor = monitor;
        this.tables = tables;
    }

    static RulesWatch on(Node gateway) {
        return gateway.call(() -> new RulesWatch(NftMonitor.open(), NfTables.open()));
    }

    /** Waits, and gives the moment, of {@link System#nanoTime()}. */
    long await(long deadlineNanos) {
        while (System.nanoTime() - deadlineNanos < 0) {
            if (monitor.next(LOOK).isPresent()) {
                long heard = System.nanoTime();
                if (tables.image(TABLE).isPresent()) {
                    return heard;
                }
            }
        }
        throw new LabException("the table " + TABLE + " did not come");
    }

    @Override
    public void close() {
        monitor.close();
        tables.close();
    }
}
