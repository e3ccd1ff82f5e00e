package net.hybridgateway.netlink.route;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.MalformedMessageException;
import net.hybridgateway.netlink.NetlinkMessage;

/**
 * An address of a link.
 *
 * <pre>
 * struct ifaddrmsg: u8 family | u8 prefix length | u8 flags | u8 scope | u32 link index
 * </pre>
 *
 * @param linkIndex    which link
 * @param address      the local address
 * @param prefixLength how many bits of it name the network
 * @param peer         the other end, on a point-to-point link that has one address for each end
 * @param scope        how far it reaches
 * @param flags        {@code IFA_F_*}; see the methods
 */
public record Address(
        int linkIndex, InetAddress address, int prefixLength, Optional<InetAddress> peer, Scope scope, int flags) {
    /** As {@link #flags()} of an IPv6 address to add: use it at once, without looking for duplicates. */
    public static final int NO_DUPLICATE_DETECTION = RouteNumbers.IFA_F_NODAD;
    /** As {@link #flags()} of an address to add: make no route to its network. */
    public static final int NO_PREFIX_ROUTE = RouteNumbers.IFA_F_NOPREFIXROUTE;

    static final int HEADER_BYTES = 8;

    public Address {
        int bits = AddressFamily.of(address).addressBits();
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " is not within 0.." + bits);
        }
    }

    /** An address to add, of scope "universe" and without flags. */
    public static Address of(int linkIndex, InetAddress address, int prefixLength) {
        return new Address(linkIndex, address, prefixLength, Optional.empty(), Scope.UNIVERSE, 0);
    }

    /** The same address with other flags. */
    public Address withFlags(int newFlags) {
        return new Address(linkIndex, address, prefixLength, peer, scope, newFlags);
    }

    public AddressFamily family() {
        return AddressFamily.of(address);
    }

    /** The network that the address is in. */
    public IpPrefix network() {
        return IpPrefix.containing(peer.orElse(address), prefixLength);
    }

    /** True while IPv6 looks for duplicates: the address cannot be used yet. */
    public boolean isTentative() {
        return has(RouteNumbers.IFA_F_TENTATIVE) && !has(RouteNumbers.IFA_F_OPTIMISTIC);
    }

    /** True if somebody else has the address. */
    public boolean isDuplicate() {
        return has(RouteNumbers.IFA_F_DADFAILED);
    }

    /** True at the end of its lifetime: established connections may use it, new ones should not. */
    public boolean isDeprecated() {
        return has(RouteNumbers.IFA_F_DEPRECATED);
    }

    /** True if it can be used for new connections. */
    public boolean isUsable() {
        return !isTentative() && !isDuplicate() && !isDeprecated();
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Empty for a message about an address that is not of IP. */
    static Optional<Address> decode(NetlinkMessage message) {
        ByteBuffer header = message.fixedPart(HEADER_BYTES, "address");
        Optional<AddressFamily> family = AddressFamily.ofNumber(Byte.toUnsignedInt(header.get(0)));
        return family.map(ip -> decode(message, header, ip));
    }

    private static Address decode(NetlinkMessage message, ByteBuffer header, AddressFamily family) {
        Optional<InetAddress> address = Optional.empty();
        Optional<InetAddress> local = Optional.empty();
        int flags = Byte.toUnsignedInt(header.get(2));
        AttributeReader attributes = message.attributes(HEADER_BYTES, "address");
        while (attributes.next()) {
            switch (attributes.type()) {
                case RouteNumbers.IFA_ADDRESS -> address = Optional.of(attributes.address(family));
                case RouteNumbers.IFA_LOCAL -> local = Optional.of(attributes.address(family));
                case RouteNumbers.IFA_FLAGS -> flags = attributes.s32();
                default -> {
                    // Labels and lifetimes.
                }
            }
        }
        // With a peer, LOCAL is ours and ADDRESS the peer's; IPv6 without peer sends ADDRESS alone.
        Optional<InetAddress> either = local.isPresent() ? local : address;
        InetAddress own = either.orElseThrow(() -> new MalformedMessageException("address message without an address"));
        return new Address(
                header.getInt(4),
                own,
                PrefixCodec.length(own, header.get(1), "address"),
                address.filter(other -> !other.equals(own)),
                new Scope(Byte.toUnsignedInt(header.get(3))),
                flags);
    }

    AttributeWriter encode() {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.nativeOrder())
                .put((byte) family().number())
                .put((byte) prefixLength)
                .put((byte) flags)
                .put((byte) scope.number())
                .putInt(linkIndex)
                .flip();
        AttributeWriter writer = new AttributeWriter(header)
                .address(RouteNumbers.IFA_LOCAL, address)
                .address(RouteNumbers.IFA_ADDRESS, peer.orElse(address));
        if (flags > 0xff) {
            writer.s32(RouteNumbers.IFA_FLAGS, flags);
        }
        return writer;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixLength
                + peer.map(other -> " peer " + other.getHostAddress()).orElse("") + " on link " + linkIndex + " scope "
                + scope + " flags 0x" + Integer.toHexString(flags);
    }
}
