package net.hybridgateway.netlink.conntrack;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.NetlinkConversation;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.NetlinkProtocol;
import net.hybridgateway.netlink.NetlinkRequest;
import net.hybridgateway.netlink.ffi.Errno;

/**
 * Lists and deletes flows of the network namespace in which it was opened; needs CAP_NET_ADMIN. Methods throw
 * {@link NetlinkException}, also where the kernel has no ctnetlink. May be used by several threads, as
 * {@link NetlinkConversation} may.
 */
public final class Conntrack implements AutoCloseable {
    /** NLA_F_NESTED, which reading takes away and the kernel wants to see. */
    private static final int NESTED = 0x8000;

    private final NetlinkConversation conversation;

    public Conntrack(NetlinkConversation conversation) {
        this.conversation = conversation;
    }

    /** Opens a socket in the network namespace of the calling thread. */
    public static Conntrack open() {
        return new Conntrack(NetlinkConversation.open(NetlinkProtocol.NETFILTER));
    }

    /** All flows of a family. What comes or goes meanwhile may be missing or there. */
    public List<TrackedFlow> flows(AddressFamily family) {
        return conversation
                .dump(new NetlinkRequest(
                        "list flows of " + family,
                        ConntrackNumbers.messageType(ConntrackNumbers.IPCTNL_MSG_CT_GET),
                        0,
                        new AttributeWriter(header(family))))
                .stream()
                .flatMap(message -> TrackedFlow.decode(message).stream())
                .toList();
    }

    /** Makes the kernel forget a flow: its next packet begins a new one. It is no error if it is gone already. */
    public void delete(TrackedFlow flow) {
        AttributeWriter attributes = new AttributeWriter(header(flow.family()));
        attributes.bytes(
                NESTED | ConntrackNumbers.CTA_TUPLE_ORIG, bytes(flow.identity().original()));
        flow.identity().zone().ifPresent(zone -> attributes.bytes(ConntrackNumbers.CTA_ZONE, bytes(zone)));
        flow.identity().id().ifPresent(id -> attributes.bytes(ConntrackNumbers.CTA_ID, bytes(id)));
        try {
            conversation.execute(new NetlinkRequest(
                    "delete flow from " + flow.from().getHostAddress() + " to "
                            + flow.to().getHostAddress(),
                    ConntrackNumbers.messageType(ConntrackNumbers.IPCTNL_MSG_CT_DELETE),
                    0,
                    attributes));
        } catch (NetlinkException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    /**
     * Deletes the flows that fit.
     *
     * @return how many they were
     */
    public int delete(AddressFamily family, Predicate<TrackedFlow> which) {
        List<TrackedFlow> flows = flows(family).stream().filter(which).toList();
        flows.forEach(this::delete);
        return flows.size();
    }

    @Override
    public void close() {
        conversation.close();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    /** struct nfgenmsg: family u8, version u8, resource id be16. */
    private static ByteBuffer header(AddressFamily family) {
        return ByteBuffer.allocate(TrackedFlow.HEADER_BYTES)
                .put((byte) family.number())
                .position(0);
    }
}
