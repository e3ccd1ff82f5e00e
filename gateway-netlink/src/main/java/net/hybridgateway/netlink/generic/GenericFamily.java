package net.hybridgateway.netlink.generic;

import java.util.HashMap;
import java.util.Map;
import net.hybridgateway.netlink.AttributeReader;
import net.hybridgateway.netlink.NetlinkException;
import net.hybridgateway.netlink.NetlinkMessage;

/**
 * What the kernel says about a generic netlink family. Numbers are given out at run time and differ between kernels and
 * even boots.
 *
 * @param name    such as {@code mptcp_pm}
 * @param id      the message type of the family
 * @param version of the family's protocol
 * @param groups  number of each multicast group by its name
 */
public record GenericFamily(String name, int id, int version, Map<String, Integer> groups) {
    public GenericFamily {
        groups = Map.copyOf(groups);
    }

    /**
     * The number of the multicast group {@code groupName}.
     *
     * @throws NetlinkException if the family has no such group
     */
    public int group(String groupName) {
        Integer group = groups.get(groupName);
        if (group == null) {
            throw new NetlinkException("find group", "family " + name + " has no multicast group " + groupName);
        }
        return group;
    }

    static GenericFamily decode(NetlinkMessage message) {
        String name = "";
        int id = 0;
        int version = 0;
        Map<String, Integer> groups = new HashMap<>();
        AttributeReader attributes = GenericMessage.decode(message).attributes("generic family");
        while (attributes.next()) {
            switch (attributes.type()) {
                case GenericNumbers.CTRL_ATTR_FAMILY_ID -> id = attributes.u16();
                case GenericNumbers.CTRL_ATTR_FAMILY_NAME -> name = attributes.string();
                case GenericNumbers.CTRL_ATTR_VERSION -> version = attributes.s32();
                case GenericNumbers.CTRL_ATTR_MCAST_GROUPS -> {
                    AttributeReader list = attributes.nested();
                    while (list.next()) {
                        decodeGroup(list.nested(), groups);
                    }
                }
                default -> {
                    // The family's operations.
                }
            }
        }
        return new GenericFamily(name, id, version, groups);
    }

    private static void decodeGroup(AttributeReader attributes, Map<String, Integer> groups) {
        String name = "";
        int id = 0;
        while (attributes.next()) {
            switch (attributes.type()) {
                case GenericNumbers.CTRL_ATTR_MCAST_GRP_NAME -> name = attributes.string();
                case GenericNumbers.CTRL_ATTR_MCAST_GRP_ID -> id = attributes.s32();
                default -> {
                    // Nothing else so far.
                }
            }
        }
        groups.put(name, id);
    }
}
