package net.hybridgateway.lab.net;

/** The address families that an access line carries. */
public enum Families {
    BOTH(true, true),
    IPV4(true, false),
    IPV6(false, true);

    private final boolean ipv4;
    private final boolean ipv6;

    Families(boolean ipv4, boolean ipv6) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    boolean hasIpv4() {
        return ipv4;
    }

    boolean hasIpv6() {
        return ipv6;
    }
}
