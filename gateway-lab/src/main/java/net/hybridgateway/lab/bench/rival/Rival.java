package net.hybridgateway.lab.bench.rival;

import net.hybridgateway.lab.measure.BenchOptions;

/** The systems that are compared. */
public enum Rival {
    /** This gateway; for Multipath TCP with its own conversion point. */
    GATEWAY("this gateway"),
    /** HAProxy in TCP mode, buffers of 64 KiB: as large as this gateway's. */
    HAPROXY("HAProxy, 64 KiB"),
    /** The same with the largest buffers that still gave it something. */
    HAPROXY_LARGE("HAProxy, 256 KiB"),
    /** HAProxy in TCP mode that splices both ways through pipes of 1 MiB: the kernel moves pages, nothing is copied. */
    HAPROXY_SPLICE("HAProxy, splice"),
    /** Shadowsocks' ss-redir to an ss-server on the conversion point's host, chacha20-ietf-poly1305: it encrypts. */
    SS_REDIR("ss-redir"),
    /** The kernel forwards, no program touches a byte: the limit. */
    FORWARDING("forwarding");

    private final String title;

    Rival(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Whether it can carry connections so: plain forwarding turns nothing into Multipath TCP. */
    public boolean takes(Leg leg) {
        return this != FORWARDING || leg == Leg.TCP;
    }

    /** Whether this is one of HAProxy's settings, of which the best counts. */
    public boolean isHaproxy() {
        return this == HAPROXY || this == HAPROXY_LARGE || this == HAPROXY_SPLICE;
    }

    @Override
    public String toString() {
        return BenchOptions.word(this);
    }
}
