package net.hybridgateway.netlink.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.MalformedMessageException;
import net.hybridgateway.netlink.NetlinkMessage;

/**
 * A rule of policy routing: which packets use which table. {@link #lookup} begins one:
 *
 * <pre>{@code
 * Rule.lookup(IPV4, 1000).from(IpPrefix.host(address)).priority(2000).build();
 * Rule.lookup(IPV6, 100).mark(0x10000, 0xff0000).input("br-lan").priority(2001).build();
 * }</pre>
 *
 * <pre>
 * struct fib_rule_hdr: u8 family | u8 destination bits | u8 source bits | u8 tos
 *                      u8 table, if below 256 | u8 0 | u8 0 | u8 action | u32 flags
 * </pre>
 *
 * @param family     the packets that it is for
 * @param priority   the lowest comes first, 0 to 2^32 - 1; 0, 32766 and 32767 are the kernel's
 * @param from       where the packets come from; empty is from anywhere
 * @param to         where they go; empty is anywhere
 * @param mark       what {@code packet mark & mask} must be, 0 to 2^32 - 1
 * @param mask       which bits of the mark count; 0 is no look at the mark
 * @param input      name of the link that they came in by; {@code lo} for those made here
 * @param output     name of the link that their socket is bound to
 * @param inverted   true if the rule is for the packets that do not fit the above
 * @param action     what to do
 * @param table      where to look, 1 to 2^32 - 1; 0 if the action is not "lookup"
 * @param suppressPrefixLength ignore routes that are not longer than this: 0 ignores default routes
 * @param protocol   who made it, 0 to 255
 */
