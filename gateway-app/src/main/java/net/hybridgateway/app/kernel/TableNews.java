package net.hybridgateway.app.kernel;

import java.util.function.Consumer;
import net.hybridgateway.netlink.nftables.NftEvent;

/**
 * Finds the transactions that touched our table among all that happens to nf_tables. A reload of the firewall is hundreds of
 * events, none of them ours. One thread.
 */
public final class TableNews implements Consumer<NftEvent> {
    private final Consumer<String> touched;
    private boolean ours;

    /**
     * Tells of transactions that touched our table.
     *
     * @param touched gets the name of the process; empty if events were lost, and among them perhaps such a one
     */
    public TableNews(Consumer<String> touched) {
        this.touched = touched;
    }

    @Override
    public void accept(NftEvent event) {
        if (event instanceof NftEvent.TableChanged changed) {
            ours |= changed.table().equals(KernelNames.TABLE);
        } else if (event instanceof NftEvent.Committed committed) {
            if (ours) {
                ours = false;
                touched.accept(committed.process());
            }
        } else {
            ours = false;
            touched.accept("");
        }
    }
}
