package net.hybridgateway.netlink.route;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.NetlinkMessage;

/**
 * An entry of a routing table. {@link #to} begins one:
 *
 * <pre>{@code
 * Route.to(IpPrefix.all(IPV4)).via(gateway).out(wan.index()).table(1000).metric(10).build();
 * Route.to(IpPrefix.all(IPV6)).type(RouteType.UNREACHABLE).table(1000).metric(1000).build();
 * }</pre>
 *
 * <pre>
 * struct rtmsg: u8 family | u8 destination bits | u8 source bits | u8 tos
 *               u8 table, if below 256 | u8 protocol | u8 scope | u8 type | u32 flags
 * </pre>
 *
 * @param destination     the packets that it is for
 * @param type            what becomes of them
 * @param table           1 to 2^32 - 1; 254 is "main"
 * @param gateway         the next router; empty if the destination is on the link. It may be of the other family
 * @param linkIndex       the link that they leave by
 * @param metric          of routes to the same destination the lowest wins, 0 to 2^32 - 1; IPv6 makes 1024 of 0
 * @param protocol        who made it ({@code RTPROT_*}), 0 to 255; a program takes a number of its own to know its routes
 * @param scope           how far it reaches; IPv6 knows "universe" only
 * @param preferredSource the source address of packets that have none yet
 * @param nextHops        the ways that it shares between, instead of gateway and link; only read, never written
 * @param flags           {@code RTNH_F_*} and {@code RTM_F_*}; only {@link #ON_LINK} can be asked for
 */