public record Rule(
        AddressFamily family,
        long priority,
        Optional<IpPrefix> from,
        Optional<IpPrefix> to,
        long mark,
        long mask,
        Optional<String> input,
        Optional<String> output,
        boolean inverted,
        RuleAction action,
        long table,
        OptionalInt suppressPrefixLength,
        int protocol) {
    static final int HEADER_BYTES = 12;
    private static final int LARGEST_TABLE_IN_HEADER = 255;
    private static final long WHOLE_MARK = 0xffff_ffffL;
    private static final int NAME_BYTES = 15;

    public Rule {
        requireUnsigned(priority, "priority");
        requireUnsigned(mark, "mark");
        requireUnsigned(mask, "mask");
        requireUnsigned(table, "table");
        requireFamily(from, family);
        requireFamily(to, family);
        requireName(input);
        requireName(output);
        if (protocol < 0 || protocol > 255) {
            throw new IllegalArgumentException("protocol " + protocol + " is not within 0..255");
        }
    }

    /** Begins a rule that sends packets to {@code table}. */
    public static Builder lookup(AddressFamily family, long table) {
        return new Builder(family).action(RuleAction.LOOKUP).table(table);
    }

    /** Begins a rule with another action, such as {@link RuleAction#UNREACHABLE}. */
    public static Builder doing(AddressFamily family, RuleAction action) {
        return new Builder(family).action(action);
    }

    /** Empty for a message about a rule that is not of IP, such as those of multicast routing. */
    static Optional<Rule> decode(NetlinkMessage message) {
        ByteBuffer header = message.fixedPart(HEADER_BYTES, "rule");
        return AddressFamily.ofNumber(Byte.toUnsignedInt(header.get(0)))
                .map(family -> decode(header, family, message.attributes(HEADER_BYTES, "rule")));
    }

    private static Rule decode(ByteBuffer header, AddressFamily family, AttributeReader attributes) {
        Builder rule = new Builder(family)
                .action(new RuleAction(Byte.toUnsignedInt(header.get(7))))
                .table(Byte.toUnsignedInt(header.get(4)));
        rule.inverted = (header.getInt(8) & RouteNumbers.FIB_RULE_INVERT) != 0;
        while (attributes.next()) {
            switch (attributes.type()) {
                case RouteNumbers.FRA_DST -> rule.to(decodePrefix(attributes, family, header.get(1)));
                case RouteNumbers.FRA_SRC -> rule.from(decodePrefix(attributes, family, header.get(2)));
                case RouteNumbers.FRA_PRIORITY -> rule.priority(attributes.u32());
                case RouteNumbers.FRA_FWMARK -> rule.mark = attributes.u32();
                case RouteNumbers.FRA_FWMASK -> rule.mask = attributes.u32();
                case RouteNumbers.FRA_IIFNAME -> rule.input(decodeName(attributes));
                case RouteNumbers.FRA_OIFNAME -> rule.output(decodeName(attributes));
                case RouteNumbers.FRA_TABLE -> rule.table(attributes.u32());
                case RouteNumbers.FRA_SUPPRESS_PREFIXLEN -> rule.suppressUnlessNegative(attributes.s32());
                case RouteNumbers.FRA_PROTOCOL -> rule.protocol(attributes.u8());
                default -> {
                    // Ports, users, tunnels: selectors that no rule of ours has.
                }
            }
        }
        return rule.build();
    }

    private static IpPrefix decodePrefix(AttributeReader attributes, AddressFamily family, byte length) {
        return PrefixCodec.decode(attributes.address(family), length, "rule");
    }

    private static String decodeName(AttributeReader attributes) {
        String name = attributes.string();
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES) {
            throw new MalformedMessageException("rule with a link name of " + attributes.length() + " bytes");
        }
        return name;
    }

    AttributeWriter encode() {
        boolean inHeader = table <= LARGEST_TABLE_IN_HEADER;
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.nativeOrder())
                .put((byte) family.number())
                .put((byte) to.map(IpPrefix::length).orElse(0).intValue())
                .put((byte) from.map(IpPrefix::length).orElse(0).intValue())
                .put((byte) 0)
                .put((byte) (inHeader ? table : RouteNumbers.RT_TABLE_UNSPEC))
                .put((byte) 0)
                .put((byte) 0)
                .put((byte) action.number())
                .putInt(inverted ? RouteNumbers.FIB_RULE_INVERT : 0)
                .flip();
        AttributeWriter writer = new AttributeWriter(header);
        from.ifPresent(prefix -> writer.address(RouteNumbers.FRA_SRC, prefix.address()));
        to.ifPresent(prefix -> writer.address(RouteNumbers.FRA_DST, prefix.address()));
        writer.u32(RouteNumbers.FRA_PRIORITY, priority);
        if (mask != 0) {
            writer.u32(RouteNumbers.FRA_FWMARK, mark).u32(RouteNumbers.FRA_FWMASK, mask);
        }
        if (!inHeader) {
            writer.u32(RouteNumbers.FRA_TABLE, table);
        }
        suppressPrefixLength.ifPresent(length -> writer.s32(RouteNumbers.FRA_SUPPRESS_PREFIXLEN, length));
        input.ifPresent(name -> writer.string(RouteNumbers.FRA_IIFNAME, name));
        output.ifPresent(name -> writer.string(RouteNumbers.FRA_OIFNAME, name));
        if (protocol != 0) {
            writer.u8(RouteNumbers.FRA_PROTOCOL, protocol);
        }
        return writer;
    }

    private static void requireUnsigned(long value, String name) {
        if (value < 0 || value > WHOLE_MARK) {
            throw new IllegalArgumentException(name + " " + value + " is not within 0..4294967295");
        }
    }

    private static void requireFamily(Optional<IpPrefix> prefix, AddressFamily family) {
        if (prefix.isPresent() && prefix.get().family() != family) {
            throw new IllegalArgumentException(prefix.get() + " in a rule for " + family);
        }
    }

    private static void requireName(Optional<String> name) {
        if (name.isPresent() && name.get().getBytes(StandardCharsets.UTF_8).length > NAME_BYTES) {
            throw new IllegalArgumentException(name.get() + " is longer than a link name's " + NAME_BYTES + " bytes");
        }
    }

    /** In the words of {@code ip rule}. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder().append(family).append(' ').append(priority).append(':');
        if (inverted) {
            text.append(" not");
        }
        from.ifPresent(prefix -> text.append(" from ").append(prefix));
        to.ifPresent(prefix -> text.append(" to ").append(prefix));
        if (mask != 0) {
            text.append(String.format(" fwmark 0x%x/0x%x", mark, mask));
        }
        input.ifPresent(name -> text.append(" iif ").append(name));
        output.ifPresent(name -> text.append(" oif ").append(name));
        text.append(' ').append(action);
        if (table != 0) {
            text.append(' ').append(table);
        }
        suppressPrefixLength.ifPresent(
                length -> text.append(" suppress_prefixlength ").append(length));
        return text.append(" proto ").append(protocol).toString();
    }

    /** Collects the parts of a rule. */
    public static final class Builder {
        private final AddressFamily family;
        private long priority;
        private Optional<IpPrefix> from = Optional.empty();
        private Optional<IpPrefix> to = Optional.empty();
        private long mark;
        private long mask;
        private Optional<String> input = Optional.empty();
        private Optional<String> output = Optional.empty();
        private boolean inverted;
        private RuleAction action = RuleAction.LOOKUP;
        private long table;
        private OptionalInt suppressPrefixLength = OptionalInt.empty();
        private int protocol;

        private Builder(AddressFamily family) {
            this.family = family;
        }

        public Builder priority(long newPriority) {
            priority = newPriority;
            return this;
        }

        public Builder from(IpPrefix prefix) {
            from = Optional.of(prefix);
            return this;
        }

        public Builder to(IpPrefix prefix) {
            to = Optional.of(prefix);
            return this;
        }

        /** Selects packets whose mark is {@code newMark} in all bits. */
        public Builder mark(long newMark) {
            return mark(newMark, WHOLE_MARK);
        }

        /** Selects packets whose mark is {@code newMark} in the bits of {@code newMask}. */
        public Builder mark(long newMark, long newMask) {
            mark = newMark;
            mask = newMask;
            return this;
        }

        public Builder input(String linkName) {
            input = Optional.of(linkName);
            return this;
        }

        public Builder output(String linkName) {
            output = Optional.of(linkName);
            return this;
        }

        /** Selects the packets that do not fit. */
        public Builder inverted() {
            inverted = true;
            return this;
        }

        public Builder suppressPrefixLength(int length) {
            suppressPrefixLength = OptionalInt.of(length);
            return this;
        }

        /** The kernel says -1 for "nothing". */
        private void suppressUnlessNegative(int length) {
            suppressPrefixLength = length < 0 ? OptionalInt.empty() : OptionalInt.of(length);
        }

        public Builder protocol(int newProtocol) {
            protocol = newProtocol;
            return this;
        }

        private Builder action(RuleAction newAction) {
            action = newAction;
            return this;
        }

        private Builder table(long newTable) {
            table = newTable;
            return this;
        }

        public Rule build() {
            return new Rule(
                    family,
                    priority,
                    from,
                    to,
                    mark,
                    mask,
                    input,
                    output,
                    inverted,
                    action,
                    table,
                    suppressPrefixLength,
                    protocol);
        }
    }
}
