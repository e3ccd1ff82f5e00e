package net.hybridgateway.netlink.mptcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.MalformedMessageException;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.generic.GenericMessage;

/**
 * The attributes of one event, collected ({@code enum mptcp_event_attr}). Which of them an event has depends on the event
 * and the kernel; each event asks for what it needs.
 */
final class EventAttributes {
    private final String event;
    private Optional<ConnectionToken> token = Optional.empty();
    private AddressId localId = AddressId.INITIAL;
    private Optional<AddressId> remoteId = Optional.empty();
    private Optional<InetAddress> localAddress = Optional.empty();
    private Optional<InetAddress> remoteAddress = Optional.empty();
    private int localPort;
    private int remotePort;
    private boolean backup;
    private int error;
    private int flags;
    private OptionalInt linkIndex = OptionalInt.empty();
    private OptionalInt resetReason = OptionalInt.empty();
    private OptionalInt resetFlags = OptionalInt.empty();
    private boolean serverSide;

    private EventAttributes(String event) {
        this.event = event;
    }

    /** Turns a message of the events group into an event. */
    static MptcpEvent decode(GenericMessage message) {
        return switch (message.command()) {
            case MptcpNumbers.MPTCP_EVENT_CREATED -> {
                EventAttributes event = read(message, "created");
                yield new MptcpEvent.Created(event.token(), event.path(), event.serverSide(), event.initialDenied());
            }
            case MptcpNumbers.MPTCP_EVENT_ESTABLISHED -> {
                EventAttributes event = read(message, "established");
                yield new MptcpEvent.Established(
                        event.token(), event.path(), event.serverSide(), event.initialDenied());
            }
            case MptcpNumbers.MPTCP_EVENT_CLOSED ->
                new MptcpEvent.Closed(read(message, "closed").token());
            case MptcpNumbers.MPTCP_EVENT_ANNOUNCED -> {
                EventAttributes event = read(message, "announced");
                yield new MptcpEvent.Announced(
                        event.token(),
                        event.remoteId(),
                        event.required(event.remoteAddress, "address"),
                        event.remotePort);
            }
            case MptcpNumbers.MPTCP_EVENT_REMOVED -> {
                EventAttributes event = read(message, "removed");
                yield new MptcpEvent.Removed(event.token(), event.remoteId());
            }
            case MptcpNumbers.MPTCP_EVENT_SUB_ESTABLISHED -> {
                EventAttributes event = read(message, "subflow established");
                yield new MptcpEvent.SubflowEstablished(event.token(), event.subflow());
            }
            case MptcpNumbers.MPTCP_EVENT_SUB_CLOSED -> {
                EventAttributes event = read(message, "subflow closed");
                yield new MptcpEvent.SubflowClosed(
                        event.token(), event.subflow(), event.error(), event.resetReason, event.resetFlags);
            }
            case MptcpNumbers.MPTCP_EVENT_SUB_PRIORITY -> {
                EventAttributes event = read(message, "subflow priority");
                yield new MptcpEvent.SubflowPriority(event.token(), event.subflow());
            }
            case MptcpNumbers.MPTCP_EVENT_LISTENER_CREATED ->
                new MptcpEvent.ListenerCreated(read(message, "listener created").local());
            case MptcpNumbers.MPTCP_EVENT_LISTENER_CLOSED ->
                new MptcpEvent.ListenerClosed(read(message, "listener closed").local());
            default -> new MptcpEvent.Unknown(message.command(), message);
        };
    }

    private static EventAttributes read(GenericMessage message, String event) {
        String what = "event \"" + event + "\"";
        EventAttributes values = new EventAttributes(what);
        AttributeReader attributes = message.attributes(what);
        while (attributes.next()) {
            values.take(attributes);
        }
        return values;
    }

    /** The ports are in network order, unlike in commands. */
    private void take(AttributeReader attribute) {
        switch (attribute.type()) {
            case MptcpNumbers.MPTCP_ATTR_TOKEN -> token = Optional.of(new ConnectionToken(attribute.u32()));
            case MptcpNumbers.MPTCP_ATTR_LOC_ID -> localId = new AddressId(attribute.u8());
            case MptcpNumbers.MPTCP_ATTR_REM_ID -> remoteId = Optional.of(new AddressId(attribute.u8()));
            case MptcpNumbers.MPTCP_ATTR_SADDR4 -> localAddress = Optional.of(attribute.address(AddressFamily.IPV4));
            case MptcpNumbers.MPTCP_ATTR_SADDR6 ->
                localAddress = Optional.of(attribute.unmappedAddress(AddressFamily.IPV6));
            case MptcpNumbers.MPTCP_ATTR_DADDR4 -> remoteAddress = Optional.of(attribute.address(AddressFamily.IPV4));
            case MptcpNumbers.MPTCP_ATTR_DADDR6 ->
                remoteAddress = Optional.of(attribute.unmappedAddress(AddressFamily.IPV6));
            case MptcpNumbers.MPTCP_ATTR_SPORT -> localPort = attribute.be16();
            case MptcpNumbers.MPTCP_ATTR_DPORT -> remotePort = attribute.be16();
            case MptcpNumbers.MPTCP_ATTR_BACKUP -> backup = attribute.u8() != 0;
            case MptcpNumbers.MPTCP_ATTR_ERROR -> error = attribute.u8();
            case MptcpNumbers.MPTCP_ATTR_FLAGS -> flags = attribute.u16();
            case MptcpNumbers.MPTCP_ATTR_IF_IDX -> linkIndex = OptionalInt.of(attribute.s32());
            case MptcpNumbers.MPTCP_ATTR_RESET_REASON -> resetReason = OptionalInt.of(attribute.s32());
            case MptcpNumbers.MPTCP_ATTR_RESET_FLAGS -> resetFlags = OptionalInt.of(attribute.s32());
            case MptcpNumbers.MPTCP_ATTR_SERVER_SIDE -> serverSide = attribute.u8() != 0;
            default -> {
                // The family, which the addresses tell, and what newer kernels add.
            }
        }
    }

    private ConnectionToken token() {
        return required(token, "token");
    }

    private AddressId remoteId() {
        return required(remoteId, "remote id");
    }

    private InetSocketAddress local() {
        return new InetSocketAddress(required(localAddress, "local address"), localPort);
    }

    private SubflowPath path() {
        return new SubflowPath(
                local(),
                localId,
                new InetSocketAddress(required(remoteAddress, "remote address"), remotePort),
                remoteId.orElse(AddressId.INITIAL));
    }

    private MptcpEvent.Subflow subflow() {
        return new MptcpEvent.Subflow(path(), backup, linkIndex);
    }

    private Optional<Errno> error() {
        return error == 0 ? Optional.empty() : Optional.of(new Errno(error));
    }

    /** Older kernels have an attribute for it, newer ones a flag, those between both. */
    private boolean serverSide() {
        return serverSide || (flags & MptcpNumbers.MPTCP_PM_EV_FLAG_SERVER_SIDE) != 0;
    }

    private boolean initialDenied() {
        return (flags & MptcpNumbers.MPTCP_PM_EV_FLAG_DENY_JOIN_ID0) != 0;
    }

    private <T> T required(Optional<T> value, String what) {
        return value.orElseThrow(() -> new MalformedMessageException(event + " without " + what));
    }
}
