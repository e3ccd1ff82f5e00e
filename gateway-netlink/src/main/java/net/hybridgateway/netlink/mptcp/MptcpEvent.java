package net.hybridgateway.netlink.mptcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.generic.GenericMessage;

/** What the kernel reports of MPTCP connections ({@code enum mptcp_event_type}). */
public sealed interface MptcpEvent {
    /** An event about one connection. */
    sealed interface OfConnection extends MptcpEvent {
        ConnectionToken token();
    }

    /**
     * A connection began: on the client the SYN/ACK came in. No subflow can be created before {@link Established}.
     *
     * @param path                 the first subflow
     * @param serverSide           true if the peer opened the connection
     * @param initialAddressDenied true if the peer set the C flag (RFC 8684 §3.1): no further subflow may go to the address
     *                             and port of the first. The kernel does not see to that
     */
    record Created(ConnectionToken token, SubflowPath path, boolean serverSide, boolean initialAddressDenied)
            implements OfConnection {}

    /** The connection is confirmed by both sides; subflows can be created. The components are those of {@link Created}. */
    record Established(ConnectionToken token, SubflowPath path, boolean serverSide, boolean initialAddressDenied)
            implements OfConnection {}

    /** A connection ended. */
    record Closed(ConnectionToken token) implements OfConnection {}

    /**
     * The peer has announced an address (ADD_ADDR).
     *
     * @param remoteId the peer's number for it
     * @param port     where it listens: the port of the connection unless the peer gave another
     */
    record Announced(ConnectionToken token, AddressId remoteId, InetAddress address, int port)
            implements OfConnection {}

    /** The peer has taken back an address (REMOVE_ADDR). */
    record Removed(ConnectionToken token, AddressId remoteId) implements OfConnection {}

    /**
     * A further subflow was accepted by its other end. On the side that created it, one more round trip passes before it
     * can carry data or options.
     */
    record SubflowEstablished(ConnectionToken token, Subflow subflow) implements OfConnection {}

    /**
     * A subflow ended, or one that was created could not be established; the first subflow is reported here, too.
     *
     * @param error       why, as far as the kernel knows: ECONNREFUSED, ETIMEDOUT and so on
     * @param resetReason the peer's reason, if it gave one (MP_TCPRST, RFC 8684 §3.6)
     * @param resetFlags  the flags that came with it; bit 0 is "transient"
     */
    record SubflowClosed(
            ConnectionToken token,
            Subflow subflow,
            Optional<Errno> error,
            OptionalInt resetReason,
            OptionalInt resetFlags)
            implements OfConnection {}

    /** The peer has changed the priority of a subflow (MP_PRIO). */
    record SubflowPriority(ConnectionToken token, Subflow subflow) implements OfConnection {}

    /** An MPTCP socket listens. */
    record ListenerCreated(InetSocketAddress address) implements MptcpEvent {}

    /** An MPTCP socket listens no more. */
    record ListenerClosed(InetSocketAddress address) implements MptcpEvent {}

    /**
     * An event of a newer kernel.
     *
     * @param command its number
     * @param message all of it
     */
    record Unknown(int command, GenericMessage message) implements MptcpEvent {}

    /** The kernel had to drop events: find out anew which connections and subflows there are (sock_diag). */
    record EventsLost() implements MptcpEvent {}

    /**
     * What is known of a subflow.
     *
     * @param path       its two ends
     * @param peerBackup true if the <em>peer</em> wants it to be a backup; our own wish does not show here
     * @param linkIndex  the link that it is bound to
     */
    record Subflow(SubflowPath path, boolean peerBackup, OptionalInt linkIndex) {}
}
