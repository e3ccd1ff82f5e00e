package net.hybridgateway.lab.net;

/**
 * The gateway's two uplinks, with documentation addresses (RFC 5737, RFC 3849) and, on cellular, those of a
 * carrier-grade NAT (RFC 6598): private to the operator, as a dedicated network may be.
 */
public enum Access {
    FIXED("fixed", "wan0", "fixed0", 10, "192.0.2.", "2001:db8:f::"),
    CELLULAR("cellular", "wwan0", "cell0", 20, "100.64.0.", "2001:db8:c::");

    private final String line;
    private final String device;
    private final String routerDevice;
    private final int metric;
    private final String ipv4;
    private final String ipv6;

    Access(String line, String device, String routerDevice, int metric, String ipv4, String ipv6) {
        this.line = line;
        this.device = device;
        this.routerDevice = routerDevice;
        this.metric = metric;
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    /** {@code fixed} or {@code cellular}: the uplink's name, and its line's. */
    public String line() {
        return line;
    }

    /** The device on the gateway. */
    public String device() {
        return device;
    }

    /** The device on the router. */
    public String routerDevice() {
        return routerDevice;
    }

    /** The metric of the default route; the lower is preferred. */
    public int metric() {
        return metric;
    }

    /** The gateway's address. */
    public String ipv4() {
        return ipv4 + "10";
    }

    /** The gateway's address. */
    public String ipv6() {
        return ipv6 + "10";
    }

    /** The default router. */
    public String routerIpv4() {
        return ipv4 + "1";
    }

    /** The default router. */
    public String routerIpv6() {
        return ipv6 + "1";
    }

    String ipv4Network() {
        return ipv4 + "0/24";
    }

    String ipv6Network() {
        return ipv6 + "/64";
    }

    String mac() {
        return String.format("02:00:00:00:%02x:10", metric);
    }

    String routerMac() {
        return String.format("02:00:00:00:%02x:01", metric);
    }
}
