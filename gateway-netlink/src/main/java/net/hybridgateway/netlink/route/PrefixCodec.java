package net.hybridgateway.netlink.route;

import java.net.InetAddress;
import net.hybridgateway.netlink.AddressFamily;
import net.hybridgateway.netlink.MalformedMessageException;

/** Joins an address of an attribute and the prefix length of a header, which may not fit together. */
final class PrefixCodec {
    private PrefixCodec() {}

    static IpPrefix decode(InetAddress address, byte length, String what) {
        return IpPrefix.containing(address, length(address, length, what));
    }

    static int length(InetAddress address, byte length, String what) {
        int bits = AddressFamily.of(address).addressBits();
        int unsigned = Byte.toUnsignedInt(length);
        if (unsigned > bits) {
            throw new MalformedMessageException(
                    what + " has a prefix of " + unsigned + " bits, at most " + bits + " fit");
        }
        return unsigned;
    }
}
