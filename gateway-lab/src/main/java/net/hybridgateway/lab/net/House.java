package net.hybridgateway.lab.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A house with two uplinks, and the internet around it; the picture is in the package's description. */
public final class House implements AutoCloseable {
    /** The LAN's device on the gateway. */
    public static final String LAN_DEVICE = "br-lan";

    /** The gateway's address in the LAN. */
    public static final String GATEWAY_LAN_IPV4 = "192.168.1.1";

    /** The gateway's address in the LAN. */
    public static final String GATEWAY_LAN_IPV6 = "fd12:3456:789a:1::1";

    private static final String LAN_IPV4 = "192.168.1.";
    private static final String LAN_IPV6 = "fd12:3456:789a:1::";
    private static final int FIRST_LAN_HOST = 100;
    private static final String PRIVATE_NETWORK = "10.77.0.0/16";

    // The kernel's defaults, which OpenWrt and Debian leave alone: the host that runs the lab may have others.
    private static final String[] EVERYWHERE = {
        "net.ipv6.conf.all.disable_ipv6=0",
        "net.ipv6.conf.default.disable_ipv6=0",
        "net.ipv6.conf.default.accept_dad=0",
        "net.ipv6.conf.default.accept_ra=0",
        // Group reports of new addresses all go out at once; by default they trickle for seconds over lines that should
        // be silent.
        "net.ipv6.conf.default.mldv2_unsolicited_report_interval=1",
        "net.ipv4.conf.all.rp_filter=0",
        "net.ipv4.conf.default.rp_filter=0",
        "net.ipv4.tcp_rmem=4096 131072 6291456",
        "net.ipv4.tcp_wmem=4096 16384 4194304",
        // Else a download would start with what the one before it learnt.
        "net.ipv4.tcp_no_metrics_save=1",
    };
    private static final String[] FORWARDING = {
        "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1", "net.ipv6.conf.default.forwarding=1",
    };
    // OpenWrt's netifd removes the routes of a device that lost its carrier; this has the same effect.
    private static final String[] WITHOUT_NETIFD = {
        "net.ipv4.conf.all.ignore_routes_with_linkdown=1",
        "net.ipv4.conf.default.ignore_routes_with_linkdown=1",
        "net.ipv6.conf.all.ignore_routes_with_linkdown=1",
        "net.ipv6.conf.default.ignore_routes_with_linkdown=1",
    };

    private final LabRun run;
    private final Node gateway;
    private final Node router;
    private final Line fixed;
    private final Line cellular;
    private final List<Node> lanHosts;
    private final List<Node> conversionPoints;
    private final Node web;

    private House(LabRun run, HousePlan plan) {
        this.run = run;
        this.gateway = node("gateway", FORWARDING, WITHOUT_NETIFD);
        this.router = node("router", FORWARDING);
        this.fixed = Line.build(run, Access.FIXED, plan.topology().fixed(), plan.fixed(), gateway, router);
        this.cellular = Line.build(run, Access.CELLULAR, plan.topology().cellular(), plan.cellular(), gateway, router);
        this.lanHosts = new ArrayList<>();
        this.conversionPoints = new ArrayList<>();
        buildLan(plan.lanHosts());
        for (int index = 0; index < plan.conversionPoints(); index++) {
            String role = index == 0 ? "mcp" : "mcp" + index;
            conversionPoints.add(
                    internetHost(role, role + "-port", conversionPointIpv4(index), conversionPointIpv6(index)));
        }
        this.web = internetHost("web", "web-port", webIpv4(), webIpv6());
        Firewalls.translateLanAddresses(gateway, LAN_IPV4 + "0/24", LAN_IPV6 + "/64");
        Firewalls.dropForeignSources(router);
        arrange(plan.topology());
    }

    private void arrange(Topology topology) {
        if (topology.hasPrivateAddresses()) {
            for (int index = 0; index < conversionPoints.size(); index++) {
                conversionPoints.get(index).ip("addr add " + privateIpv4(index) + " dev eth0");
                router.ip("route add " + privateIpv4(index) + " via " + conversionPointIpv4(index));
            }
        }
        if (topology.isConfined()) {
            Firewalls.confine(router, topology.cellularReach(), PRIVATE_NETWORK);
        }
        if (topology.balanced()) {
            List<String> behind = IntStream.range(0, conversionPoints.size())
                    .mapToObj(House::privateIpv4)
                    .toList();
            Firewalls.balance(router, balancedIpv4(), behind);
        }
    }

