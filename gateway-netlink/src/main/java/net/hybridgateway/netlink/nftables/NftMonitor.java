package net.hybridgateway.netlink.nftables;

import java.time.Duration;
import java.util.Optional;
import net.hybridgateway.netlink.EventReader;
import net.hybridgateway.netlink.LinuxNetlinkSocket;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.NetlinkProtocol;
import net.hybridgateway.netlink.NetlinkSocket;

/**
 * Reports changes of tables of family inet, whoever makes them: this program, too. Needs CAP_NET_ADMIN.
 *
 * <p>One thread reads; {@link #close()} may be called from any thread and ends its wait.
 */
public final class NftMonitor implements AutoCloseable {
    private final EventReader<NftEvent> events;

    /** @param socket of {@link NetlinkProtocol#NETFILTER}; joins its group, and is closed with this monitor */
    public NftMonitor(NetlinkSocket socket) {
        socket.joinGroup(NftNumbers.NFNLGRP_NFTABLES);
        events = new EventReader<>(socket, NftEvent::decode, new NftEvent.EventsLost());
    }

    /** Opens a monitor for the network namespace of this thread. */
    public static NftMonitor open() {
        NetlinkSocket socket = LinuxNetlinkSocket.open(NetlinkProtocol.NETFILTER);
        try {
            return new NftMonitor(socket);
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
    }

    /** Waits for the next event; see {@link EventReader#next()}. */
    public NftEvent next() {
        return events.next();
    }

    /** Waits for the next event, {@code timeout} at most; see {@link EventReader#next(Duration)}. */
    public Optional<NftEvent> next(Duration timeout) {
        return events.next(timeout);
    }

    @Override
    public void close() {
        events.close();
    }
}
