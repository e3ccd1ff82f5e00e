package net.hybridgateway.netlink.nftables;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.MessageFlags;
import net.hybridgateway.netlink.NetlinkRequest;

/**
 * Collects the messages of one transaction. All of them take effect at once, or none. Each asks for an acknowledgement, so
 * that an error names the very message.
 */
final class TableTransaction {
    /** An element takes up to 44 bytes and an attribute at most 64 KiB, so that long sets need several messages. */
    static final int ELEMENTS_PER_MESSAGE = 1000;

    /** What nft keeps with an interval without end: type 1 (element flags), length 4, 1 (open) in the machine's order. */
    private static final byte[] OPEN_USER_DATA = ByteBuffer.allocate(6)
            .put((byte) 1)
            .put((byte) 4)
            .put(NftNumbers.machineInt(1))
            .array();

    private final List<NetlinkRequest> requests = new ArrayList<>();

    TableTransaction() {
        requests.add(new NetlinkRequest(
                "begin transaction",
                NftNumbers.NFNL_MSG_BATCH_BEGIN,
                0,
                new AttributeWriter(generic(0, NftNumbers.NFNL_SUBSYS_NFTABLES))));
    }

    /** Makes sure that there is no such table, whether there is one now or not. */
    TableTransaction delete(String name) {
        newTable(name); // no error if it exists
        return add(
                "delete table " + name,
                NftNumbers.NFT_MSG_DELTABLE,
                0,
                inet().string(NftNumbers.NFTA_TABLE_NAME, name));
    }

    /** Adds a table that doesn't exist. */
    TableTransaction create(NftTable table) {
        newTable(table.name());
        table.chains().forEach(chain -> newChain(table.name(), chain));
        Map<String, Integer> setIds = new HashMap<>();
        for (NftSet set : table.sets()) {
            setIds.put(set.name(), setIds.size() + 1);
            newSet(table.name(), set, setIds.get(set.name()));
        }
        for (NftChain chain : table.chains()) {
            chain.rules().forEach(rule -> newRule(table.name(), chain.name(), rule, setIds));
        }
        return this;
    }

    /** The messages, with the end. */
    List<NetlinkRequest> finish() {
        List<NetlinkRequest> finished = new ArrayList<>(requests);
        finished.add(new NetlinkRequest(
                "end transaction",
                NftNumbers.NFNL_MSG_BATCH_END,
                0,
                new AttributeWriter(generic(0, NftNumbers.NFNL_SUBSYS_NFTABLES))));
        return finished;
    }

    /** Asks for one table. */
    static NetlinkRequest query(String name) {
        return new NetlinkRequest(
                "find table " + name,
                NftNumbers.messageType(NftNumbers.NFT_MSG_GETTABLE),
                0,
                inet().string(NftNumbers.NFTA_TABLE_NAME, name));
    }

    private void newTable(String name) {
        add(
                "add table " + name,
                NftNumbers.NFT_MSG_NEWTABLE,
                0,
                inet().string(NftNumbers.NFTA_TABLE_NAME, name).be32(NftNumbers.NFTA_TABLE_FLAGS, 0));
    }

    private void newChain(String table, NftChain chain) {
        AttributeWriter attributes =
                inet().string(NftNumbers.NFTA_CHAIN_TABLE, table).string(NftNumbers.NFTA_CHAIN_NAME, chain.name());
        chain.hook().ifPresent(hook -> attributes
                .string(NftNumbers.NFTA_CHAIN_TYPE, "filter")
                .be32(NftNumbers.NFTA_CHAIN_POLICY, hook.dropByDefault() ? 0 : 1)
                .nested(NftNumbers.NFTA_CHAIN_HOOK, nested -> nested.be32(
                                NftNumbers.NFTA_HOOK_HOOKNUM, hook.point().number())
                        .be32(NftNumbers.NFTA_HOOK_PRIORITY, Integer.toUnsignedLong(hook.priority()))));
        add("add chain " + chain.name(), NftNumbers.NFT_MSG_NEWCHAIN, MessageFlags.CREATE, attributes);
    }

