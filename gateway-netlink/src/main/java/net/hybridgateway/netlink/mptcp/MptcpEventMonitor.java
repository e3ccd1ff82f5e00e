package net.hybridgateway.netlink.mptcp;

import java.time.Duration;
import java.util.Optional;
import net.hybridgateway.netlink.EventReader;
import net.hybridgateway.netlink.LinuxNetlinkSocket;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.NetlinkProtocol;
import net.hybridgateway.netlink.NetlinkSocket;
import net.hybridgateway.netlink.generic.GenericFamily;
import net.hybridgateway.netlink.generic.GenericMessage;

/**
 * Reports what happens to the MPTCP connections of a network namespace. Needs CAP_NET_ADMIN.
 *
 * <p>With the user-space path manager a monitor must be open before the first connection: while nobody listens, the kernel
 * refuses further subflows of peers and ignores the addresses that they announce.
 *
 * <p>One thread reads; {@link #close()} may be called from any thread and ends its wait.
 */
public final class MptcpEventMonitor implements AutoCloseable {
    private final EventReader<MptcpEvent> events;

    /**
     * @param socket of {@link NetlinkProtocol#GENERIC}; joins its group, and is closed with this monitor
     * @param family what the kernel says about {@code mptcp_pm}
     */
    public MptcpEventMonitor(NetlinkSocket socket, GenericFamily family) {
        socket.joinGroup(family.group(MptcpPathManager.EVENT_GROUP));
        events = new EventReader<>(socket, message -> decode(message, family.id()), new MptcpEvent.EventsLost());
    }

    /**
     * Opens a monitor for the network namespace of this thread.
     *
     * @throws NetlinkException if the kernel lacks MPTCP's path management (before Linux 5.12) or permission is missing
     */
    public static MptcpEventMonitor open() {
        GenericFamily family = MptcpPathManager.findFamily();
        NetlinkSocket socket = LinuxNetlinkSocket.open(NetlinkProtocol.GENERIC);
        try {
            return new MptcpEventMonitor(socket, family);
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
    }

    /** Waits for the next event; see {@link EventReader#next()}. */
    public MptcpEvent next() {
        return events.next();
    }

    /** Waits for the next event, {@code timeout} at most; see {@link EventReader#next(Duration)}. */
    public Optional<MptcpEvent> next(Duration timeout) {
        return events.next(timeout);
    }

    @Override
    public void close() {
        events.close();
    }

    private static Optional<MptcpEvent> decode(NetlinkMessage message, int familyId) {
        return message.type() == familyId
                ? Optional.of(EventAttributes.decode(GenericMessage.decode(message)))
                : Optional.empty();
    }
}
