package net.hybridgateway.netlink.conntrack;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.NetlinkMessage;

/**
 * A flow that conntrack knows.
 *
 * @param protocol such as 17 for UDP
 * @param from where its first packet came from
 * @param to where its first packet went to
 * @param repliesTo where answers go to when they arrive: {@code from}, unless that was translated
 * @param identity what the kernel knows it by; has no meaning for others
 */
public record TrackedFlow(
        AddressFamily family,
        int protocol,
        InetAddress from,
        InetAddress to,
        InetAddress repliesTo,
        Identity identity) {
    /** Bytes of struct nfgenmsg, in front of the attributes. */
    static final int HEADER_BYTES = 4;

    /**
     * The attributes that name a flow, as the kernel sent them.
     *
     * @param original the first packet's addresses, protocol and ports
     * @param zone empty for the zone of all
     * @param id tells a flow from a later one with the same addresses and ports, unless the kernel has put that into the
     *     same place of its memory
     */
    public record Identity(ByteBuffer original, Optional<ByteBuffer> zone, Optional<ByteBuffer> id) {
        public Identity {
            original = original.asReadOnlyBuffer();
            zone = zone.map(ByteBuffer::asReadOnlyBuffer);
            id = id.map(ByteBuffer::asReadOnlyBuffer);
        }
    }

    /** Whether the source address was translated (NAT) on the way out. */
    public boolean isSourceTranslated() {
        return !from.equals(repliesTo);
    }

    /** Empty for a flow that is not of IP, or of which the kernel does not say enough. */
    static Optional<TrackedFlow> decode(NetlinkMessage message) {
        int number =
                Byte.toUnsignedInt(message.fixedPart(HEADER_BYTES, "nfgenmsg").get(0));
        return AddressFamily.ofNumber(number)
                .flatMap(family -> decode(family, message.attributes(HEADER_BYTES, "flow")));
    }

    private static Optional<TrackedFlow> decode(AddressFamily family, AttributeReader attributes) {
        Tuple original = new Tuple();
        Tuple reply = new Tuple();
        Optional<ByteBuffer> identity = Optional.empty();
        Optional<ByteBuffer> zone = Optional.empty();
        Optional<ByteBuffer> id = Optional.empty();
        while (attributes.next()) {
            switch (attributes.type()) {
                case ConntrackNumbers.CTA_TUPLE_ORIG -> {
                    identity = Optional.of(ByteBuffer.wrap(attributes.bytes()));
                    original.read(family, attributes.nested());
                }
                case ConntrackNumbers.CTA_TUPLE_REPLY -> reply.read(family, attributes.nested());
                case ConntrackNumbers.CTA_ZONE -> zone = Optional.of(ByteBuffer.wrap(attributes.bytes()));
                case ConntrackNumbers.CTA_ID -> id = Optional.of(ByteBuffer.wrap(attributes.bytes()));
                default -> {
                    // State, counters, timeouts: of no use here.
                }
            }
        }
        if (identity.isEmpty() || !original.isComplete() || !reply.isComplete()) {
            return Optional.empty();
        }
        return Optional.of(new TrackedFlow(
                family,
                original.protocol,
                original.source.orElseThrow(),
                original.destination.orElseThrow(),
                reply.destination.orElseThrow(),
                new Identity(identity.get(), zone, id)));
    }

    /** One direction, while it is read. */
    private static final class Tuple {
        private Optional<InetAddress> source = Optional.empty();
        private Optional<InetAddress> destination = Optional.empty();
        private int protocol;

        boolean isComplete() {
            return source.isPresent() && destination.isPresent();
        }

        void read(AddressFamily family, AttributeReader tuple) {
            while (tuple.next()) {
                if (tuple.type() == ConntrackNumbers.CTA_TUPLE_IP) {
                    readAddresses(family, tuple.nested());
                } else if (tuple.type() == ConntrackNumbers.CTA_TUPLE_PROTO) {
                    readProtocol(tuple.nested());
                }
            }
        }

        private void readAddresses(AddressFamily family, AttributeReader addresses) {
            while (addresses.next()) {
                switch (addresses.type()) {
                    case ConntrackNumbers.CTA_IP_V4_SRC, ConntrackNumbers.CTA_IP_V6_SRC ->
                        source = Optional.of(addresses.address(family));
                    case ConntrackNumbers.CTA_IP_V4_DST, ConntrackNumbers.CTA_IP_V6_DST ->
                        destination = Optional.of(addresses.address(family));
                    default -> {
                        // There are no others.
                    }
                }
            }
        }

        private void readProtocol(AttributeReader attributes) {
            while (attributes.next()) {
                if (attributes.type() == ConntrackNumbers.CTA_PROTO_NUM) {
                    protocol = attributes.u8();
                }
            }
        }
    }
}
