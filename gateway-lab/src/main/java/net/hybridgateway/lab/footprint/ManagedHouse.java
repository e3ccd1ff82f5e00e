package net.hybridgateway.lab.footprint;

import java.time.Duration;
import net.hybridgateway.lab.mqtt.Certificates;
import net.hybridgateway.lab.mqtt.Heard;
import net.hybridgateway.lab.mqtt.Mosquitto;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;

/** A house whose gateway has all that a home's has: the page, a broker that it is managed by, a conversion point. */
public final class ManagedHouse implements AutoCloseable {
    private static final String ID = "home-1";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final House house;
    private final ConversionPoint conversionPoint;
    private final Mosquitto broker;
    private final String configuration;

    private ManagedHouse(House house) {
        this.house = house;
        Certificates authority = Certificates.of(house);
        this.broker = Mosquitto.start(house, authority, "IP:" + House.webIpv4());
        this.conversionPoint = ConversionPoint.start(house);
        this.configuration =
                Gateway.configuration("on-demand") + "config web 'web'\n" + Mosquitto.section(authority, ID);
    }

    /** Builds one with lines that take no time. */
    public static ManagedHouse build() {
        House house = House.build(HousePlan.plain());
        try {
            return new ManagedHouse(house);
        } catch (RuntimeException e) {
            house.close();
            throw e;
        }
    }

    public House house() {
        return house;
    }

    /** The gateway's. */
    public String configuration() {
        return configuration;
    }

    /** Waits until the gateway has told the broker that it is there. It takes its time, so that not all homes come at once. */
    public void awaitManaged() {
        try (Heard heard = broker.listen("hybrid-gateway/v1/" + ID + "/#")) {
            heard.await(PATIENCE, "/online", "true"::equals);
        }
    }

    @Override
    public void close() {
        conversionPoint.close();
        broker.close();
        house.close();
    }
}
