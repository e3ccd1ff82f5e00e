package net.hybridgateway.netlink.nftables;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.NetlinkConversation;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.NetlinkMessage;
import net.hybridgateway.netlink.NetlinkRequest;

/**
 * What the kernel has of a table at one moment, to be compared: two images are equal just if nobody changed the table
 * between them. Counters do not matter.
 *
 * <p>Chains, rules and sets are told by their handles. The kernel gives each handle of a table once, also when a rule is
 * replaced, so that what is made anew is another one although it says the same.
 *
 * @param parts one line for each thing that it consists of
 */
public record NftTableImage(List<String> parts) {
    private static final Set<Integer> OF_TABLE = Set.of(NftNumbers.NFTA_TABLE_FLAGS, NftNumbers.NFTA_TABLE_HANDLE);
    private static final Set<Integer> OF_CHAIN = Set.of(
            NftNumbers.NFTA_CHAIN_NAME,
            NftNumbers.NFTA_CHAIN_HANDLE,
            NftNumbers.NFTA_CHAIN_HOOK,
            NftNumbers.NFTA_CHAIN_POLICY);
    private static final Set<Integer> OF_RULE = Set.of(NftNumbers.NFTA_RULE_CHAIN, NftNumbers.NFTA_RULE_HANDLE);
    private static final Set<Integer> OF_SET = Set.of(NftNumbers.NFTA_SET_NAME, NftNumbers.NFTA_SET_HANDLE);

    public NftTableImage {
        parts = List.copyOf(parts);
    }

    /** @throws NetlinkException with ENOENT if there is no such table, or it went away meanwhile */
    static NftTableImage read(NetlinkConversation conversation, String table) {
        List<String> parts = new ArrayList<>();
        NetlinkMessage found = conversation
                .query(TableTransaction.query(table))
                .orElseThrow(() -> new NetlinkException("find table " + table, "no answer"));
        parts.add("table" + values(found, OF_TABLE));
        dump(conversation, NftNumbers.NFT_MSG_GETCHAIN, "chains", table, inTable(table))
                .forEach(chain -> parts.add("chain" + values(chain, OF_CHAIN)));
        // In their order, which counts.
        dump(conversation, NftNumbers.NFT_MSG_GETRULE, "rules", table, inTable(table))
                .forEach(rule -> parts.add("rule" + values(rule, OF_RULE)));
        List<String> sets = new ArrayList<>();
        dump(conversation, NftNumbers.NFT_MSG_GETSET, "sets", table, inTable(table))
                .forEach(set -> {
                    parts.add("set" + values(set, OF_SET));
                    sets.add(name(set));
                });
        for (String set : sets) {
            // Hash tables have an order that changes by itself.
            dump(
                            conversation,
                            NftNumbers.NFT_MSG_GETSETELEM,
                            "elements",
                            table,
                            inTable(table).string(NftNumbers.NFTA_SET_ELEM_LIST_SET, set))
                    .flatMap(NftTableImage::elements)
                    .sorted()
                    .forEach(element -> parts.add("element of " + set + element));
        }
        return new NftTableImage(parts);
    }

    static NetlinkRequest generationQuery() {
        return new NetlinkRequest(
                "ask for the generation of nf_tables",
                NftNumbers.messageType(NftNumbers.NFT_MSG_GETGEN),
                0,
                new AttributeWriter(TableTransaction.generic(0, 0)));
    }

    /** Attribute 1 is the table's name in all of them. Not every kernel heeds it in every dump. */
    private static AttributeWriter inTable(String table) {
        return TableTransaction.inet().string(NftNumbers.NFTA_TABLE_NAME, table);
    }

    private static Stream<NetlinkMessage> dump(
            NetlinkConversation conversation, int message, String what, String table, AttributeWriter attributes) {
        return conversation
                .dump(new NetlinkRequest(
                        "list " + what + " of table " + table, NftNumbers.messageType(message), 0, attributes))
                .stream()
                .filter(answer -> table.equals(text(answer, NftNumbers.NFTA_TABLE_NAME)));
    }

    private static String name(NetlinkMessage set) {
        return text(set, NftNumbers.NFTA_SET_NAME);
    }

    private static String text(NetlinkMessage message, int attribute) {
        AttributeReader attributes = attributes(message);
        while (attributes.next()) {
            if (attributes.type() == attribute) {
                return attributes.string();
            }
        }
        return "";
    }

    private static String values(NetlinkMessage message, Set<Integer> wanted) {
        StringBuilder text = new StringBuilder();
        AttributeReader attributes = attributes(message);
        while (attributes.next()) {
            if (wanted.contains(attributes.type())) {
                text.append(' ').append(attributes.type()).append('=').append(hex(attributes));
            }
        }
        return text.toString();
    }

    private static Stream<String> elements(NetlinkMessage message) {
        List<String> elements = new ArrayList<>();
        AttributeReader attributes = attributes(message);
        while (attributes.next()) {
            if (attributes.type() == NftNumbers.NFTA_SET_ELEM_LIST_ELEMENTS) {
                AttributeReader list = attributes.nested();
                while (list.next()) {
                    elements.add(" " + hex(list));
                }
            }
        }
        return elements.stream();
    }

    private static AttributeReader attributes(NetlinkMessage message) {
        return message.attributes(NftEvent.HEADER_BYTES, "answer of nf_tables");
    }

    private static String hex(AttributeReader attributes) {
        return HexFormat.of().formatHex(attributes.bytes());
    }
}