public record Route(
        IpPrefix destination,
        RouteType type,
        long table,
        Optional<InetAddress> gateway,
        OptionalInt linkIndex,
        long metric,
        int protocol,
        Scope scope,
        Optional<InetAddress> preferredSource,
        List<NextHop> nextHops,
        int flags) {
    /** The table that is searched if no rule says otherwise. */
    public static final long MAIN_TABLE = RouteNumbers.RT_TABLE_MAIN;
    /** The kernel's own table of this host's addresses. */
    public static final long LOCAL_TABLE = RouteNumbers.RT_TABLE_LOCAL;
    /** As {@link #protocol()}: made by the kernel. */
    public static final int PROTOCOL_KERNEL = RouteNumbers.RTPROT_KERNEL;
    /** As {@link #protocol()}: made by an administrator. */
    public static final int PROTOCOL_STATIC = RouteNumbers.RTPROT_STATIC;
    /** As {@link #flags()}: the gateway is on the link, whatever the link's addresses say. */
    public static final int ON_LINK = RouteNumbers.RTNH_F_ONLINK;

    static final int HEADER_BYTES = 12;
    private static final int LARGEST_TABLE_IN_HEADER = 255;

    public Route {
        requireUnsigned(table, "table");
        requireUnsigned(metric, "metric");
        if (protocol < 0 || protocol > 255) {
            throw new IllegalArgumentException("protocol " + protocol + " is not within 0..255");
        }
        nextHops = List.copyOf(nextHops);
    }

    /** Begins a route of type "unicast", made by {@link #PROTOCOL_STATIC}, in {@link #MAIN_TABLE}. */
    public static Builder to(IpPrefix destination) {
        return new Builder(destination);
    }

    public AddressFamily family() {
        return destination.family();
    }

    /** True if the kernel has stopped to use it, for its link is down or without carrier. */
    public boolean isDead() {
        return (flags & (RouteNumbers.RTNH_F_DEAD | RouteNumbers.RTNH_F_LINKDOWN)) != 0;
    }

    /** Begins a route that equals this one. */
    public Builder toBuilder() {
        Builder builder = new Builder(destination);
        builder.type = type;
        builder.table = table;
        builder.gateway = gateway;
        builder.linkIndex = linkIndex;
        builder.metric = metric;
        builder.protocol = protocol;
        builder.scope = Optional.of(scope);
        builder.preferredSource = preferredSource;
        builder.nextHops = nextHops;
        builder.flags = flags;
        return builder;
    }

    /** Empty for a message about a route that is not of IP, or that is a cached result and no entry of a table. */
    static Optional<Route> decode(NetlinkMessage message) {
        ByteBuffer header = message.fixedPart(HEADER_BYTES, "route");
        if ((header.getInt(8) & RouteNumbers.RTM_F_CLONED) != 0) {
            return Optional.empty();
        }
        return AddressFamily.ofNumber(Byte.toUnsignedInt(header.get(0)))
                .map(family -> decode(header, family, message.attributes(HEADER_BYTES, "route")));
    }

    private static Route decode(ByteBuffer header, AddressFamily family, AttributeReader attributes) {
        InetAddress destination = family.anyAddress();
        Builder route = new Builder(IpPrefix.all(family));
        route.table = Byte.toUnsignedInt(header.get(4));
        route.protocol = Byte.toUnsignedInt(header.get(5));
        route.scope = Optional.of(new Scope(Byte.toUnsignedInt(header.get(6))));
        route.type = new RouteType(Byte.toUnsignedInt(header.get(7)));
        route.flags = header.getInt(8);
        while (attributes.next()) {
            switch (attributes.type()) {
                case RouteNumbers.RTA_DST -> destination = attributes.address(family);
                case RouteNumbers.RTA_GATEWAY -> route.via(attributes.address(family));
                case RouteNumbers.RTA_VIA -> route.gateway = NextHop.decodeVia(attributes);
                case RouteNumbers.RTA_OIF -> route.out(attributes.s32());
                case RouteNumbers.RTA_TABLE -> route.table(attributes.u32());
                case RouteNumbers.RTA_PRIORITY -> route.metric(attributes.u32());
                case RouteNumbers.RTA_PREFSRC -> route.preferredSource(attributes.address(family));
                case RouteNumbers.RTA_MULTIPATH -> route.nextHops = NextHop.decodeAll(attributes.bytes(), family);
                default -> {
                    // Cache statistics, metrics, encapsulation.
                }
            }
        }
        route.destination = PrefixCodec.decode(destination, header.get(1), "route");
        return route.build();
    }

    AttributeWriter encode() {
        boolean inHeader = table <= LARGEST_TABLE_IN_HEADER;
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.nativeOrder())
                .put((byte) family().number())
                .put((byte) destination.length())
                .put((byte) 0)
                .put((byte) 0)
                .put((byte) (inHeader ? table : RouteNumbers.RT_TABLE_UNSPEC))
                .put((byte) protocol)
                .put((byte) scope.number())
                .put((byte) type.number())
                .putInt(flags & ON_LINK)
                .flip();
        AttributeWriter writer = new AttributeWriter(header);
        if (!destination.isAll()) {
            writer.address(RouteNumbers.RTA_DST, destination.address());
        }
        gateway.ifPresent(address -> encodeGateway(writer, address));
        preferredSource.ifPresent(address -> writer.address(RouteNumbers.RTA_PREFSRC, address));
        if (!inHeader) {
            writer.u32(RouteNumbers.RTA_TABLE, table);
        }
        if (metric != 0) {
            writer.u32(RouteNumbers.RTA_PRIORITY, metric);
        }
        linkIndex.ifPresent(index -> writer.s32(RouteNumbers.RTA_OIF, index));
        return writer;
    }

    private void encodeGateway(AttributeWriter writer, InetAddress address) {
        AddressFamily family = AddressFamily.of(address);
        if (family == family()) {
            writer.address(RouteNumbers.RTA_GATEWAY, address);
        } else {
            ByteBuffer via = ByteBuffer.allocate(Short.BYTES + family.addressBytes())
                    .order(ByteOrder.nativeOrder())
                    .putShort((short) family.number())
                    .put(address.getAddress());
            writer.bytes(RouteNumbers.RTA_VIA, via.array());
        }
    }

    private static void requireUnsigned(long value, String name) {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException(name + " " + value + " is not within 0..4294967295");
        }
    }

    /** In the words of {@code ip route}, with the link's index instead of its name. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(type).append(' ').append(destination);
        gateway.ifPresent(address -> text.append(" via ").append(address.getHostAddress()));
        linkIndex.ifPresent(index -> text.append(" out ").append(index));
        text.append(" table ").append(table);
        if (metric != 0) {
            text.append(" metric ").append(metric);
        }
        preferredSource.ifPresent(address -> text.append(" src ").append(address.getHostAddress()));
        nextHops.forEach(hop -> text.append(' ').append(hop));
        return text.append(" proto ")
                .append(protocol)
                .append(" scope ")
                .append(scope)
                .toString();
    }

    /** Collects the parts of a route. */
    public static final class Builder {
        private IpPrefix destination;
        private RouteType type = RouteType.UNICAST;
        private long table = MAIN_TABLE;
        private Optional<InetAddress> gateway = Optional.empty();
        private OptionalInt linkIndex = OptionalInt.empty();
        private long metric;
        private int protocol = PROTOCOL_STATIC;
        private Optional<Scope> scope = Optional.empty();
        private Optional<InetAddress> preferredSource = Optional.empty();
        private List<NextHop> nextHops = List.of();
        private int flags;

        private Builder(IpPrefix destination) {
            this.destination = destination;
        }

        public Builder type(RouteType newType) {
            type = newType;
            return this;
        }

        public Builder table(long newTable) {
            table = newTable;
            return this;
        }

        public Builder via(InetAddress newGateway) {
            gateway = Optional.of(newGateway);
            return this;
        }

        public Builder out(int newLinkIndex) {
            linkIndex = OptionalInt.of(newLinkIndex);
            return this;
        }

        public Builder metric(long newMetric) {
            metric = newMetric;
            return this;
        }

        public Builder protocol(int newProtocol) {
            protocol = newProtocol;
            return this;
        }

        /** Without it the scope is as {@code ip route} chooses it: host, link or universe, by type and gateway. */
        public Builder scope(Scope newScope) {
            scope = Optional.of(newScope);
            return this;
        }

        public Builder preferredSource(InetAddress newSource) {
            preferredSource = Optional.of(newSource);
            return this;
        }

        /** Takes the gateway for being on the link, whatever the link's addresses say. */
        public Builder onLink() {
            flags |= ON_LINK;
            return this;
        }

        public Route build() {
            return new Route(
                    destination,
                    type,
                    table,
                    gateway,
                    linkIndex,
                    metric,
                    protocol,
                    scope.orElseGet(this::usualScope),
                    preferredSource,
                    nextHops,
                    flags);
        }

        private Scope usualScope() {
            if (destination.family() == AddressFamily.IPV6) {
                return Scope.UNIVERSE;
            }
            if (type.equals(RouteType.LOCAL)) {
                return Scope.HOST;
            }
            boolean direct = type.equals(RouteType.UNICAST) && gateway.isEmpty() && nextHops.isEmpty();
            return direct || type.equals(RouteType.BROADCAST) ? Scope.LINK : Scope.UNIVERSE;
        }
    }
}
