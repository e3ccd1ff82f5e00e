package net.hybridgateway.lab.gateway;

import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;

/** How the fixed line breaks, as far as the gateway can see it at once. */
enum Breakage {
    CARRIER {
        @Override
        void happen(House house) {
            house.fixed().cut(Cut.CARRIER);
        }

        @Override
        void end(House house) {
            house.fixed().mend();
        }
    },
    ADDRESS {
        @Override
        void happen(House house) {
            house.gateway().ip("addr del " + Access.FIXED.ipv4() + "/24 dev " + DEVICE);
            house.gateway().ip("addr del " + Access.FIXED.ipv6() + "/64 dev " + DEVICE);
        }

        @Override
        void end(House house) {
            house.gateway()
                    .ip(
                            "addr replace " + Access.FIXED.ipv4() + "/24 dev " + DEVICE,
                            "addr replace " + Access.FIXED.ipv6() + "/64 nodad dev " + DEVICE);
            // With the address, the kernel took the route of its family.
            ROUTE.end(house);
        }
    },
    ROUTE {
        @Override
        void happen(House house) {
            house.gateway().ip("route del default dev " + DEVICE, "route del ::/0 dev " + DEVICE);
        }

        @Override
        void end(House house) {
            house.gateway()
                    .ip(
                            "route replace default via " + Access.FIXED.routerIpv4() + ON_DEVICE,
                            "route replace ::/0 via " + Access.FIXED.routerIpv6() + ON_DEVICE);
        }
    };

    private static final String DEVICE = Access.FIXED.device();
    private static final String ON_DEVICE = " dev " + DEVICE + " metric " + Access.FIXED.metric();

    abstract void happen(House house);

    /** Puts the line back as it was. */
    abstract void end(House house);
}
