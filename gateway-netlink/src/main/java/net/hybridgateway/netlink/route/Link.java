package net.hybridgateway.netlink.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.NetlinkMessage;

/**
 * A network device.
 *
 * <pre>
 * struct ifinfomsg: u8 family | u8 pad | u16 type | s32 index | u32 flags | u32 flags to change
 * </pre>
 *
 * @param index    the kernel's number for it, from 1
 * @param name     such as {@code wan0}
 * @param flags    {@code IFF_*}; see the methods
 * @param mtuBytes largest packet
 * @param state    whether it can carry traffic, as far as the driver tells
 * @param carrier  whether the other end of the cable is there
 * @param master   index of the bridge or bond that it belongs to
 * @param kind     how it was made: {@code veth}, {@code bridge}, {@code tun}; empty for hardware
 * @param counters what it carried; notifications come without on some kernels
 */
public record Link(
        int index,
        String name,
        int flags,
        int mtuBytes,
        OperationalState state,
        boolean carrier,
        OptionalInt master,
        Optional<String> kind,
        Optional<LinkCounters> counters) {
    static final int HEADER_BYTES = 16;

    /** True if the administrator wants it to work. */
    public boolean isUp() {
        return has(RouteNumbers.IFF_UP);
    }

    /** True if it is up and can carry traffic, as far as the driver tells. */
    public boolean isRunning() {
        return has(RouteNumbers.IFF_RUNNING);
    }

    public boolean isLoopback() {
        return has(RouteNumbers.IFF_LOOPBACK);
    }

    /** True for links without neighbours, such as PPP and most modems. */
    public boolean isPointToPoint() {
        return has(RouteNumbers.IFF_POINTOPOINT);
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** True for messages about links as such; bridges and others send messages of the same type about their ports. */
    static boolean isAboutLink(NetlinkMessage message) {
        return message.fixedPart(HEADER_BYTES, "link").get(0) == 0;
    }

    static Link decode(NetlinkMessage message) {
        ByteBuffer header = message.fixedPart(HEADER_BYTES, "link");
        String name = "";
        int mtuBytes = 0;
        OperationalState state = OperationalState.UNKNOWN;
        boolean carrier = false;
        OptionalInt master = OptionalInt.empty();
        Optional<String> kind = Optional.empty();
        Optional<LinkCounters> counters = Optional.empty();
        AttributeReader attributes = message.attributes(HEADER_BYTES, "link");
        while (attributes.next()) {
            switch (attributes.type()) {
                case RouteNumbers.IFLA_IFNAME -> name = attributes.string();
                case RouteNumbers.IFLA_MTU -> mtuBytes = attributes.s32();
                case RouteNumbers.IFLA_OPERSTATE -> state = new OperationalState(attributes.u8());
                case RouteNumbers.IFLA_CARRIER -> carrier = attributes.u8() != 0;
                case RouteNumbers.IFLA_MASTER -> master = OptionalInt.of(attributes.s32());
                case RouteNumbers.IFLA_LINKINFO -> kind = decodeKind(attributes.nested());
                case RouteNumbers.IFLA_STATS64 ->
                    counters = Optional.of(LinkCounters.decode(attributes.structure(LinkCounters.BYTES)));
                default -> {
                    // There are some 60 attributes; a gateway needs these.
                }
            }
        }
        return new Link(header.getInt(4), name, header.getInt(8), mtuBytes, state, carrier, master, kind, counters);
    }

    private static Optional<String> decodeKind(AttributeReader information) {
        while (information.next()) {
            if (information.type() == RouteNumbers.IFLA_INFO_KIND) {
                return Optional.of(information.string());
            }
        }
        return Optional.empty();
    }

    /** The fixed part of a request about the link with {@code index}, or about all for 0. */
    static ByteBuffer header(int index, int flags, int flagsToChange) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(0)
                .putInt(index)
                .putInt(flags)
                .putInt(flagsToChange)
                .flip();
    }
}
