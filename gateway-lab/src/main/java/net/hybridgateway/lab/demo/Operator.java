package net.hybridgateway.lab.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.lab.mqtt.Certificates;
import net.hybridgateway.lab.mqtt.Heard;
import net.hybridgateway.lab.mqtt.Mosquitto;
import net.hybridgateway.lab.net.House;

/** Whom the demo's gateway tells over MQTT how it is: a broker in the internet, and a listener that hears everything. */
final class Operator implements AutoCloseable {
    private static final String ID = "home-1";
    private static final String BASE = "hybrid-gateway/v1/" + ID;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final House house;
    private final Certificates authority;
    private final Mosquitto broker;
    private final Heard heard;

    private Operator(House house, Certificates authority, Mosquitto broker) {
        this.house = house;
        this.authority = authority;
        this.broker = broker;
        this.heard = broker.listen(BASE + "/#");
    }

    static Operator start(House house) {
        Certificates authority = Certificates.of(house);
        Mosquitto broker = Mosquitto.start(house, authority, "IP:" + House.webIpv4());
        return new Operator(house, authority, broker);
    }

    /** The section that leads a gateway here. */
    String configuration() {
        return Mosquitto.section(authority, ID);
    }

    /** Waits until the gateway is there; it takes its time, at random, so that a whole town does not come at once. */
    void awaitGateway() {
        heard.await(PATIENCE, "/online", "true"::equals);
    }

    /** What it said since a moment of {@link System#nanoTime()}. */
    List<Told> toldSince(long cutNanos) {
        double cutSeconds = System.currentTimeMillis() / 1e3 - (System.nanoTime() - cutNanos) / 1e9;
        return heard.messages().stream()
                .filter(message -> message.atSeconds() >= cutSeconds)
                .map(message -> Told.of(message, BASE, cutSeconds))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The command that shows it all. */
    String listening() {
        return "sudo ip netns exec " + house.web().namespace() + " mosquitto_sub -p " + Mosquitto.OPERATOR_PORT
                + " -v -t '" + BASE + "/#'";
    }

    @Override
    public void close() {
        heard.close();
        broker.close();
    }
}
