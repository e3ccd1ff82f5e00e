package net.hybridgateway.lab.net;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the home gateway and the operator's router do to packets besides routing them. */
final class Firewalls {
    private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

    private Firewalls() {}

    /** LAN addresses become the uplink's, in IPv4 and in IPv6. */
    static void translateLanAddresses(Node gateway, String lanIpv4, String lanIpv6) {
        gateway.nft("""
                table inet home {
                  chain source {
                    type nat hook postrouting priority srcnat;
                    oifname { %1$s, %2$s } ip saddr %3$s masquerade
                    oifname { %1$s, %2$s } ip6 saddr %4$s masquerade
                  }
                }
                """.formatted(Access.FIXED.device(), Access.CELLULAR.device(), lanIpv4, lanIpv6));
    }

    /** Operators drop packets that come over one uplink with the address of another; this one counts them, too. */
    static void dropForeignSources(Node router) {
        router.nft("""
                table inet operator {
                  counter fixed { }
                  counter cellular { }
                  chain ingress {
                    type filter hook prerouting priority raw;
                    %s
                    %s
                  }
                }
                """.formatted(foreignSourceRules(Access.FIXED), foreignSourceRules(Access.CELLULAR)));
    }

    // Who has no address yet asks for one, by DHCP from 0.0.0.0 and by neighbour discovery from ::.
    private static String foreignSourceRules(Access access) {
        return """
                iifname %1$s ip saddr != { %2$s, 0.0.0.0 } counter name %3$s drop
                    iifname %1$s ip6 saddr != { %4$s, fe80::/10, :: } counter name %3$s drop""".formatted(access.routerDevice(), access.ipv4Network(), access.line(), access.ipv6Network());
    }

    /** Packets dropped by {@link #dropForeignSources} since it was called. */
    static long foreignSources(Node router, Access access) {
        String counter = router.run("nft", "list", "counter", "inet", "operator", access.line());
        Matcher matcher = PACKETS.matcher(counter);
        if (!matcher.find()) {
            throw new LabException("no packets in: " + counter);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** What cellular does not lead to is dropped without a word, and so is what comes to a private address otherwise. */
    static void confine(Node router, Topology.Reach cellular, String privateNetwork) {
        String device = Access.CELLULAR.routerDevice();
        String confined =
                switch (cellular) {
                    case INTERNET -> "";
                    case CONVERSION_POINTS -> """
                        iifname %1$s oifname != "mcp*" drop
                        oifname %1$s iifname != "mcp*" drop
                    """.formatted(device);
                    case PRIVATE_ADDRESSES -> """
                        iifname %1$s ip daddr %2$s accept
                        oifname %1$s ip saddr %2$s accept
                        iifname %1$s drop
                        oifname %1$s drop
                    """.formatted(device, privateNetwork);
                };
        router.nft("""
                table inet dedicated {
                  chain between {
                    type filter hook forward priority filter;
                    %s
                    ct status dnat accept
                    ip daddr %s drop
                  }
                }
                """.formatted(confined, privateNetwork));
    }

    /** A load balancer: each new connection to the address goes to the next host, whatever it is about. */
    static void balance(Node router, String address, List<String> hosts) {
        String map = IntStream.range(0, hosts.size())
                .mapToObj(index -> index + " : " + hosts.get(index))
                .collect(Collectors.joining(", "));
        router.nft("""
                table ip balancer {
                  chain arriving {
                    type nat hook prerouting priority dstnat;
                    ip daddr %s dnat to numgen inc mod %d map { %s }
                  }
                }
                """.formatted(address, hosts.size(), map));
    }
}
