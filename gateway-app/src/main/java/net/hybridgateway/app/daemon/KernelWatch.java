package net.hybridgateway.app.daemon;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import net.hybridgateway.app.kernel.EventThread;
import net.hybridgateway.app.kernel.OtherTraffic;
import net.hybridgateway.app.kernel.PathManagerEvents;
import net.hybridgateway.app.kernel.TableNews;
import net.hybridgateway.app.probe.ProbeConnections;
import net.hybridgateway.app.upstream.ServerBypass;
import net.hybridgateway.netlink.mptcp.MptcpEvent;
import net.hybridgateway.netlink.mptcp.MptcpEventMonitor;
import net.hybridgateway.netlink.nftables.NftEvent;
import net.hybridgateway.netlink.nftables.NftMonitor;
import net.hybridgateway.netlink.route.RouteEvent;
import net.hybridgateway.netlink.route.RouteMonitor;

/** The threads that hear what the kernel has to tell, and hand it to the control thread. */
final class KernelWatch {
    private final ControlLoop control;
    private final EngineDriver driver;
    private final LongSupplier nanoTime;
    private final Lifecycle lifecycle;

    /** @param driver is called on the control thread only */
    KernelWatch(ControlLoop control, EngineDriver driver, LongSupplier nanoTime, Lifecycle lifecycle) {
        this.control = control;
        this.driver = driver;
        this.nanoTime = nanoTime;
        this.lifecycle = lifecycle;
    }

    /** Of links, addresses and routes. When it returns, those that are there are known. */
    void routes(RouteMonitor monitor, OtherTraffic otherTraffic) {
        // Events come in bursts; one look at everything serves a whole burst.
        AtomicBoolean lookIsDue = new AtomicBoolean();
        AtomicLong firstWordNanos = new AtomicLong();
        Runnable look = () -> {
            lookIsDue.set(false);
            otherTraffic.networkChanged();
            driver.networkChanged(firstWordNanos.get());
        };
        EventThread<RouteEvent> thread = new EventThread<>("netlink-route", monitor::next, monitor, event -> {
            if (lookIsDue.compareAndSet(false, true)) {
                firstWordNanos.set(nanoTime.getAsLong());
                control.post(look);
            }
        });
        control.ask(() -> {
            driver.networkChanged(nanoTime.getAsLong());
            return Boolean.TRUE;
        });
        thread.start();
        lifecycle.onStop("route events", thread::stop);
    }

    /** Of connections of Multipath TCP and their subflows. */
    void connections(MptcpEventMonitor monitor, ProbeConnections probes, Peers peers, ServerBypass bypass) {
        EventThread<MptcpEvent> thread = new EventThread<>("netlink-mptcp", monitor::next, monitor, event -> {
            if (event instanceof MptcpEvent.EventsLost) {
                control.post(() -> driver.resynchronise(peers::of));
            } else if (!probes.take(event)) {
                PathManagerEvents.translate(event, peers::at).ifPresent(translated -> {
                    bypass.heard(translated, nanoTime.getAsLong());
                    control.post(() -> driver.handle(translated));
                });
            }
        });
        thread.start();
        lifecycle.onStop("connection events", thread::stop);
    }

    /** Of nftables, by others than ourselves. */
    void tables(NftMonitor monitor, InterceptionKeeper keeper) {
        TableNews news = new TableNews(process -> control.post(() -> keeper.touched(process, nanoTime.getAsLong())));
        EventThread<NftEvent> thread = new EventThread<>("netlink-nftables", monitor::next, monitor, news);
        thread.start();
        lifecycle.onStop("nf_tables events", thread::stop);
    }
}
