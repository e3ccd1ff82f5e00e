package net.hybridgateway.netlink.nftables;

import java.util.Optional;
import net.hybridgateway.netlink.NetlinkConversation;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.NetlinkProtocol;
import net.hybridgateway.netlink.ffi.Errno;

/**
 * Writes tables of family inet to the network namespace in which it was opened; needs CAP_NET_ADMIN. Tables of others are
 * never touched. Methods throw {@link NetlinkException} with the operation that failed, and then nothing has changed. May be
 * used by several threads, as {@link NetlinkConversation} may.
 */
public final class NfTables implements AutoCloseable {
    private final NetlinkConversation conversation;

    public NfTables(NetlinkConversation conversation) {
        this.conversation = conversation;
    }

    /** Opens a socket in the network namespace of the calling thread. */
    public static NfTables open() {
        return new NfTables(NetlinkConversation.open(NetlinkProtocol.NETFILTER));
    }

    /** Puts the table in place of that of the same name, if there is one: packets meet the old or the new, never none. */
    public void replace(NftTable table) {
        conversation.executeBatch(
                new TableTransaction().delete(table.name()).create(table).finish());
    }

    /** Removes the table; it is no error if there is none. */
    public void delete(String name) {
        conversation.executeBatch(new TableTransaction()
                .delete(NftNumbers.requireIdentifier(name, "table"))
                .finish());
    }

    /** Whether there is a table of that name, whatever is in it. */
    public boolean exists(String name) {
        try {
            return conversation
                    .query(TableTransaction.query(NftNumbers.requireIdentifier(name, "table")))
                    .isPresent();
        } catch (NetlinkException e) {
            if (e.is(Errno.ENOENT)) {
                return false;
            }
            throw e;
        }
    }

    /** The number of the last transaction of anybody in this namespace, 0 to 2^32 - 1; each adds one. */
    public long generation() {
        return conversation
                .query(NftTableImage.generationQuery())
                .map(NftEvent::decodeCommit)
                .orElseThrow(() -> new NetlinkException("ask for the generation of nf_tables", "no answer"))
                .generation();
    }

    /** What the kernel has of the table of that name; empty if there is none. */
    public Optional<NftTableImage> image(String name) {
        try {
            return Optional.of(NftTableImage.read(conversation, NftNumbers.requireIdentifier(name, "table")));
        } catch (NetlinkException e) {
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        conversation.close();
    }
}
