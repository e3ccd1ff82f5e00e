package net.hybridgateway.netlink.generic;

import java.util.Optional;
import net.hybridgateway.netlink.AttributeWriter;
import net.hybridgateway.netlink.NetlinkConversation;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.NetlinkProtocol;
import net.hybridgateway.netlink.NetlinkRequest;
import net.hybridgateway.netlink.ffi.Errno;

/** Finds generic netlink families by their names. */
public final class GenericNetlink implements AutoCloseable {
    private static final int CONTROLLER_VERSION = 2;

    private final NetlinkConversation conversation;

    /** @param conversation of {@link NetlinkProtocol#GENERIC}; closed with this object */
    public GenericNetlink(NetlinkConversation conversation) {
        this.conversation = conversation;
    }

    /** Opens a socket in the network namespace of this thread. */
    public static GenericNetlink open() {
        return new GenericNetlink(NetlinkConversation.open(NetlinkProtocol.GENERIC));
    }

    /**
     * The family called {@code name}; empty if this kernel has none. The kernel may load a module for it.
     *
     * @throws NetlinkException if the kernel does not answer properly
     */
    public Optional<GenericFamily> family(String name) {
        AttributeWriter content = GenericMessage.write(GenericNumbers.CTRL_CMD_GETFAMILY, CONTROLLER_VERSION)
                .string(GenericNumbers.CTRL_ATTR_FAMILY_NAME, name);
        try {
            return conversation
                    .query(new NetlinkRequest("find family " + name, GenericNumbers.GENL_ID_CTRL, 0, content))
                    .map(GenericFamily::decode);
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
