package net.hybridgateway.netlink.mptcp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.MalformedMessageException;

/**
 * An address of this host as the path manager sees it ({@code MPTCP_PM_ADDR_ATTR_*}):
 *
 * <pre>{@code
 * Endpoint.at(address).id(new AddressId(3)).flags(EndpointFlags.BACKUP).onLink(wwan.index());
 * }</pre>
 *
 * @param id        its number; empty in a request lets the kernel choose or, with 0, find it
 * @param address   the address
 * @param port      0 to 65535; 0 is "any"
 * @param flags     see {@link EndpointFlags}
 * @param linkIndex the link that subflows must use; empty leaves it to the routes
 */
public record Endpoint(Optional<AddressId> id, InetAddress address, int port, int flags, OptionalInt linkIndex) {
    public Endpoint {
        requirePort(port);
    }

    /** An endpoint without id, port, flags and link. */
    public static Endpoint at(InetAddress address) {
        return new Endpoint(Optional.empty(), address, 0, 0, OptionalInt.empty());
    }

    /** An endpoint with the port of {@code address}, which must be resolved. */
    public static Endpoint at(InetSocketAddress address) {
        return at(requireResolved(address).getAddress()).port(address.getPort());
    }

    /** The same endpoint with this id. */
    public Endpoint id(AddressId newId) {
        return new Endpoint(Optional.of(newId), address, port, flags, linkIndex);
    }

    /** The same endpoint with this port. */
    public Endpoint port(int newPort) {
        return new Endpoint(id, address, newPort, flags, linkIndex);
    }

    /** The same endpoint with these flags instead of those that it had. */
    public Endpoint flags(int newFlags) {
        return new Endpoint(id, address, port, newFlags, linkIndex);
    }

    /** The same endpoint with its subflows bound to a link. */
    public Endpoint onLink(int newLinkIndex) {
        return new Endpoint(id, address, port, flags, OptionalInt.of(newLinkIndex));
    }

    /** True if all bits of {@code flag} are set. */
    public boolean has(int flag) {
        return (flags & flag) == flag;
    }

    /** The port goes in the byte order of the machine, unlike in events. */
    void encode(AttributeWriter writer) {
        encode(writer, AddressFamily.of(address));
    }

    /** As {@link #encode}, an IPv4 address as one of IPv6 ({@code ::ffff:a.b.c.d}). */
    void encodeMapped(AttributeWriter writer) {
        encode(writer, AddressFamily.IPV6);
    }

    private void encode(AttributeWriter writer, AddressFamily family) {
        id.ifPresent(known -> writer.u8(MptcpNumbers.MPTCP_PM_ADDR_ATTR_ID, known.value()));
        if (flags != 0) {
            writer.s32(MptcpNumbers.MPTCP_PM_ADDR_ATTR_FLAGS, flags);
        }
        linkIndex.ifPresent(index -> writer.s32(MptcpNumbers.MPTCP_PM_ADDR_ATTR_IF_IDX, index));
        if (port != 0) {
            writer.u16(MptcpNumbers.MPTCP_PM_ADDR_ATTR_PORT, port);
        }
        writer.u16(MptcpNumbers.MPTCP_PM_ADDR_ATTR_FAMILY, family.number());
        int attribute = family == AddressFamily.IPV4
                ? MptcpNumbers.MPTCP_PM_ADDR_ATTR_ADDR4
                : MptcpNumbers.MPTCP_PM_ADDR_ATTR_ADDR6;
        if (family == AddressFamily.of(address)) {
            writer.address(attribute, address);
        } else {
            writer.mappedAddress(attribute, (Inet4Address) address);
        }
    }

    static Endpoint decode(AttributeReader attributes) {
        Optional<AddressId> id = Optional.empty();
        Optional<InetAddress> address = Optional.empty();
        int port = 0;
        int flags = 0;
        OptionalInt linkIndex = OptionalInt.empty();
        while (attributes.next()) {
            switch (attributes.type()) {
                case MptcpNumbers.MPTCP_PM_ADDR_ATTR_ID -> id = Optional.of(new AddressId(attributes.u8()));
                case MptcpNumbers.MPTCP_PM_ADDR_ATTR_ADDR4 ->
                    address = Optional.of(attributes.address(AddressFamily.IPV4));
                case MptcpNumbers.MPTCP_PM_ADDR_ATTR_ADDR6 ->
                    address = Optional.of(attributes.unmappedAddress(AddressFamily.IPV6));
                case MptcpNumbers.MPTCP_PM_ADDR_ATTR_PORT -> port = attributes.u16();
                case MptcpNumbers.MPTCP_PM_ADDR_ATTR_FLAGS -> flags = attributes.s32();
                case MptcpNumbers.MPTCP_PM_ADDR_ATTR_IF_IDX -> linkIndex = OptionalInt.of(attributes.s32());
                default -> {
                    // The family, which the address tells as well.
                }
            }
        }
        InetAddress known = address.orElseThrow(() -> new MalformedMessageException("endpoint without an address"));
        // The kernel says 0 for "no link".
        return new Endpoint(id, known, port, flags, linkIndex.orElse(0) == 0 ? OptionalInt.empty() : linkIndex);
    }

    static InetSocketAddress requireResolved(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(address + " is not resolved");
        }
        return address;
    }

    private static void requirePort(int port) {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("port " + port + " is not within 0..65535");
        }
    }

    /** In the words of {@code ip mptcp endpoint}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(address.getHostAddress());
        if (port != 0) {
            text.append(" port ").append(port);
        }
        id.ifPresent(known -> text.append(" id ").append(known));
        if (flags != 0) {
            text.append(' ').append(EndpointFlags.toString(flags));
        }
        linkIndex.ifPresent(index -> text.append(" link ").append(index));
        return text.toString();
    }
}
