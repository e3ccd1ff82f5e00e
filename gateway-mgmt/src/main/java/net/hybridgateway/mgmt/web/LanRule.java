package net.hybridgateway.mgmt.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.hybridgateway.mgmt.config.AddressPrefix;

/** Who is at home: the page is for them, and for nobody else. */
final class LanRule {
    /** fc00::/7, RFC 4193 §3.1. */
    private static final int UNIQUE_LOCAL = 0xfc;

    private static final int UNIQUE_LOCAL_MASK = 0xfe;

    private final Function<InetAddress, Optional<Home>> homes;

    /**
     * The device that one of the gateway's addresses is on.
     *
     * @param uplink whether that is an uplink
     * @param prefixes of all addresses that the device has
     */
    record Home(boolean uplink, List<AddressPrefix> prefixes) {
        Home {
            prefixes = List.copyOf(prefixes);
        }
    }

    /** @param homes asked for an address of this gateway; may take a system call */
    LanRule(Function<InetAddress, Optional<Home>> homes) {
        this.homes = homes;
    }

    /**
     * Whether a client is served: one of this machine; or one with a private, link-local or unique local address, or one
     * of the LAN's own prefix, that did not come to the address of an uplink.
     */
    boolean admits(InetAddress peer, InetAddress local) {
        if (peer.isLoopbackAddress()) {
            return true;
        }
        Optional<Home> home = homes.apply(local);
        if (home.isEmpty() || home.get().uplink()) {
            return false;
        }
        return isPrivate(peer) || home.get().prefixes().stream().anyMatch(prefix -> prefix.contains(peer));
    }

    private static boolean isPrivate(InetAddress address) {
        return address.isLinkLocalAddress()
                || (address instanceof Inet6Address
                        ? (address.getAddress()[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL
                        : address.isSiteLocalAddress());
    }
}
