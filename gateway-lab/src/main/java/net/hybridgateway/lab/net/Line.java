package net.hybridgateway.lab.net;

import java.time.Duration;
import java.util.Optional;

/**
 * An access line: a namespace with a bridge between the gateway's device and the router's. It can be cut and mended, and
 * its shape changed if it has one.
 */
public final class Line {
    // The bridge's ports: towards the gateway and towards the internet.
    private static final String HOME = "home";
    private static final String NET = "net";

    private static final int GATEWAY_INDEX = 100;
    private static final int ROUTER_INDEX = 200;
    private static final Duration START = Duration.ofSeconds(30);

    private final Access access;
    private final Node node;
    private final Optional<Wire> wire;

    private Line(Access access, Node node, Optional<Wire> wire) {
        this.access = access;
        this.node = node;
        this.wire = wire;
    }

    static Line build(
            LabRun run, Access access, Families families, Optional<LineShape> shape, Node gateway, Node router) {
        Node node = run.node(access.line());
        node.sysctl("net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1");
        node.bridgeWithoutFirewall();
        node.ip("link add br0 type bridge mcast_snooping 0", "link set br0 up");
        addVeth(gateway, access.device() + " address " + access.mac(), node, HOME, GATEWAY_INDEX + access.metric());
        Optional<Wire> wire = shape.map(it -> Wire.between(node, NET, router, access.routerDevice(), run.folder(), it));
        if (wire.isEmpty()) {
            addVeth(router, access.routerDevice(), node, NET, ROUTER_INDEX + access.metric());
        }
        router.ip("link set " + access.routerDevice() + " address " + access.routerMac() + " up");
        node.ip("link set " + HOME + " master br0 up", "link set " + NET + " master br0 up");
        gateway.ip("link set " + access.device() + " up");
        addAddresses(access, families, gateway, router);
        Line line = new Line(access, node, wire);
        line.awaitForwarding();
        return line;
    }

    /**
     * The two ends have different numbers on purpose. A veth whose peer, in another namespace, has its own number counts as
     * "not stacked" in the kernel's link watch, and news of its carrier may then come up to a second late.
     */
    private static void addVeth(Node outside, String device, Node inside, String port, int index) {
        outside.ip("link add " + device + " index " + index + " type veth peer name " + port + " index " + (index + 1)
                + " netns " + inside.namespace());
    }

    // The bridge learns of its ports' carriers from the link watch, too, and TAP devices are never "stacked".
    private void awaitForwarding() {
        if (!Pause.until(START, () -> node.run("bridge", "link").split("state forwarding", -1).length == 3)) {
            throw new LabException(
                    "the " + access.line() + " line's bridge does not forward: " + node.run("bridge", "link"));
        }
    }

    private static void addAddresses(Access access, Families families, Node gateway, Node router) {
        String home = " dev " + access.device();
        String net = " dev " + access.routerDevice();
        if (families.hasIpv4()) {
            gateway.ip(
                    "addr add " + access.ipv4() + "/24" + home,
                    "neigh add " + access.routerIpv4() + " lladdr " + access.routerMac() + " nud permanent" + home,
                    "route add default via " + access.routerIpv4() + home + " metric " + access.metric());
            router.ip(
                    "addr add " + access.routerIpv4() + "/24" + net,
                    "neigh add " + access.ipv4() + " lladdr " + access.mac() + " nud permanent" + net);
        }
        if (families.hasIpv6()) {
            gateway.ip(
                    "addr add " + access.ipv6() + "/64 nodad" + home,
                    "neigh add " + access.routerIpv6() + " lladdr " + access.routerMac() + " nud permanent" + home,
                    "route add ::/0 via " + access.routerIpv6() + home + " metric " + access.metric());
            router.ip(
                    "addr add " + access.routerIpv6() + "/64 nodad" + net,
                    "neigh add " + access.ipv6() + " lladdr " + access.mac() + " nud permanent" + net);
        }
    }

    public Access access() {
        return access;
    }

    /** The namespace of the bridge, in the middle of the line: a place to capture packets. */
    public Node node() {
        return node;
    }

    /** Breaks the line; it stays broken until {@link #mend()}. */
    public void cut(Cut cut) {
        if (cut == Cut.CARRIER) {
            node.ip("link set " + HOME + " down");
            return;
        }
        StringBuilder rules = new StringBuilder("table netdev cut {\n");
        if (cut != Cut.SILENT_DOWN) {
            rules.append(dropAllFrom(HOME));
        }
        if (cut != Cut.SILENT_UP) {
            rules.append(dropAllFrom(NET));
        }
        node.nft(withoutCut() + rules + "}\n");
    }

    /** Ends every cut. */
    public void mend() {
        node.nft(withoutCut());
        node.ip("link set " + HOME + " up");
        awaitForwarding();
    }

    /** Changes rate, delay and loss of a shaped line, at once. */
    public void shape(LineShape shape) {
        wire.orElseThrow(() -> new LabException("the " + access.line() + " line was built plain and has no shape"))
                .shape(shape);
    }

    // "add" first, for deleting what is not there is an error.
    private static String withoutCut() {
        return "add table netdev cut\ndelete table netdev cut\n";
    }

    private static String dropAllFrom(String port) {
        return "chain from-" + port + " { type filter hook ingress device " + port + " priority 0; policy drop; }\n";
    }
}
