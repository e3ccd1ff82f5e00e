package net.hybridgateway.netlink.nftables;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.nftables.NftExpression.Decision;

/**
 * A rule of a chain.
 *
 * @param expressions what to do, in this order, until one of them doesn't match
 * @param comment for people; may be empty
 */
public record NftRule(List<NftExpression> expressions, String comment) {
    public static final int IPPROTO_TCP = 6;
    public static final int IPPROTO_UDP = 17;

    /** The limit of the nft tool, in bytes. */
    private static final int LONGEST_COMMENT = 127;

    public NftRule {
        expressions = List.copyOf(expressions);
        if (comment.getBytes(StandardCharsets.UTF_8).length > LONGEST_COMMENT) {
            throw new IllegalArgumentException("comment of more than " + LONGEST_COMMENT + " bytes: " + comment);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Names of the sets that the rule looks up in. */
    Stream<String> sets() {
        return expressions.stream()
                .filter(NftExpression.Lookup.class::isInstance)
                .map(expression -> ((NftExpression.Lookup) expression).set());
    }

    /** Names of the chains that the rule leads to. */
    Stream<String> chains() {
        return expressions.stream()
                .filter(NftExpression.Verdict.class::isInstance)
                .flatMap(expression -> ((NftExpression.Verdict) expression).chain().stream());
    }

    /** What nft keeps with a rule: type 0 (comment), length, text with a NUL. */
    Optional<byte[]> userData() {
        if (comment.isEmpty()) {
            return Optional.empty();
        }
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        return Optional.of(ByteBuffer.allocate(text.length + 3)
                .put((byte) 0)
                .put((byte) (text.length + 1))
                .put(text)
                .array());
    }

    /**
     * Says a rule in the words of the nft tool, whose form is in each comment. Conditions must all be true; they and the
     * actions take effect in the order of the calls. A method that decides ends the rule.
     */
    public static final class Builder {
        private static final int DESTINATION_PORT_OFFSET = 2;
        private static final int TCP_FLAGS_OFFSET = 13;
        private static final byte TCP_SYN = 0x02;
        private static final byte TCP_SYN_AND_ACK = 0x12;
        private static final int IPV4_DESTINATION_OFFSET = 16;
        private static final int IPV6_DESTINATION_OFFSET = 24;

        private final List<NftExpression> expressions = new ArrayList<>();
        private String comment = "";

        private Builder() {}

        /** {@code iifname "wan0"}, or all that begin so: {@code iifname "br-*"}. */
        public Builder inputDevice(String device) {
            byte[] key = device.endsWith("*") && device.length() > 1
                    ? device.substring(0, device.length() - 1).getBytes(StandardCharsets.UTF_8)
                    : NftSet.deviceKey(device);
            return loadMeta(NftExpression.MetaKey.INPUT_DEVICE_NAME).compare(true, key);
        }

        /** {@code iifname @set}. */
        public Builder inputDeviceIn(String set) {
            return loadMeta(NftExpression.MetaKey.INPUT_DEVICE_NAME).lookup(set, false);
        }

        /** {@code iifname != @set}. */
        public Builder inputDeviceNotIn(String set) {
            return loadMeta(NftExpression.MetaKey.INPUT_DEVICE_NAME).lookup(set, true);
        }

        /** {@code oifname != @set}; in chains behind routing. */
        public Builder outputDeviceNotIn(String set) {
            return loadMeta(NftExpression.MetaKey.OUTPUT_DEVICE_NAME).lookup(set, true);
        }

        /** {@code meta l4proto tcp}. */
        public Builder protocol(int number) {
            return loadMeta(NftExpression.MetaKey.TRANSPORT_PROTOCOL).compare(true, new byte[] {(byte) number});
        }

        /** {@code meta l4proto != tcp}. */
        public Builder protocolNot(int number) {
            return loadMeta(NftExpression.MetaKey.TRANSPORT_PROTOCOL).compare(false, new byte[] {(byte) number});
        }

        /** {@code meta nfproto ipv4}. */
        public Builder family(AddressFamily family) {
            return loadMeta(NftExpression.MetaKey.NETWORK_PROTOCOL).compare(true, new byte[] {(byte) family.number()});
        }

        /** {@code ip daddr 192.0.2.0/24}. */
        public Builder destination(InetAddress address, int prefixLength) {
            AddressFamily family = AddressFamily.of(address);
            loadDestination(family);
            if (prefixLength < family.addressBits()) {
                add(new NftExpression.Mask(
                        ByteBuffer.wrap(AddressRange.mask(family, prefixLength)),
                        ByteBuffer.allocate(family.addressBytes())));
            }
            return compare(
                    true, AddressRange.ofPrefix(address, prefixLength).first().getAddress());
        }

        /** {@code ip daddr @set}. */
        public Builder destinationIn(AddressFamily family, String set) {
            return loadDestination(family).lookup(set, false);
        }

        /** {@code fib daddr type local}. */
        public Builder destinationType(AddressType type) {
            return add(new NftExpression.LoadDestinationType())
                    .add(new NftExpression.Compare(true, NftNumbers.machineInt(type.number())));
        }

        /** {@code fib daddr type @set}. */
        public Builder destinationTypeIn(String set) {
            return add(new NftExpression.LoadDestinationType()).lookup(set, false);
        }

        /** {@code tcp dport 443}. */
        public Builder tcpDestinationPort(int port) {
            return loadDestinationPort(IPPROTO_TCP).compare(true, portBytes(port));
        }

        /** {@code tcp dport != 443}. */
        public Builder tcpDestinationPortNot(int port) {
            return loadDestinationPort(IPPROTO_TCP).compare(false, portBytes(port));
        }

        /** {@code udp dport 443}. */
        public Builder udpDestinationPort(int port) {
            return loadDestinationPort(IPPROTO_UDP).compare(true, portBytes(port));
        }

        /** {@code tcp flags & (syn | ack) == syn}: the first packet of a connection. */
        public Builder tcpFirstPacket() {
            return loadSynAndAck().compare(true, new byte[] {TCP_SYN});
        }

        /** {@code tcp flags & (syn | ack) != syn}. */
        public Builder tcpLaterPacket() {
            return loadSynAndAck().compare(false, new byte[] {TCP_SYN});
        }

        /** {@code tcp option 30 exists}. */
        public Builder tcpOption(int kind) {
            if (kind < 2 || kind > 255) {
                throw new IllegalArgumentException("kind of a TCP option: " + kind);
            }
            return protocol(IPPROTO_TCP)
                    .add(new NftExpression.LoadTcpOptionPresence(kind))
                    .compare(true, new byte[] {1});
        }

        /** {@code meta mark & mask == value}. */
        public Builder mark(int value, int mask) {
            return loadMeta(NftExpression.MetaKey.MARK)
                    .add(new NftExpression.Mask(NftNumbers.machineInt(mask), NftNumbers.machineInt(0)))
                    .add(new NftExpression.Compare(true, NftNumbers.machineInt(value)));
        }

        /** {@code ct mark & mask == value}: of the connection that the packet belongs to, which conntrack keeps. */
        public Builder connectionMark(int value, int mask) {
            return add(new NftExpression.LoadConnectionMark())
                    .add(new NftExpression.Mask(NftNumbers.machineInt(mask), NftNumbers.machineInt(0)))
                    .add(new NftExpression.Compare(true, NftNumbers.machineInt(value)));
        }

        /** {@code socket transparent 1}: an established connection, or a listener, of a transparent proxy. */
        public Builder transparentSocket() {
            return add(new NftExpression.LoadSocketTransparent()).compare(true, new byte[] {1});
        }

        /**
         * {@code tproxy ip to 127.0.0.1:7000}: needs {@link #family} and {@link #protocol} before it. Where nobody listens
         * there the rule ends; so what marks the packet must come later, for such packets to be forwarded.
         */
        public Builder proxyTo(InetSocketAddress listener) {
            InetAddress address = listener.getAddress();
            return add(new NftExpression.Immediate(NftNumbers.NFT_REG_1, ByteBuffer.wrap(address.getAddress())))
                    .add(new NftExpression.Immediate(
                            NftNumbers.NFT_REG_2, ByteBuffer.wrap(portBytes(listener.getPort()))))
                    .add(new NftExpression.TransparentProxy(AddressFamily.of(address)));
        }

        /** {@code meta mark set value}. */
        public Builder setMark(int value) {
            return add(new NftExpression.Immediate(NftNumbers.NFT_REG_1, NftNumbers.machineInt(value)))
                    .add(new NftExpression.StoreMark());
        }

        /** {@code meta mark set meta mark & ~mask | value}: leaves the bits of others alone. */
        public Builder setMark(int value, int mask) {
            return loadMeta(NftExpression.MetaKey.MARK).change(value, mask).add(new NftExpression.StoreMark());
        }

        /** {@code ct mark set ct mark & ~mask | value}: leaves the bits of others alone. */
        public Builder setConnectionMark(int value, int mask) {
            return add(new NftExpression.LoadConnectionMark())
                    .change(value, mask)
                    .add(new NftExpression.StoreConnectionMark());
        }

        /** {@code counter}. */
        public Builder counter() {
            return add(new NftExpression.Counter());
        }

        /** {@code comment "text"}. */
        public Builder comment(String text) {
            comment = text;
            return this;
        }

        /** {@code accept}. */
        public NftRule accept() {
            return decide(Decision.ACCEPT, Optional.empty());
        }

        /** {@code drop}. */
        public NftRule drop() {
            return decide(Decision.DROP, Optional.empty());
        }

        /** {@code reject}: port unreachable; in input, forward and output. */
        public NftRule reject() {
            return add(new NftExpression.Reject()).build();
        }

        /** {@code return}. */
        public NftRule leave() {
            return decide(Decision.RETURN, Optional.empty());
        }

        /** {@code jump chain}. */
        public NftRule jump(String chain) {
            return decide(Decision.JUMP, Optional.of(chain));
        }

        /** {@code goto chain}. */
        public NftRule goTo(String chain) {
            return decide(Decision.GOTO, Optional.of(chain));
        }

        /** A rule without a decision: the next one is tried. */
        public NftRule build() {
            return new NftRule(expressions, comment);
        }

        private NftRule decide(Decision decision, Optional<String> chain) {
            return add(new NftExpression.Verdict(decision, chain)).build();
        }

        private Builder change(int value, int mask) {
            if ((value & ~mask) != 0) {
                throw new IllegalArgumentException(
                        "mark 0x" + Integer.toHexString(value) + " beyond mask 0x" + Integer.toHexString(mask));
            }
            return add(new NftExpression.Mask(NftNumbers.machineInt(~mask), NftNumbers.machineInt(value)));
        }

        private Builder loadDestination(AddressFamily family) {
            int offset = family == AddressFamily.IPV4 ? IPV4_DESTINATION_OFFSET : IPV6_DESTINATION_OFFSET;
            return family(family)
                    .add(new NftExpression.LoadPayload(NftExpression.Header.NETWORK, offset, family.addressBytes()));
        }

        private Builder loadDestinationPort(int protocol) {
            return protocol(protocol)
                    .add(new NftExpression.LoadPayload(
                            NftExpression.Header.TRANSPORT, DESTINATION_PORT_OFFSET, Short.BYTES));
        }

        private Builder loadSynAndAck() {
            return protocol(IPPROTO_TCP)
                    .add(new NftExpression.LoadPayload(NftExpression.Header.TRANSPORT, TCP_FLAGS_OFFSET, 1))
                    .add(new NftExpression.Mask(
                            ByteBuffer.wrap(new byte[] {TCP_SYN_AND_ACK}), ByteBuffer.wrap(new byte[] {0})));
        }

        private Builder loadMeta(NftExpression.MetaKey key) {
            return add(new NftExpression.LoadMeta(key));
        }

        private Builder lookup(String set, boolean inverted) {
            return add(new NftExpression.Lookup(set, inverted));
        }

        private Builder compare(boolean equal, byte[] value) {
            return add(new NftExpression.Compare(equal, ByteBuffer.wrap(value)));
        }

        private Builder add(NftExpression expression) {
            expressions.add(expression);
            return this;
        }

        private static byte[] portBytes(int port) {
            if (port < 1 || port > 0xffff) {
                throw new IllegalArgumentException("port out of range: " + port);
            }
            return new byte[] {(byte) (port >> 8), (byte) port};
        }
    }
}
