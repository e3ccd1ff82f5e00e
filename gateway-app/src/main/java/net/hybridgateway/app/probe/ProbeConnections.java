package net.hybridgateway.app.probe;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import net.hybridgateway.netlink.mptcp.ConnectionToken;
import net.hybridgateway.netlink.mptcp.MptcpEvent;

/**
 * The Multipath TCP connections of a probe, by their local addresses. What the kernel says of them goes to the probe, and
 * never to the policy engine, which would take them for relayed ones and give them subflows.
 *
 * <p>Thread-safe.
 */
public final class ProbeConnections {
    /** The last events of a closed connection may still be on their way; then its port may be used by others. */
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Map<InetSocketAddress, Watch> watches = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime a monotonic clock */
    public ProbeConnections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Takes a connection over, before its SYN is sent: later, its first event could be missed. */
    Watch watch(InetSocketAddress local) {
        Watch watch = new Watch();
        watches.put(local, watch);
        return watch;
    }

    /** Whether an event is about a connection of a probe, which gets it; then it is nobody else's affair. */
    public boolean take(MptcpEvent event) {
        if (watches.isEmpty() || !(event instanceof MptcpEvent.OfConnection ofConnection)) {
            return false;
        }
        forgetTheOld();
        Optional<Watch> concerned = find(ofConnection);
        concerned.ifPresent(watch -> watch.heard(ofConnection));
        return concerned.isPresent();
    }

    /** Whether a probe has a connection from this address. */
    public boolean owns(InetSocketAddress local) {
        forgetTheOld();
        return watches.containsKey(local);
    }

    private Optional<Watch> find(MptcpEvent.OfConnection event) {
        if (event instanceof MptcpEvent.Created created) {
            return Optional.ofNullable(watches.get(created.path().local()));
        }
        if (event instanceof MptcpEvent.Established established) {
            return Optional.ofNullable(watches.get(established.path().local()));
        }
        return watches.values().stream()
                .filter(watch -> event.token().equals(watch.token))
                .findFirst();
    }

    private void forgetTheOld() {
        long now = nanoTime.getAsLong();
        watches.values().removeIf(watch -> watch.closed && now - watch.closedAtNanos > REMEMBERED_NANOS);
    }

    /** One connection, from before its SYN until it is closed. */
    final class Watch implements AutoCloseable {
        private final BlockingQueue<MptcpEvent.OfConnection> events = new LinkedBlockingQueue<>();
        private volatile ConnectionToken token;
        private volatile long closedAtNanos;
        private volatile boolean closed;

        private void heard(MptcpEvent.OfConnection event) {
            token = event.token();
            events.add(event);
        }

        /**
         * Waits for the next event.
         *
         * @return empty if there was none in that time
         */
        Optional<MptcpEvent.OfConnection> next(long nanos) throws InterruptedException {
            return Optional.ofNullable(events.poll(nanos, TimeUnit.NANOSECONDS));
        }

        @Override
        public void close() {
            closedAtNanos = nanoTime.getAsLong();
            closed = true;
        }
    }
}
