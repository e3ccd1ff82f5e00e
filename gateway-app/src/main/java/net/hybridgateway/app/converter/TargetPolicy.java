package net.hybridgateway.app.converter;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which servers a conversion point connects to. Without it, whoever reaches the conversion point reaches everything that
 * the conversion point reaches: its own services, and the network that it stands in.
 *
 * @param privateNetworks whether private, shared (RFC 6598), unique local and link-local addresses are allowed
 * @param isOwnAddress tells the conversion point's own addresses; asked for each connection, as they may change. May
 *     throw {@link java.io.UncheckedIOException}, which {@link #refusal} passes on
 */
public record TargetPolicy(boolean privateNetworks, Predicate<InetAddress> isOwnAddress) {
    /** Why a server is refused; empty if it is allowed. */
    public Optional<String> refusal(InetAddress target) {
        if (target.isLoopbackAddress() || target.isAnyLocalAddress()) {
            return Optional.of("this host");
        }
        if (target.isMulticastAddress() || isReserved(target)) {
            return Optional.of("not a unicast address");
        }
        if (isOwnAddress.test(target)) {
            return Optional.of("the conversion point itself");
        }
        if (!privateNetworks && isPrivate(target)) {
            return Optional.of("a private network");
        }
        return Optional.empty();
    }

    private static boolean isPrivate(InetAddress target) {
        byte[] bytes = target.getAddress();
        if (target.isLinkLocalAddress() || target.isSiteLocalAddress()) {
            return true;
        }
        if (target instanceof Inet4Address) {
            return bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        }
        return (bytes[0] & 0xfe) == 0xfc;
    }

    /** 0.0.0.0/8 and 240.0.0.0/4, broadcast included; IPv4 in disguise (mapped, compatible) within IPv6. */
    private static boolean isReserved(InetAddress target) {
        byte[] bytes = target.getAddress();
        if (target instanceof Inet6Address address) {
            return address.isIPv4CompatibleAddress();
        }
        return bytes[0] == 0 || (bytes[0] & 0xf0) == 0xf0;
    }
}
