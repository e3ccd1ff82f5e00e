package net.hybridgateway.netlink.route;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.MalformedMessageException;

/**
 * One of several ways that a route shares its packets between.
 *
 * <pre>
 * struct rtnexthop: u16 length, with attributes | u8 flags | u8 weight - 1 | s32 link index, then attributes
 * </pre>
 *
 * @param linkIndex the link that it goes out by
 * @param gateway   the next router; empty if the destination is on the link
 * @param weight    its share, 1 to 256
 * @param flags     {@code RTNH_F_*}; see the methods
 */
public record NextHop(int linkIndex, Optional<InetAddress> gateway, int weight, int flags) {
    private static final int HEADER_BYTES = 8;

    /** True if the kernel has stopped to use it, for its link is down. */
    public boolean isDead() {
        return (flags & RouteNumbers.RTNH_F_DEAD) != 0;
    }

    /** Reads the value of {@code RTA_MULTIPATH}. */
    static List<NextHop> decodeAll(byte[] value, AddressFamily family) {
        ByteBuffer rest = ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
        List<NextHop> hops = new ArrayList<>();
        while (rest.remaining() >= HEADER_BYTES) {
            int start = rest.position();
            int length = Short.toUnsignedInt(rest.getShort(start));
            if (length < HEADER_BYTES || length > rest.remaining()) {
                throw new MalformedMessageException(
                        "next hop of route", Math.max(HEADER_BYTES, length), rest.remaining());
            }
            ByteBuffer attributes = rest.slice(start + HEADER_BYTES, length - HEADER_BYTES);
            hops.add(new NextHop(
                    rest.getInt(start + 4),
                    decodeGateway(new AttributeReader(attributes, "next hop of route"), family),
                    Byte.toUnsignedInt(rest.get(start + 3)) + 1,
                    Byte.toUnsignedInt(rest.get(start + 2))));
            rest.position(Math.min(rest.limit(), start + (length + 3 & ~3)));
        }
        return hops;
    }

    private static Optional<InetAddress> decodeGateway(AttributeReader attributes, AddressFamily family) {
        while (attributes.next()) {
            switch (attributes.type()) {
                case RouteNumbers.RTA_GATEWAY -> {
                    return Optional.of(attributes.address(family));
                }
                case RouteNumbers.RTA_VIA -> {
                    return decodeVia(attributes);
                }
                default -> {
                    // Flow and encapsulation.
                }
            }
        }
        return Optional.empty();
    }

    /** Reads {@code struct rtvia}, a gateway of another family than the route's: u16 family, then the address. */
    static Optional<InetAddress> decodeVia(AttributeReader attribute) {
        ByteBuffer via = attribute.structure(Short.BYTES);
        Optional<AddressFamily> family = AddressFamily.ofNumber(Short.toUnsignedInt(via.getShort(0)));
        if (family.isEmpty()) {
            return Optional.empty();
        }
        byte[] address = new byte[family.get().addressBytes()];
        attribute.structure(Short.BYTES + address.length).get(Short.BYTES, address);
        return Optional.of(family.get().address(address));
    }
}
