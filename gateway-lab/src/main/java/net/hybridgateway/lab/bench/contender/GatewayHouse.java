package net.hybridgateway.lab.bench.contender;

import net.hybridgateway.lab.net.BreakCase;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;
import net.hybridgateway.lab.traffic.TrafficServer;
import net.hybridgateway.netlink.socket.StreamProtocol;

/**
 * A house with this gateway: a LAN host's plain TCP through the daemon and the conversion point to a web host.
 *
 * <p>The daemon is started anew for each measurement. It distrusts a line that breaks time and again (its hold-down doubles), and
 * so thirty breaks in a row are not what a household sees; and a break meets code that the virtual machine has not yet
 * compiled, as it does in a daemon that saw none for weeks.
 */
public final class GatewayHouse implements ContenderHouse {
    private final House house;
    private final TrafficServer server;
    private final ConversionPoint conversionPoint;
    private final String cellularUse;
    private Gateway gateway;

    private GatewayHouse(House house, String cellularUse) {
        this.house = house;
        this.cellularUse = cellularUse;
        this.server = TrafficServer.listen(house.web(), StreamProtocol.TCP, 0);
        this.conversionPoint = ConversionPoint.start(house);
    }

    /**
     * Builds one.
     *
     * @param plan its lines
     * @param cellularUse as the configuration's {@code use} names it
     */
    public static GatewayHouse build(HousePlan plan, String cellularUse) {
        House house = House.build(plan);
        try {
            return new GatewayHouse(house, cellularUse);
        } catch (RuntimeException e) {
            house.close();
            throw e;
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
        return House.webIpv4();
    }

    @Override
    public void prepare() {
        gateway = Gateway.start(house, Gateway.configuration(cellularUse));
    }

    @Override
    public Flow start(TrafficKind kind) {
        return Flow.start(server, house.lanHost(0), StreamProtocol.TCP, serverAddress(), kind);
    }

    @Override
    public void mend() {
        stopGateway();
        BreakCase.mend(house);
    }

    private void stopGateway() {
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
    }

    @Override
    public void close() {
        stopGateway();
        conversionPoint.close();
        server.close();
        house.close();
    }
}
