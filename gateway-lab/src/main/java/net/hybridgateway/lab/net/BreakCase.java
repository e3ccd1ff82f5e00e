package net.hybridgateway.lab.net;

/** How the fixed line breaks. */
public enum BreakCase {
    /** The device loses its carrier, which the kernel reports. */
    CARRIER("carrier lost") {
        @Override
        public void happen(House house) {
            house.fixed().cut(Cut.CARRIER);
        }
    },
    /** Packets vanish in both directions; no device notices. */
    SILENT("silent, both ways") {
        @Override
        public void happen(House house) {
            house.fixed().cut(Cut.SILENT);
        }
    },
    /** Packets towards the gateway vanish; what it sends arrives. */
    SILENT_DOWN("silent, one way (down)") {
        @Override
        public void happen(House house) {
            house.fixed().cut(Cut.SILENT_DOWN);
        }
    },
    /** The gateway's addresses on the line are taken away, as by a lease that ended or a PPP session that was hung up. */
    ADDRESS("address withdrawn") {
        @Override
        public void happen(House house) {
            house.gateway()
                    .ip(
                            "addr del " + Access.FIXED.ipv4() + "/24" + ON_DEVICE,
                            "addr del " + Access.FIXED.ipv6() + "/64" + ON_DEVICE);
        }
    };

    private static final String ON_DEVICE = " dev " + Access.FIXED.device();

    private final String title;

    BreakCase(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Breaks the line. */
    public abstract void happen(House house);

    /** Ends any of the breaks. */
    public static void mend(House house) {
        house.fixed().mend();
        String metric = " metric " + Access.FIXED.metric();
        house.gateway()
                .ip(
                        "addr replace " + Access.FIXED.ipv4() + "/24" + ON_DEVICE,
                        "addr replace " + Access.FIXED.ipv6() + "/64 nodad" + ON_DEVICE,
                        // With the address, the kernel took the route of its family.
                        "route replace default via " + Access.FIXED.routerIpv4() + ON_DEVICE + metric,
                        "route replace ::/0 via " + Access.FIXED.routerIpv6() + ON_DEVICE + metric);
    }
}
