package net.hybridgateway.app.discovery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.mgmt.config.PointFormat;

/**
 * The value of the option that tells conversion points, in its three formats.
 *
 * <pre>
 *               DHCPv4                                 DHCPv6
 * pcp-list      { length, IPv4 addresses }*            IPv6 addresses; one instance for each point
 *               (RFC 7291 §4.2)                        (RFC 7291 §3.2; IPv4 addresses are mapped)
 * address-list  IPv4 addresses, each a point           IPv6 addresses, each a point
 * name          labels (RFC 1035 §3.1)                 labels, one instance for each point (RFC 8415 §10)
 * </pre>
 *
 * <p>One value that makes no sense spoils the option: half of what an operator says is not what it said.
 */
final class PointOption {
    static final int MOST_ADDRESSES = 32;

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private PointOption() {}

    /**
     * Reads the option of a DHCPv4 lease.
     *
     * @throws RefusedLeaseException if it makes no sense; the message names option and byte
     */
    static List<LearntPoint> dhcpv4(OptionBytes option, PointFormat format) {
        List<LearntPoint> points =
                switch (format) {
                    case PCP_LIST -> lists(option);
                    case ADDRESS_LIST -> each(addresses(option, 0, option.length(), IPV4_BYTES));
                    case NAME -> List.of(new LearntPoint.ByName(DnsName.readWhole(option)));
                };
        return bounded(option, points);
    }

    /**
     * Reads the option of a DHCPv6 lease.
     *
     * @param instances each time that it is there
     * @throws RefusedLeaseException if it makes no sense; the message names option and byte
     */
    static List<LearntPoint> dhcpv6(List<OptionBytes> instances, PointFormat format) {
        List<LearntPoint> points = new ArrayList<>();
        for (OptionBytes option : instances) {
            switch (format) {
                case PCP_LIST ->
                    points.add(new LearntPoint.ByAddress(addresses(option, 0, option.length(), IPV6_BYTES)));
                case ADDRESS_LIST -> points.addAll(each(addresses(option, 0, option.length(), IPV6_BYTES)));
                case NAME -> points.add(new LearntPoint.ByName(DnsName.readWhole(option)));
            }
            bounded(option, points);
        }
        return points;
    }

    private static List<LearntPoint> lists(OptionBytes option) {
        if (option.length() == 0) {
            throw option.refuse(0, "it is empty");
        }
        List<LearntPoint> points = new ArrayList<>();
        for (int at = 0; at < option.length(); ) {
            int length = option.at(at);
            int left = option.length() - at - 1;
            if (length > left) {
                throw option.refuse(at, "a list of " + length + " bytes, and " + left + " are left");
            }
            if (length == 0 || length % IPV4_BYTES != 0) {
                throw option.refuse(at, "a list of " + length + " bytes, which are no whole addresses");
            }
            points.add(new LearntPoint.ByAddress(addresses(option, at + 1, at + 1 + length, IPV4_BYTES)));
            at += 1 + length;
        }
        return points;
    }

    private static List<LearntPoint> each(List<InetAddress> addresses) {
        return addresses.stream()
                .<LearntPoint>map(address -> new LearntPoint.ByAddress(List.of(address)))
                .toList();
    }

    private static List<InetAddress> addresses(OptionBytes option, int from, int to, int bytes) {
        if (from == to) {
            throw option.refuse(from, "it is empty");
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (int at = from; at < to; at += bytes) {
            if (to - at < bytes) {
                throw option.refuse(at, (to - at) + " bytes, which are no whole address");
            }
            addresses.add(address(option, at, bytes));
        }
        return addresses;
    }

    private static InetAddress address(OptionBytes option, int at, int bytes) {
        try {
            // Makes an IPv4 address of a mapped one (RFC 7291 §3.2).
            InetAddress address = InetAddress.getByAddress(
                    option.bytes().slice(at, at + bytes).toByteArray());
            if (!isOfAHost(address)) {
                throw option.refuse(at, address.getHostAddress() + " is no address of a host");
            }
            return address;
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 bytes", e);
        }
    }

    /** Whether a conversion point may have it: RFC 7291 §3.2 and §4.2 discard multicast and loopback. */
    static boolean isOfAHost(InetAddress address) {
        boolean thisNetworkOrReserved = !(address instanceof Inet6Address)
                && ((address.getAddress()[0] & 0xFF) == 0 || (address.getAddress()[0] & 0xF0) == 0xF0);
        return !thisNetworkOrReserved
                && !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isMulticastAddress()
                && !address.isLinkLocalAddress();
    }

    private static List<LearntPoint> bounded(OptionBytes option, List<LearntPoint> points) {
        int addresses = points.stream()
                .mapToInt(point -> point instanceof LearntPoint.ByAddress some
                        ? some.addresses().size()
                        : 1)
                .sum();
        if (addresses > MOST_ADDRESSES) {
            throw option.refuse(option.length(), addresses + " addresses, more than " + MOST_ADDRESSES);
        }
        return points;
    }
}
