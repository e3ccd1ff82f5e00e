package net.hybridgateway.lab.bench.rival;

import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.Node;

/** Gives the LAN's connections to a program on the gateway's host that is not ours, as this gateway's own table does. */
final class Redirect {
    private Redirect() {}

    /**
     * Intercepts TCP from the LAN to the web host.
     *
     * @param port where a transparent listener takes it
     */
    static void toListener(Node gateway, int port) {
        gateway.ip("rule add fwmark 1 lookup 51", "route add local default dev lo table 51");
        gateway.nft("""
                table ip rival {
                  chain prerouting {
                    type filter hook prerouting priority mangle;
                    iifname "%s" ip daddr %s meta l4proto tcp tproxy to 127.0.0.1:%d meta mark set 1 accept
                  }
                }
                """.formatted(House.LAN_DEVICE, House.webIpv4(), port));
    }
}
