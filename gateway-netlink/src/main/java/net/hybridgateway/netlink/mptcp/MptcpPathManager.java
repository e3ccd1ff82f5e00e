package net.hybridgateway.netlink.mptcp;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.MalformedMessageException;
import net.hybridgateway.netlink.NetlinkConversation;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.NetlinkProtocol;
import net.hybridgateway.netlink.NetlinkRequest;
import net.hybridgateway.netlink.ffi.Errno;
import net.hybridgateway.netlink.generic.GenericFamily;
import net.hybridgateway.netlink.generic.GenericMessage;
import net.hybridgateway.netlink.generic.GenericNetlink;

/**
 * The commands of MPTCP's path management, of which there are two kinds in a network namespace.
 *
 * <p>The <em>kernel's path manager</em> acts for all connections by a table of endpoints: {@link #addEndpoint},
 * {@link #removeEndpoint}, {@link #endpoints()}, {@link #flushEndpoints}, {@link #setLimits}, {@link #limits},
 * {@link #setFlags(Endpoint)}.
 *
 * <p>The <em>user-space path manager</em> ({@code net.mptcp.path_manager=userspace}, before Linux 6.15
 * {@code net.mptcp.pm_type=1}; for connections opened afterwards) does nothing by itself and takes commands about single
 * connections, by their token: {@link #announce}, {@link #remove}, {@link #createSubflow}, {@link #destroySubflow},
 * {@link #setFlags(ConnectionToken, Endpoint, InetSocketAddress)}, {@link #endpoints(ConnectionToken)}. An
 * {@link MptcpEventMonitor} must listen. There are no limits but one's own, and no retries.
 *
 * <p>All methods but the reading ones need CAP_NET_ADMIN. A refusal is a {@link NetlinkException}, mostly EINVAL with the
 * kernel's text: "invalid token", "userspace PM not selected".
 */
public final class MptcpPathManager implements AutoCloseable {
    static final String EVENT_GROUP = "mptcp_pm_events";
    private static final String FAMILY = "mptcp_pm";

    private final NetlinkConversation conversation;
    private final GenericFamily family;

    /**
     * @param conversation of {@link NetlinkProtocol#GENERIC}; closed with this object
     * @param family       what the kernel says about {@code mptcp_pm}
     */
    public MptcpPathManager(NetlinkConversation conversation, GenericFamily family) {
        this.conversation = conversation;
        this.family = family;
    }

    /**
     * Opens a socket in the network namespace of this thread.
     *
     * @throws NetlinkException if the kernel has no MPTCP path management (before Linux 5.7)
     */
    public static MptcpPathManager open() {
        GenericFamily family = findFamily();
        return new MptcpPathManager(NetlinkConversation.open(NetlinkProtocol.GENERIC), family);
    }

    /** Asks the kernel about the family {@code mptcp_pm}. */
    static GenericFamily findFamily() {
        try (GenericNetlink generic = GenericNetlink.open()) {
            return generic.family(FAMILY)
                    .orElseThrow(() -> new NetlinkException("find family " + FAMILY, "this kernel has no MPTCP"));
        }
    }

    /** Adds an endpoint to the kernel's table ({@code ADD_ADDR}); fails with EEXIST if the address is there. */
    public void addEndpoint(Endpoint endpoint) {
        execute("add endpoint " + endpoint, MptcpNumbers.MPTCP_PM_CMD_ADD_ADDR, local(endpoint));
    }

    /**
     * Takes an endpoint out of the kernel's table and of all connections ({@code DEL_ADDR}). It is found by its id; the
     * address counts only for id 0, by which connections lose their initial address.
     */
    public void removeEndpoint(Endpoint endpoint) {
        execute("remove endpoint " + endpoint, MptcpNumbers.MPTCP_PM_CMD_DEL_ADDR, local(endpoint));
    }

    /** The endpoints of the kernel's table ({@code GET_ADDR}). */
    public List<Endpoint> endpoints() {
        return dumpEndpoints("list endpoints", writer -> {});
    }

    /** The endpoint with this id in the kernel's table ({@code GET_ADDR}). */
    public Optional<Endpoint> endpoint(AddressId id) {
        return queryEndpoint("get endpoint " + id, writer -> writeId(writer, id));
    }

    /** The local addresses of one connection, with the user-space path manager (Linux 6.10; {@code GET_ADDR}). */
    public List<Endpoint> endpoints(ConnectionToken token) {
        return dumpEndpoints("list endpoints of connection " + token, writer -> writeToken(writer, token));
    }

    /** A local address of one connection, with the user-space path manager (Linux 6.10; {@code GET_ADDR}). */
    public Optional<Endpoint> endpoint(ConnectionToken token, AddressId id) {
        return queryEndpoint("get endpoint " + id + " of connection " + token, writer -> {
            writeId(writer, id);
            writeToken(writer, token);
        });
    }

    /** Empties the kernel's table ({@code FLUSH_ADDRS}). */
    public void flushEndpoints() {
        execute("flush endpoints", MptcpNumbers.MPTCP_PM_CMD_FLUSH_ADDRS, writer -> {});
    }

