package net.hybridgateway.app.convert;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * The 128-bit address field of a Connect TLV (RFC 8803 §6.2.5): IPv6, or IPv4 as {@code ::ffff:a.b.c.d}.
 *
 * <p>Multicast, broadcast and loopback are refused by the RFC. The unspecified address is refused, too: a kernel takes
 * a connection to it as one to its own loopback. Of the broadcast addresses only 255.255.255.255 can be told from
 * here.
 */
public final class ConnectAddress {
    private static final int BYTES = 16;

    private ConnectAddress() {}

    /** Why a converter would refuse this address, or empty if a Connect TLV may carry it. */
    public static Optional<String> refusal(InetAddress address) {
        if (address.isMulticastAddress()) {
            return Optional.of("multicast");
        }
        if (address.isLoopbackAddress()) {
            return Optional.of("loopback");
        }
        if (address.isAnyLocalAddress()) {
            return Optional.of("unspecified");
        }
        if (isLimitedBroadcast(address.getAddress())) {
            return Optional.of("broadcast");
        }
        return Optional.empty();
    }

    private static boolean isLimitedBroadcast(byte[] address) {
        if (address.length != 4) {
            return false;
        }
        for (byte octet : address) {
            if (octet != (byte) 0xFF) {
                return false;
            }
        }
        return true;
    }

    static ByteString encode(InetAddress address) {
        ByteString bytes = ByteString.copyOf(address.getAddress());
        return address instanceof Inet4Address
                ? ByteString.ofOctets(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF).plus(bytes)
                : bytes;
    }

    /** The JDK itself turns an IPv4-mapped address into an {@link Inet4Address}, so the rules see the IPv4 address. */
    static InetAddress decode(ByteString field) {
        try {
            return InetAddress.getByAddress(field.slice(0, BYTES).toByteArray());
        } catch (UnknownHostException e) {
            throw new AssertionError("sixteen bytes are always an address", e);
        }
    }
}
