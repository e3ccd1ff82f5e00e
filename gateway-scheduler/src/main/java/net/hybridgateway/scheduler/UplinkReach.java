package net.hybridgateway.scheduler;

import java.net.Inet4Address;
import java.net.InetAddress;

/** What the network behind an uplink leads to. */
public enum UplinkReach {
    INTERNET,
    /**
     * The conversion points and nothing else, perhaps under private addresses: a dedicated cellular network. Nothing is
     * sent there without a conversion point.
     */
    CONVERSION_POINT;

    /**
     * Whether such a network is more likely to lead to this address than to another of the same host: private addresses
     * (RFC 1918, RFC 6598, RFC 4193) belong to networks of their own.
     */
    public boolean suits(InetAddress address) {
        return isPrivate(address) == (this == CONVERSION_POINT);
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return address.isSiteLocalAddress() || (bytes[0] == 100 && (bytes[1] & 0xc0) == 64);
        }
        return (bytes[0] & 0xfe) == 0xfc;
    }
}