    /**
     * Builds it, and first removes what dead runs left behind.
     *
     * @throws LabException with one line for people, if the machine lacks something
     */
    public static House build(HousePlan plan) {
        Requirements.check(plan.isShaped());
        LabRun run = LabRun.open();
        try {
            return new House(run, plan);
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
    }

    public Node gateway() {
        return gateway;
    }

    /** The internet: the other end of both lines. */
    public Node router() {
        return router;
    }

    public Line fixed() {
        return fixed;
    }

    public Line cellular() {
        return cellular;
    }

    public Line line(Access access) {
        return access == Access.FIXED ? fixed : cellular;
    }

    public Node lanHost(int index) {
        return lanHosts.get(index);
    }

    public static String lanHostIpv4(int index) {
        return LAN_IPV4 + (FIRST_LAN_HOST + index);
    }

    public static String lanHostIpv6(int index) {
        return LAN_IPV6 + (FIRST_LAN_HOST + index);
    }

    /** The host of the first conversion point. */
    public Node conversionPoint() {
        return conversionPoints.get(0);
    }

    /** How many hosts for conversion points there are. */
    public int conversionPoints() {
        return conversionPoints.size();
    }

    public Node conversionPoint(int index) {
        return conversionPoints.get(index);
    }

    public static String conversionPointIpv4(int index) {
        return "198.51.100." + (10 * index + 7);
    }

    public static String conversionPointIpv6(int index) {
        return "2001:db8:" + (index + 7) + "::7";
    }

    /** An address of a conversion point that the internet does not know, where the {@link Topology} has such. */
    public static String privateIpv4(int index) {
        return "10.77." + index + ".7";
    }

    /** The one address of all conversion points, where the {@link Topology} has a load balancer. */
    public static String balancedIpv4() {
        return "198.51.100.200";
    }

    /** The host of a web server, somewhere in the internet. */
    public Node web() {
        return web;
    }

    public static String webIpv4() {
        return "203.0.113.80";
    }

    public static String webIpv6() {
        return "2001:db8:80::80";
    }

    /** Names, folders and all namespaces. */
    public LabRun run() {
        return run;
    }

    /** Packets that came to the router over this uplink with an address that is not its own. */
    public long foreignSources(Access access) {
        return Firewalls.foreignSources(router, access);
    }

    /** Removes everything. */
    @Override
    public void close() {
        run.close();
    }

    private Node node(String role, String[]... settings) {
        Node node = run.node(role);
        node.sysctl(EVERYWHERE);
        for (String[] more : settings) {
            node.sysctl(more);
        }
        return node;
    }

    private void buildLan(int hosts) {
        gateway.bridgeWithoutFirewall();
        gateway.ip(
                "link add " + LAN_DEVICE + " address 02:00:00:00:01:01 type bridge mcast_snooping 0",
                "addr add " + GATEWAY_LAN_IPV4 + "/24 dev " + LAN_DEVICE,
                "addr add " + GATEWAY_LAN_IPV6 + "/64 nodad dev " + LAN_DEVICE,
                "link set " + LAN_DEVICE + " up");
        for (int index = 0; index < hosts; index++) {
            Node host = node("lan" + index);
            String port = "lan-port" + index;
            host.ip("link add eth0 type veth peer name " + port + " netns " + gateway.namespace());
            gateway.ip("link set " + port + " master " + LAN_DEVICE + " up");
            configure(host, lanHostIpv4(index), GATEWAY_LAN_IPV4, lanHostIpv6(index), GATEWAY_LAN_IPV6);
            lanHosts.add(host);
        }
    }

    private Node internetHost(String role, String routerDevice, String ipv4, String ipv6) {
        Node host = node(role);
        String routerIpv4 = ipv4.substring(0, ipv4.lastIndexOf('.') + 1) + "1";
        String routerIpv6 = ipv6.substring(0, ipv6.lastIndexOf(':') + 1) + "1";
        host.ip("link add eth0 type veth peer name " + routerDevice + " netns " + router.namespace());
        // One network for each host: they are in different places, and all ways between them lead over the router.
        router.ip(
                "link set " + routerDevice + " up",
                "addr add " + routerIpv4 + " peer " + ipv4 + " dev " + routerDevice,
                "addr add " + routerIpv6 + "/64 nodad dev " + routerDevice);
        configure(host, ipv4, routerIpv4, ipv6, routerIpv6);
        return host;
    }

    private static void configure(Node host, String ipv4, String routerIpv4, String ipv6, String routerIpv6) {
        host.ip(
                "link set eth0 up",
                "addr add " + ipv4 + "/24 dev eth0",
                "addr add " + ipv6 + "/64 nodad dev eth0",
                "route add default via " + routerIpv4,
                "route add ::/0 via " + routerIpv6);
    }

    /** What a person types to look around: one line for each namespace. */
    public List<String> shells() {
        List<String> lines = new ArrayList<>();
        for (Node node : run.nodes()) {
            lines.add(String.format("%-9s sudo ip netns exec %s bash", node.role(), node.namespace()));
        }
        return lines;
    }

    /** The uplink whose address this is. */
    public static Optional<Access> accessOf(InetAddress source) {
        return Arrays.stream(Access.values())
                .filter(access -> Stream.of(access.ipv4(), access.ipv6())
                        .anyMatch(it -> literal(it).equals(source)))
                .findFirst();
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new LabException("not an address: " + address, e);
        }
    }
}