    /** Sets the limits of the kernel's path manager ({@code SET_LIMITS}); beyond 8 it says EINVAL. */
    public void setLimits(Limits limits) {
        execute("set limits", MptcpNumbers.MPTCP_PM_CMD_SET_LIMITS, writer -> writer.u32(
                        MptcpNumbers.MPTCP_PM_ATTR_RCV_ADD_ADDRS, limits.acceptedAddresses())
                .u32(MptcpNumbers.MPTCP_PM_ATTR_SUBFLOWS, limits.subflows()));
    }

    /** The limits of the kernel's path manager ({@code GET_LIMITS}). */
    public Limits limits() {
        NetlinkMessage answer = conversation
                .query(request("get limits", MptcpNumbers.MPTCP_PM_CMD_GET_LIMITS, writer -> {}))
                .orElseThrow(() -> new MalformedMessageException("answer to \"get limits\" is missing"));
        int addresses = 0;
        int subflows = 0;
        AttributeReader attributes = GenericMessage.decode(answer).attributes("limits");
        while (attributes.next()) {
            switch (attributes.type()) {
                case MptcpNumbers.MPTCP_PM_ATTR_RCV_ADD_ADDRS -> addresses = limit(attributes);
                case MptcpNumbers.MPTCP_PM_ATTR_SUBFLOWS -> subflows = limit(attributes);
                default -> {
                    // Nothing else so far.
                }
            }
        }
        return new Limits(addresses, subflows);
    }

    private static int limit(AttributeReader attribute) {
        int value = attribute.s32();
        if (value < 0) {
            throw new MalformedMessageException("limit of " + value);
        }
        return value;
    }

    /**
     * Makes the endpoint in the kernel's table have the backup and full-mesh flags of {@code endpoint}, and tells the peers
     * of all its subflows ({@code SET_FLAGS}). It is found by its address.
     */
    public void setFlags(Endpoint endpoint) {
        execute("set flags of endpoint " + endpoint, MptcpNumbers.MPTCP_PM_CMD_SET_FLAGS, local(endpoint));
    }

    /**
     * Makes subflows of one connection backup, or not, and tells the peer (MP_PRIO), with the user-space path manager
     * ({@code SET_FLAGS}). Only {@link EndpointFlags#BACKUP} counts; port 0 on either side fits any.
     */
    public void setFlags(ConnectionToken token, Endpoint local, InetSocketAddress remote) {
        execute(
                "set flags of " + local + " to " + Endpoint.at(remote) + " of connection " + token,
                MptcpNumbers.MPTCP_PM_CMD_SET_FLAGS,
                connection(token, local, remote));
    }

    /**
     * Announces an address to the peer ({@code ANNOUNCE}, ADD_ADDR on the wire). The kernel sends it up to three times until
     * the peer confirms; the same announcement may be repeated.
     *
     * @param local with an id other than 0; {@link EndpointFlags#SIGNAL} is added. With a port something must listen there
     */
    public void announce(ConnectionToken token, Endpoint local) {
        Endpoint signal = local.flags(local.flags() | EndpointFlags.SIGNAL);
        execute("announce " + signal + " to connection " + token, MptcpNumbers.MPTCP_PM_CMD_ANNOUNCE, writer -> {
            local(signal).accept(writer);
            writeToken(writer, token);
        });
    }

    /**
     * Takes back an address ({@code REMOVE}, REMOVE_ADDR on the wire): the peer closes its subflows and sends the data that
     * was under way over others. It may be repeated while the address is in use.
     */
    public void remove(ConnectionToken token, AddressId localId) {
        conversation.execute(removal(token, localId));
    }

    /** As {@link #remove}, three times as quick: a refusal is not heard of. */
    public void removeUnheard(ConnectionToken token, AddressId localId) {
        conversation.tell(removal(token, localId));
    }

    private NetlinkRequest removal(ConnectionToken token, AddressId localId) {
        return request(
                "remove address " + localId + " of connection " + token, MptcpNumbers.MPTCP_PM_CMD_REMOVE, writer -> {
                    writeToken(writer, token);
                    writer.u8(MptcpNumbers.MPTCP_PM_ATTR_LOC_ID, localId.value());
                });
    }

    /**
     * Begins a subflow ({@code SUBFLOW_CREATE}). Success says only that its SYN was sent; {@link MptcpEvent} tells how it
     * went on. Before {@link MptcpEvent.Established} the kernel says ENOTCONN; with a local address that the host lacks,
     * EADDRNOTAVAIL.
     *
     * @param local  with {@link EndpointFlags#BACKUP} to begin as a backup (Linux 6.6)
     * @param remote an address and port of the peer
     */
    public void createSubflow(ConnectionToken token, Endpoint local, InetSocketAddress remote) {
        execute(
                "create subflow from " + local + " to " + Endpoint.at(remote) + " of connection " + token,
                MptcpNumbers.MPTCP_PM_CMD_SUBFLOW_CREATE,
                connection(token, local, remote));
    }

