package net.hybridgateway.netlink.nftables;

import java.util.Optional;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.NetlinkMessage;

/** A change of nf_tables in this network namespace, by whomever. */
public sealed interface NftEvent {
    /** Bytes of struct nfgenmsg, in front of the attributes. */
    int HEADER_BYTES = 4;

    /**
     * A table of family inet, or something in it, was made, changed or removed. The {@link Committed} of the transaction
     * follows.
     */
    record TableChanged(String table) implements NftEvent {}

    /**
     * A transaction took effect.
     *
     * @param generation its number, 0 to 2^32 - 1
     * @param process the name of the thread that made it, as the kernel has it; empty if the kernel does not tell
     */
    record Committed(long generation, String process) implements NftEvent {}

    /** The kernel had to drop events: look at what is of interest. */
    record EventsLost() implements NftEvent {}

    /** Empty for a message about a table of another family, or not of nf_tables. */
    static Optional<NftEvent> decode(NetlinkMessage message) {
        int type = NftNumbers.messageOf(message.type()).orElse(-1);
        if (type < 0) {
            return Optional.empty();
        }
        if (type == NftNumbers.NFT_MSG_NEWGEN) {
            return Optional.of(decodeCommit(message));
        }
        if (message.fixedPart(HEADER_BYTES, "nfgenmsg").get(0) != NftNumbers.NFPROTO_INET) {
            return Optional.empty();
        }
        // Tables, chains, rules, sets, elements, objects: the table's name is attribute 1 of each.
        AttributeReader attributes = message.attributes(HEADER_BYTES, "change of nf_tables");
        while (attributes.next()) {
            if (attributes.type() == NftNumbers.NFTA_TABLE_NAME) {
                return Optional.of(new TableChanged(attributes.string()));
            }
        }
        return Optional.empty();
    }

    /** The answer to a question for the generation looks as its announcement. */
    static Committed decodeCommit(NetlinkMessage message) {
        long generation = 0;
        String process = "";
        AttributeReader attributes = message.attributes(HEADER_BYTES, "generation of nf_tables");
        while (attributes.next()) {
            switch (attributes.type()) {
                case NftNumbers.NFTA_GEN_ID -> generation = attributes.be32();
                case NftNumbers.NFTA_GEN_PROC_NAME -> process = attributes.string();
                default -> {
                    // The number of the thread says nothing that the name does not.
                }
            }
        }
        return new Committed(generation, process);
    }
}