    private void newSet(String table, NftSet set, int id) {
        add(
                "add set " + set.name(),
                NftNumbers.NFT_MSG_NEWSET,
                MessageFlags.CREATE,
                inet().string(NftNumbers.NFTA_SET_TABLE, table)
                        .string(NftNumbers.NFTA_SET_NAME, set.name())
                        .be32(NftNumbers.NFTA_SET_FLAGS, set.interval() ? NftNumbers.NFT_SET_INTERVAL : 0)
                        .be32(NftNumbers.NFTA_SET_KEY_TYPE, set.keyType().number())
                        .be32(NftNumbers.NFTA_SET_KEY_LEN, set.keyType().length())
                        .be32(NftNumbers.NFTA_SET_ID, id)
                        .bytes(NftNumbers.NFTA_SET_USERDATA, set.userData()));
        List<NftSet.Element> elements = set.elements();
        for (int from = 0; from < elements.size(); from += ELEMENTS_PER_MESSAGE) {
            int to = Math.min(elements.size(), from + ELEMENTS_PER_MESSAGE);
            newElements(table, set, id, elements.subList(from, to));
        }
    }

    private void newElements(String table, NftSet set, int id, List<NftSet.Element> elements) {
        add(
                "add elements to set " + set.name(),
                NftNumbers.NFT_MSG_NEWSETELEM,
                MessageFlags.CREATE,
                inet().string(NftNumbers.NFTA_SET_ELEM_LIST_TABLE, table)
                        .string(NftNumbers.NFTA_SET_ELEM_LIST_SET, set.name())
                        .be32(NftNumbers.NFTA_SET_ELEM_LIST_SET_ID, id)
                        .nested(NftNumbers.NFTA_SET_ELEM_LIST_ELEMENTS, list -> {
                            for (int i = 0; i < elements.size(); i++) {
                                NftSet.Element element = elements.get(i);
                                list.nested(i + 1, nested -> encode(nested, element));
                            }
                        }));
    }

    private static void encode(AttributeWriter writer, NftSet.Element element) {
        if (element.place() == NftSet.Place.END) {
            writer.be32(NftNumbers.NFTA_SET_ELEM_FLAGS, NftNumbers.NFT_SET_ELEM_INTERVAL_END);
        }
        writer.nested(NftNumbers.NFTA_SET_ELEM_KEY, key -> key.bytes(NftNumbers.NFTA_DATA_VALUE, element.keyBytes()));
        if (element.place() == NftSet.Place.OPEN_START) {
            writer.bytes(NftNumbers.NFTA_SET_ELEM_USERDATA, OPEN_USER_DATA);
        }
    }

    private void newRule(String table, String chain, NftRule rule, Map<String, Integer> setIds) {
        AttributeWriter attributes = inet().string(NftNumbers.NFTA_RULE_TABLE, table)
                .string(NftNumbers.NFTA_RULE_CHAIN, chain)
                .nested(NftNumbers.NFTA_RULE_EXPRESSIONS, list -> {
                    for (NftExpression expression : rule.expressions()) {
                        list.nested(NftNumbers.NFTA_LIST_ELEM, element -> element.string(
                                        NftNumbers.NFTA_EXPR_NAME, expression.kernelName())
                                .nested(NftNumbers.NFTA_EXPR_DATA, data -> expression.encode(data, setIds::get)));
                    }
                });
        rule.userData().ifPresent(data -> attributes.bytes(NftNumbers.NFTA_RULE_USERDATA, data));
        add(
                "add rule to chain " + chain,
                NftNumbers.NFT_MSG_NEWRULE,
                MessageFlags.CREATE | MessageFlags.APPEND,
                attributes);
    }

    private TableTransaction add(String operation, int message, int flags, AttributeWriter attributes) {
        requests.add(new NetlinkRequest(
                operation, NftNumbers.messageType(message), flags | MessageFlags.ACKNOWLEDGE, attributes));
        return this;
    }

    static AttributeWriter inet() {
        return new AttributeWriter(generic(NftNumbers.NFPROTO_INET, 0));
    }

    /** struct nfgenmsg: family u8, version u8, resource id be16. */
    static ByteBuffer generic(int family, int resourceId) {
        return ByteBuffer.allocate(4)
                .put((byte) family)
                .put((byte) 0)
                .put((byte) (resourceId >> 8))
                .put((byte) resourceId)
                .flip();
    }
}