    /**
     * Ends a subflow ({@code SUBFLOW_DESTROY}); fails with ESRCH if there is none such. Both addresses and both ports must
     * fit. The local address is forgotten with it, so {@link #remove} comes before.
     *
     * <p>The kernel finds a subflow by the family of its socket, too. That of an initial IPv4 subflow is IPv6 where the
     * connection's is: where IPv4 addresses find nothing, they are tried as mapped ones.
     */
    public void destroySubflow(ConnectionToken token, InetSocketAddress local, InetSocketAddress remote) {
        destroy(token, local, remote, false);
    }

    /**
     * As {@link #destroySubflow}, for the subflow that a connection of an IPv6 socket began with: mapped addresses are tried
     * first. Either finds the subflow in the end, but what is refused first costs as much as the rest, and at a break a
     * thousand wait.
     */
    public void destroyInitialSubflow(ConnectionToken token, InetSocketAddress local, InetSocketAddress remote) {
        destroy(token, local, remote, true);
    }

    private void destroy(
            ConnectionToken token, InetSocketAddress local, InetSocketAddress remote, boolean mappedFirst) {
        Endpoint here = Endpoint.at(local);
        Endpoint there = Endpoint.at(remote);
        String operation = "destroy subflow from " + here + " to " + there + " of connection " + token;
        Consumer<AttributeWriter> plain = connection(token, here, remote);
        if (!(here.address() instanceof Inet4Address && there.address() instanceof Inet4Address)) {
            destroy(operation, plain);
            return;
        }
        Consumer<AttributeWriter> mapped = connection(token, here::encodeMapped, there::encodeMapped);
        try {
            destroy(operation, mappedFirst ? mapped : plain);
        } catch (NetlinkException e) {
            if (!e.is(Errno.ESRCH)) {
                throw e;
            }
            destroy(operation, mappedFirst ? plain : mapped);
        }
    }

    private void destroy(String operation, Consumer<AttributeWriter> ends) {
        execute(operation, MptcpNumbers.MPTCP_PM_CMD_SUBFLOW_DESTROY, ends);
    }

    @Override
    public void close() {
        conversation.close();
    }

    private void execute(String operation, int command, Consumer<AttributeWriter> content) {
        conversation.execute(request(operation, command, content));
    }

    private List<Endpoint> dumpEndpoints(String operation, Consumer<AttributeWriter> content) {
        return conversation.dump(request(operation, MptcpNumbers.MPTCP_PM_CMD_GET_ADDR, content)).stream()
                .map(MptcpPathManager::decodeEndpoint)
                .toList();
    }

    /** The kernel has no error number of its own for an address that is not there: it says EINVAL and a text. */
    private Optional<Endpoint> queryEndpoint(String operation, Consumer<AttributeWriter> content) {
        try {
            return conversation
                    .query(request(operation, MptcpNumbers.MPTCP_PM_CMD_GET_ADDR, content))
                    .map(MptcpPathManager::decodeEndpoint);
        } catch (NetlinkException e) {
            if (e.is(Errno.EINVAL) && e.kernelText().orElse("").contains("address not found")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Endpoint decodeEndpoint(NetlinkMessage message) {
        AttributeReader attributes = GenericMessage.decode(message).attributes("endpoint");
        while (attributes.next()) {
            if (attributes.type() == MptcpNumbers.MPTCP_PM_ATTR_ADDR) {
                return Endpoint.decode(attributes.nested());
            }
        }
        throw new MalformedMessageException("endpoint message without an endpoint");
    }

    private NetlinkRequest request(String operation, int command, Consumer<AttributeWriter> content) {
        AttributeWriter writer = GenericMessage.write(command, MptcpNumbers.MPTCP_PM_VER);
        content.accept(writer);
        return GenericMessage.request(operation, family, writer);
    }

    private static Consumer<AttributeWriter> local(Endpoint endpoint) {
        return writer -> writer.nested(MptcpNumbers.MPTCP_PM_ATTR_ADDR, endpoint::encode);
    }

    private static Consumer<AttributeWriter> connection(
            ConnectionToken token, Endpoint local, InetSocketAddress remote) {
        return connection(token, local::encode, Endpoint.at(remote)::encode);
    }

    private static Consumer<AttributeWriter> connection(
            ConnectionToken token, Consumer<AttributeWriter> local, Consumer<AttributeWriter> remote) {
        return writer -> {
            writer.nested(MptcpNumbers.MPTCP_PM_ATTR_ADDR, local);
            writeToken(writer, token);
            writer.nested(MptcpNumbers.MPTCP_PM_ATTR_ADDR_REMOTE, remote);
        };
    }

    private static void writeToken(AttributeWriter writer, ConnectionToken token) {
        writer.u32(MptcpNumbers.MPTCP_PM_ATTR_TOKEN, token.value());
    }

    private static void writeId(AttributeWriter writer, AddressId id) {
        writer.nested(
                MptcpNumbers.MPTCP_PM_ATTR_ADDR, address -> address.u8(MptcpNumbers.MPTCP_PM_ADDR_ATTR_ID, id.value()));
    }
}
