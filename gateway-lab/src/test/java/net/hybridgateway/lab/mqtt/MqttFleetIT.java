package net.hybridgateway.lab.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.mgmt.config.BrokerAddress;
import net.hybridgateway.mgmt.config.MqttConfig;
import net.hybridgateway.mgmt.config.MqttVersion;
import net.hybridgateway.mgmt.mqtt.MqttThread;
import net.hybridgateway.mgmt.status.GatewayMode;
import org.junit.jupiter.api.Test;

/** A thousand gateways in one process, each with a session and a TLS connection of its own, lose their broker. */
class MqttFleetIT {
    private static final int GATEWAYS = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    @Test
    void aThousandGatewaysComeBackWithoutAStorm() {
        assumeTrue(
                Requirements.missing(false).isEmpty(),
                Requirements.missing(false).orElse(""));
        assumeTrue(Requirements.find("mosquitto").isPresent(), "mosquitto is missing (Debian package mosquitto)");
        List<LabAgent> agents = new ArrayList<>();
        ScheduledExecutorService thread = MqttThread.make();
        try (House house = House.build(HousePlan.plain())) {
            Node host = house.web();
            Certificates authority = Certificates.of(house);
            Certificates.Issued own = authority.gateway("fleet");
            Mosquitto broker = Mosquitto.start(house, authority, "DNS:" + LabAgent.BROKER);
            for (int i = 0; i < GATEWAYS; i++) {
                agents.add(new LabAgent(host, config("cpe-" + i, authority, own), thread));
            }
            awaitAll(agents, true);
            System.out.println(GATEWAYS + " sessions in one process: " + Thread.activeCount() + " threads, "
                    + (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1_000_000
                    + " MB of heap");

            long killed = System.nanoTime();
            broker.kill();
            awaitAll(agents, false);
            // What they have to tell when they are back is not what they told before.
            agents.forEach(agent -> agent.mode = GatewayMode.BACKUP);
            Pause.of(Duration.ofSeconds(5));
            broker.start();
            long back = System.nanoTime();
            awaitAll(agents, true);
            double seconds = (System.nanoTime() - back) / 1e9;

            Map<Long, Long> perSecond = agents.stream()
                    .flatMap(agent -> agent.attemptNanos().stream())
                    .filter(at -> at - killed > 0)
                    .collect(Collectors.groupingBy(
                            at -> TimeUnit.NANOSECONDS.toSeconds(at - killed), TreeMap::new, Collectors.counting()));
            long peak =
                    perSecond.values().stream().mapToLong(Long::longValue).max().orElseThrow();
            System.out.printf(
                    "all %d back %.1f s after the broker; peak %d attempts in a second; by second since its death: %s%n",
                    GATEWAYS, seconds, peak, perSecond);
            assertTrue(peak < GATEWAYS / 2, "a storm: " + peak + " attempts in a second");
            assertEveryStateIsRight(broker);
        } finally {
            agents.parallelStream().forEach(LabAgent::close);
            thread.shutdown();
        }
    }

    private static void assertEveryStateIsRight(Mosquitto broker) {
        try (Heard heard = broker.listen("hybrid-gateway/v1/fleet/+/state", "hybrid-gateway/v1/fleet/+/online")) {
            boolean right = Pause.until(PATIENCE, () -> {
                Map<String, String> last = heard.messages().stream()
                        .collect(Collectors.toMap(
                                Heard.Message::topic, Heard.Message::payload, (first, second) -> second));
                long states = last.entrySet().stream()
                        .filter(it ->
                                it.getKey().endsWith("/state") && it.getValue().contains("\"mode\":\"backup\""))
                        .count();
                long online = last.entrySet().stream()
                        .filter(it ->
                                it.getKey().endsWith("/online") && it.getValue().equals("true"))
                        .count();
                return states == GATEWAYS && online == GATEWAYS;
            });
            assertTrue(
                    right, () -> "not every state is right: " + heard.messages().size() + " messages");
            assertEquals(
                    2L * GATEWAYS,
                    heard.messages().stream()
                            .map(Heard.Message::topic)
                            .distinct()
                            .count());
        }
    }

    private static void awaitAll(List<LabAgent> agents, boolean connected) {
        assertTrue(
                Pause.until(PATIENCE, () -> agents.stream()
                        .allMatch(agent -> agent.view().connected() == connected)),
                () -> agents.stream()
                                .filter(agent -> agent.view().connected() != connected)
                                .count()
                        + " are not " + (connected ? "" : "dis") + "connected: "
                        + agents.stream()
                                .filter(agent -> agent.view().connected() != connected)
                                .limit(3)
                                .map(agent -> agent.said.toString())
                                .toList());
    }

    private static MqttConfig config(String id, Certificates authority, Certificates.Issued own) {
        return new MqttConfig(
                true,
                List.of(new BrokerAddress(true, LabAgent.BROKER, Mosquitto.TLS_PORT)),
                Optional.of(id),
                "hybrid-gateway/v1/fleet",
                new MqttConfig.Credentials(Optional.empty(), Optional.empty(), Optional.empty()),
                new MqttConfig.Tls(
                        Optional.of(authority.authority()), Optional.of(own.certificate()), Optional.of(own.key())),
                MqttVersion.V5,
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Set.of(),
                false,
                Duration.ofMinutes(5));
    }
}
