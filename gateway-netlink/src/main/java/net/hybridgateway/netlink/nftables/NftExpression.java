package net.hybridgateway.netlink.nftables;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.AttributeWriter;

/**
 * One step of a rule. Those called Load put something of the packet into register 1, for the next to compare or look up;
 * {@link NftRule.Builder} puts them together.
 */
public sealed interface NftExpression {
    /** The kernel's name of the expression. */
    String kernelName();

    /**
     * Writes the attributes of NFTA_EXPR_DATA.
     *
     * @param setIds the number in this transaction of a set by its name
     */
    void encode(AttributeWriter data, ToIntFunction<String> setIds);

    /** Loads a property of the packet that is not in it. */
    record LoadMeta(MetaKey key) implements NftExpression {
        @Override
        public String kernelName() {
            return "meta";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_META_KEY, key.number).be32(NftNumbers.NFTA_META_DREG, NftNumbers.NFT_REG_1);
        }
    }

    /** What {@link LoadMeta} can load (NFT_META_*). */
    enum MetaKey {
        MARK(3),
        INPUT_DEVICE_NAME(6),
        OUTPUT_DEVICE_NAME(7),
        /** NFPROTO_IPV4 or NFPROTO_IPV6, which are AF_INET and AF_INET6. */
        NETWORK_PROTOCOL(15),
        /** IPPROTO_TCP and so on. */
        TRANSPORT_PROTOCOL(16);

        private final int number;

        MetaKey(int number) {
            this.number = number;
        }
    }

    /** Sets the mark of the packet to register 1. */
    record StoreMark() implements NftExpression {
        @Override
        public String kernelName() {
            return "meta";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_META_KEY, MetaKey.MARK.number)
                    .be32(NftNumbers.NFTA_META_SREG, NftNumbers.NFT_REG_1);
        }
    }

    /** Loads the mark of the connection; a packet of none ends the rule. */
    record LoadConnectionMark() implements NftExpression {
        @Override
        public String kernelName() {
            return "ct";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_CT_KEY, NftNumbers.NFT_CT_MARK)
                    .be32(NftNumbers.NFTA_CT_DREG, NftNumbers.NFT_REG_1);
        }
    }

    /** Sets the mark of the connection to register 1. */
    record StoreConnectionMark() implements NftExpression {
        @Override
        public String kernelName() {
            return "ct";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_CT_KEY, NftNumbers.NFT_CT_MARK)
                    .be32(NftNumbers.NFTA_CT_SREG, NftNumbers.NFT_REG_1);
        }
    }

    /** Loads bytes of the packet. */
    record LoadPayload(Header header, int offset, int length) implements NftExpression {
        @Override
        public String kernelName() {
            return "payload";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_PAYLOAD_DREG, NftNumbers.NFT_REG_1)
                    .be32(NftNumbers.NFTA_PAYLOAD_BASE, header.number)
                    .be32(NftNumbers.NFTA_PAYLOAD_OFFSET, offset)
                    .be32(NftNumbers.NFTA_PAYLOAD_LEN, length);
        }
    }

    /** From where {@link LoadPayload} counts (NFT_PAYLOAD_*_HEADER). */
    enum Header {
        NETWORK(1),
        TRANSPORT(2);

        private final int number;

        Header(int number) {
            this.number = number;
        }
    }

    /** Loads whether the TCP header has an option of this kind: one byte, 1 or 0; another protocol ends the rule. */
    record LoadTcpOptionPresence(int kind) implements NftExpression {
        @Override
        public String kernelName() {
            return "exthdr";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_EXTHDR_DREG, NftNumbers.NFT_REG_1)
                    .u8(NftNumbers.NFTA_EXTHDR_TYPE, kind)
                    .be32(NftNumbers.NFTA_EXTHDR_OFFSET, 0)
                    .be32(NftNumbers.NFTA_EXTHDR_LEN, 1)
                    .be32(NftNumbers.NFTA_EXTHDR_FLAGS, NftNumbers.NFT_EXTHDR_F_PRESENT)
                    .be32(NftNumbers.NFTA_EXTHDR_OP, NftNumbers.NFT_EXTHDR_OP_TCPOPT);
        }
    }

    /** Loads the {@link AddressType} of the destination. */
    record LoadDestinationType() implements NftExpression {
        private static final int RESULT_ADDRTYPE = 3;
        private static final int FLAG_DADDR = 0x2;

        @Override
        public String kernelName() {
            return "fib";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_FIB_FLAGS, FLAG_DADDR)
                    .be32(NftNumbers.NFTA_FIB_RESULT, RESULT_ADDRTYPE)
                    .be32(NftNumbers.NFTA_FIB_DREG, NftNumbers.NFT_REG_1);
        }
    }

    /** Loads whether a transparent socket is there for the packet: one byte, 1 or 0; no socket ends the rule. */
    record LoadSocketTransparent() implements NftExpression {
        private static final int KEY_TRANSPARENT = 0;

        @Override
        public String kernelName() {
            return "socket";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_SOCKET_KEY, KEY_TRANSPARENT)
                    .be32(NftNumbers.NFTA_SOCKET_DREG, NftNumbers.NFT_REG_1);
        }
    }

    /** Ends the rule unless register 1 begins with (or differs from) {@code value}. */
    record Compare(boolean equal, ByteBuffer value) implements NftExpression {
        public Compare {
            value = value.asReadOnlyBuffer();
        }

        @Override
        public String kernelName() {
            return "cmp";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_CMP_SREG, NftNumbers.NFT_REG_1)
                    .be32(NftNumbers.NFTA_CMP_OP, equal ? 0 : 1)
                    .nested(NftNumbers.NFTA_CMP_DATA, holding(value));
        }
    }

    /** Register 1 becomes {@code (register 1 & mask) ^ xor}. */
    record Mask(ByteBuffer mask, ByteBuffer xor) implements NftExpression {
        public Mask {
            if (mask.remaining() != xor.remaining()) {
                throw new IllegalArgumentException("mask and xor differ in length");
            }
            mask = mask.asReadOnlyBuffer();
            xor = xor.asReadOnlyBuffer();
        }

        @Override
        public String kernelName() {
            return "bitwise";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_BITWISE_SREG, NftNumbers.NFT_REG_1)
                    .be32(NftNumbers.NFTA_BITWISE_DREG, NftNumbers.NFT_REG_1)
                    .be32(NftNumbers.NFTA_BITWISE_LEN, mask.remaining())
                    .nested(NftNumbers.NFTA_BITWISE_MASK, holding(mask))
                    .nested(NftNumbers.NFTA_BITWISE_XOR, holding(xor));
        }
    }

    /** Ends the rule unless register 1 is in the set; or, inverted, is not. */
    record Lookup(String set, boolean inverted) implements NftExpression {
        private static final int FLAG_INVERTED = 0x1;

        @Override
        public String kernelName() {
            return "lookup";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_LOOKUP_SREG, NftNumbers.NFT_REG_1)
                    .string(NftNumbers.NFTA_LOOKUP_SET, set)
                    .be32(NftNumbers.NFTA_LOOKUP_SET_ID, setIds.applyAsInt(set));
            if (inverted) {
                data.be32(NftNumbers.NFTA_LOOKUP_FLAGS, FLAG_INVERTED);
            }
        }
    }

    /** Loads a constant into register 1 or 2. */
    record Immediate(int register, ByteBuffer value) implements NftExpression {
        public Immediate {
            if (register != NftNumbers.NFT_REG_1 && register != NftNumbers.NFT_REG_2) {
                throw new IllegalArgumentException("register " + register);
            }
            value = value.asReadOnlyBuffer();
        }

        @Override
        public String kernelName() {
            return "immediate";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_IMMEDIATE_DREG, register).nested(NftNumbers.NFTA_IMMEDIATE_DATA, holding(value));
        }
    }

    /** Gives the packet to the transparent socket that listens on the address in register 1 and the port in register 2. */
    record TransparentProxy(AddressFamily family) implements NftExpression {
        @Override
        public String kernelName() {
            return "tproxy";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_TPROXY_FAMILY, family.number())
                    .be32(NftNumbers.NFTA_TPROXY_REG_ADDR, NftNumbers.NFT_REG_1)
                    .be32(NftNumbers.NFTA_TPROXY_REG_PORT, NftNumbers.NFT_REG_2);
        }
    }

    /** Counts packets and bytes that come so far. */
    record Counter() implements NftExpression {
        @Override
        public String kernelName() {
            return "counter";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {}
    }

    /** Drops the packet and tells its sender "port unreachable", in the ICMP of its family. */
    record Reject() implements NftExpression {
        @Override
        public String kernelName() {
            return "reject";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_REJECT_TYPE, NftNumbers.NFT_REJECT_ICMPX_UNREACH)
                    .u8(NftNumbers.NFTA_REJECT_ICMP_CODE, NftNumbers.NFT_REJECT_ICMPX_PORT_UNREACH);
        }
    }

    /** Ends the rule with a decision. */
    record Verdict(Decision decision, Optional<String> chain) implements NftExpression {
        public Verdict {
            if (chain.isPresent() != decision.needsChain) {
                throw new IllegalArgumentException("chain of " + decision + ": " + chain);
            }
        }

        @Override
        public String kernelName() {
            return "immediate";
        }

        @Override
        public void encode(AttributeWriter data, ToIntFunction<String> setIds) {
            data.be32(NftNumbers.NFTA_IMMEDIATE_DREG, NftNumbers.NFT_REG_VERDICT)
                    .nested(
                            2,
                            value -> value.nested(NftNumbers.NFTA_DATA_VERDICT, verdict -> {
                                verdict.be32(NftNumbers.NFTA_VERDICT_CODE, Integer.toUnsignedLong(decision.number));
                                chain.ifPresent(name -> verdict.string(NftNumbers.NFTA_VERDICT_CHAIN, name));
                            }));
        }
    }

    /** What becomes of a packet (NF_* and NFT_*). */
    enum Decision {
        DROP(0, false),
        /** Go on to the next base chain. */
        ACCEPT(1, false),
        JUMP(-3, true),
        GOTO(-4, true),
        /** Go on after the jump that led here; in a base chain, to its policy. */
        RETURN(-5, false);

        private final int number;
        private final boolean needsChain;

        Decision(int number, boolean needsChain) {
            this.number = number;
            this.needsChain = needsChain;
        }
    }

    private static Consumer<AttributeWriter> holding(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(value.position(), bytes);
        return data -> data.bytes(NftNumbers.NFTA_DATA_VALUE, bytes);
    }
}
