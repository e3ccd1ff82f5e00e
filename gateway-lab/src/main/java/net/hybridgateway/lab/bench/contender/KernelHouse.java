package net.hybridgateway.lab.bench.contender;

import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;
import net.hybridgateway.lab.traffic.TrafficServer;
import net.hybridgateway.netlink.socket.StreamProtocol;

/**
 * A house without any program of ours: a Multipath TCP client on the gateway's host and a server on the conversion point's,
 * both left to the kernel's path manager.
 *
 * <p>It is set up as a good administrator would: an endpoint on cellular, limits that allow it at both ends, and for each
 * address a routing table of its own with an unreachable default, so that no packet leaves over the wrong line. All other
 * settings are the kernel's.
 */
public final class KernelHouse implements ContenderHouse {
    // Behind every other route of its table.
    private static final String LAST = " metric 4278198272";

    private final House house;
    private final TrafficServer server;

    private KernelHouse(House house, String endpoint) {
        this.house = house;
        this.server = TrafficServer.listen(house.conversionPoint(), StreamProtocol.MPTCP, 0);
        Node gateway = house.gateway();
        for (Access access : Access.values()) {
            gateway.ip(
                    "rule add from " + access.ipv4() + " lookup " + access.metric(),
                    "route add unreachable default table " + access.metric() + LAST);
        }
        addRoutes();
        allowSubflows(house.conversionPoint());
        allowSubflows(gateway);
        gateway.ip(
                "mptcp endpoint add " + Access.CELLULAR.ipv4() + " dev " + Access.CELLULAR.device() + " " + endpoint);
    }

    /**
     * Builds one.
     *
     * @param plan its lines
     * @param endpoint the flags of the endpoint on cellular, as ip-mptcp(8) names them
     */
    public static KernelHouse build(HousePlan plan, String endpoint) {
        House house = House.build(plan);
        try {
            return new KernelHouse(house, endpoint);
        } catch (RuntimeException e) {
            house.close();
            throw e;
        }
    }

    private static void allowSubflows(Node node) {
        node.ip("mptcp limits set subflows 4 add_addr_accepted 4");
    }

    private void addRoutes() {
        for (Access access : Access.values()) {
            house.gateway()
                    .ip("route replace default via " + access.routerIpv4() + " dev " + access.device() + " table "
                            + access.metric());
        }
    }

    @Override
    public House house() {
        return house;
    }

    @Override
    public TrafficServer server() {
        return server;
    }

    @Override
    public String serverAddress() {
        return House.conversionPointIpv4(0);
    }

    /** There is nothing that remembers what was before. */
    @Override
    public void prepare() {}

    @Override
    public Flow start(TrafficKind kind) {
        return Flow.start(server, house.gateway(), StreamProtocol.MPTCP, serverAddress(), kind);
    }

    @Override
    public void mend() {
        BreakCase.mend(house);
        addRoutes();
    }

    @Override
    public void close() {
        server.close();
        house.close();
    }
}
