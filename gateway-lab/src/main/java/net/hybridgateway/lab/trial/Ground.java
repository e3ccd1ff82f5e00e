package net.hybridgateway.lab.trial;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LabException;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import net.hybridgateway.lab.traffic.Flow;
import net.hybridgateway.lab.traffic.TrafficKind;
import net.hybridgateway.lab.traffic.TrafficServer;
import net.hybridgateway.lab.web.PageVisit;
import net.hybridgateway.lab.web.WebServer;
import net.hybridgateway.netlink.socket.StreamProtocol;

/** Where a trial takes place: a house with servers, a conversion point and the gateway, all of them running. */
final class Ground implements AutoCloseable {
    private static final int TRAFFIC_PORT = 9300;
    private static final int WEB_PORT = 8080;

    private final House house;
    private final TrafficServer traffic;
    private final WebServer web;
    private ConversionPoint conversionPoint;
    private final List<ConversionPoint> others;
    private final Gateway gateway;
    private final GatewayView view;

    private Ground(
            House house,
            TrafficServer traffic,
            WebServer web,
            ConversionPoint conversionPoint,
            List<ConversionPoint> others,
            Gateway gateway) {
        this.house = house;
        this.traffic = traffic;
        this.web = web;
        this.conversionPoint = conversionPoint;
        this.others = others;
        this.gateway = gateway;
        this.view = new GatewayView(gateway);
    }

    /** Builds and starts all of it; {@code configuration} is the gateway's. */
    static Ground lay(HousePlan plan, String configuration) throws IOException {
        return lay(House.build(plan), configuration);
    }

    /** Starts all of it in this house, which is the ground's from now on. */
    static Ground lay(House house, String configuration) throws IOException {
        TrafficServer traffic = null;
        WebServer web = null;
        ConversionPoint conversionPoint = null;
        List<ConversionPoint> others = new ArrayList<>();
        try {
            traffic = TrafficServer.listen(house.web(), StreamProtocol.TCP, TRAFFIC_PORT);
            web = house.web().call(() -> WebServer.listen(WEB_PORT));
            conversionPoint = ConversionPoint.start(house);
            for (int i = 1; i < house.conversionPoints(); i++) {
                others.add(ConversionPoint.start(house, i, "--allow-private"));
            }
            return new Ground(house, traffic, web, conversionPoint, others, Gateway.start(house, configuration));
        } catch (RuntimeException e) {
            others.forEach(ConversionPoint::close);
            close(conversionPoint, web, traffic, house);
            throw e;
        }
    }

    House house() {
        return house;
    }

    Gateway gateway() {
        return gateway;
    }

    GatewayView view() {
        return view;
    }

    /** Starts a flow between the LAN host and the web host. */
    Flow flow(TrafficKind kind) {
        return Flow.start(traffic, house.lanHost(0), StreamProtocol.TCP, House.webIpv4(), kind);
    }

    /** The LAN host opens a page each {@code period}. */
    PageLoads pageLoads(Duration period) {
        return PageLoads.start(house.lanHost(0), webServer(), period);
    }

    /** The LAN host fetches one page. */
    PageVisit visit(int bytes) {
        return PageVisit.make(house.lanHost(0), webServer(), bytes);
    }

    /** The LAN host sends bytes by a request that nobody may make twice. */
    PageVisit post(int bytes) {
        return PageVisit.post(house.lanHost(0), webServer(), bytes);
    }

    private InetSocketAddress webServer() {
        return new InetSocketAddress(House.webIpv4(), web.port());
    }

    LineMeter meter(Access access) {
        return LineMeter.start(house.gateway(), access);
    }

    /** The conversion point crashes. */
    void killConversionPoint() {
        conversionPoint.process().kill();
    }

    /** A killed conversion point starts again; returns when it listens. */
    void restartConversionPoint() {
        conversionPoint.close();
        conversionPoint = ConversionPoint.start(house);
    }

    /** Fails if one of the product's processes has died. */
    void checkAlive() {
        if (!gateway.process().isAlive() || !conversionPoint.process().isAlive()) {
            throw new LabException("the gateway or the conversion point has died");
        }
    }

    @Override
    public void close() throws IOException {
        others.forEach(ConversionPoint::close);
        close(gateway, conversionPoint, web, traffic, house);
    }

    /** Closes all, whatever the others' ends are like. */
    private static void close(AutoCloseable... parts) throws IOException {
        IOException failure = null;
        for (AutoCloseable part : parts) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                failure = failure == null ? new IOException("cannot clean up: " + e.getMessage(), e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
