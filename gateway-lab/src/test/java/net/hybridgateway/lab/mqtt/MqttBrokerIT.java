package net.hybridgateway.lab.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.hybridgateway.lab.net.Counters;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.Node;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.mgmt.config.BrokerAddress;
import net.hybridgateway.mgmt.config.MqttConfig;
import net.hybridgateway.mgmt.config.MqttVersion;
import net.hybridgateway.mgmt.status.EventKind;
import net.hybridgateway.mgmt.status.EventStatus;
import net.hybridgateway.mgmt.status.GatewayMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The session over real TLS with Mosquitto. */
class MqttBrokerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ID = "cpe-1";

    /** DataBudget's figure for a connection, and three small messages. */
    private static final long BUDGET = 6_000 + 3 * 800;

    private static final String BASE = "hybrid-gateway/v1/" + ID;

    private static House house;
    private static Node host;
    private static Certificates authority;
    private static Certificates.Issued own;
    private static Mosquitto broker;

    @BeforeAll
    static void build() {
        assumeTrue(
                Requirements.missing(false).isEmpty(),
                Requirements.missing(false).orElse(""));
        assumeTrue(Requirements.find("mosquitto").isPresent(), "mosquitto is missing (Debian package mosquitto)");
        house = House.build(HousePlan.plain());
        host = house.web();
        authority = Certificates.of(house);
        own = authority.gateway(ID);
        broker = Mosquitto.start(house, authority, "DNS:" + LabAgent.BROKER);
    }

    private static Mosquitto start(Certificates.Issued shown, String folder) {
        return Mosquitto.start(host, house.run().folder().resolve(folder), authority.authority(), shown);
    }

    @AfterAll
    static void remove() {
        if (house != null) {
            house.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MqttVersion.class,
            names = {"V5", "V3"})
    void connectsWithTlsAndItsOwnCertificate(MqttVersion version) {
        try (Heard heard = broker.listen("hybrid-gateway/#");
                LabAgent agent = new LabAgent(host, config(version))) {
            heard.await(PATIENCE, "/online", "true"::equals);
            heard.await(PATIENCE, "/birth", text -> text.contains("\"mqtt\":\"" + version.word() + "\""));
            heard.await(PATIENCE, "/state", text -> text.contains("\"mode\":\"normal\""));

            agent.mode = GatewayMode.BACKUP;
            heard.await(PATIENCE, "/state", text -> text.contains("\"mode\":\"backup\""));
            assertEquals(1, agent.attempts(), agent.said::toString);
        }
        try (Heard heard = broker.listen(BASE + "/#")) {
            heard.await(PATIENCE, "/online", "false"::equals);
            assertTrue(heard.await(PATIENCE, "/state", text -> true).retained());
        }
    }

    /** DataBudget has a figure for the making of a connection: it is to be no less than the truth. */
    @Test
    void aNewConnectionCostsNoMoreThanTheBudgetSays() {
        Pause.of(Duration.ofSeconds(3));
        Counters before = host.counters("lo");
        try (LabAgent agent = new LabAgent(host, config(MqttVersion.V5))) {
            awaitConnected(agent);
            Pause.of(Duration.ofSeconds(3));
            Counters used = host.counters("lo").since(before);
            // The loopback has IPv4 instead of IPv6, no options of Multipath TCP, and counts an Ethernet header.
            long overCellular = used.bytesIn() + (20 + 28 - 14) * used.packetsIn();
            System.out.println("a new connection with TLS and certificates, online, birth and state: " + used.bytesIn()
                    + " bytes in " + used.packetsIn() + " packets; over cellular about " + overCellular);
            assertTrue(overCellular <= BUDGET, overCellular + " bytes");
        }
    }

    @Test
    void saysThatTheBrokerHasTheWrongAuthority() {
        Path stranger =
                Certificates.found(house.run().folder().resolve("stranger")).authority();
        MqttConfig config = LabAgent.config(ID, MqttVersion.AUTO, stranger, own);
        assertTrouble(config, "was not issued by an authority in " + stranger);
    }

    @Test
    void saysThatTheBrokerHasAnotherName() {
        MqttConfig config = LabAgent.config(
                ID,
                MqttVersion.AUTO,
                new BrokerAddress(true, "other.example.net", Mosquitto.TLS_PORT),
                authority.authority(),
                own.certificate(),
                own.key());
        assertTrouble(config, "the broker's certificate is not one of other.example.net");
    }

    @Test
    void saysThatTheKeyHasAnOldForm() {
        Path old = authority.inOldForm(own);
        MqttConfig config = LabAgent.config(
                ID,
                MqttVersion.AUTO,
                new BrokerAddress(true, LabAgent.BROKER, Mosquitto.TLS_PORT),
                authority.authority(),
                own.certificate(),
                old);
        assertTrouble(config, "openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void saysThatTheBrokerDoesNotAcceptItsCertificate() {
        Certificates others = Certificates.found(house.run().folder().resolve("others"));
        MqttConfig config = LabAgent.config(ID, MqttVersion.AUTO, authority.authority(), others.gateway("cpe-9"));
        assertTrouble(config, "accept the gateway's certificate (cert_file)");
    }

    @Test
    void saysThatItsClockIsWrong() {
        broker.close();
        Mosquitto future = start(authority.brokerOfNextYear("future", "DNS:" + LabAgent.BROKER), "future-files");
        try {
            assertTrouble(config(MqttVersion.AUTO), "the clock is probably wrong");
        } finally {
            future.close();
            broker.start();
        }
    }

    @Test
    void saysThatItMayNotUseATopic() {
        // The broker knows the gateway by its certificate, and that is for another one.
        MqttConfig config = LabAgent.config("cpe-2", MqttVersion.V5, authority.authority(), own);
        try (LabAgent agent = new LabAgent(host, config)) {
            assertTrue(
                    Pause.until(
                            PATIENCE, () -> agent.said.stream().anyMatch(line -> line.contains("does not let this"))),
                    agent.said::toString);
            assertTrue(agent.view().connected(), agent.said::toString);
        }
    }

    @Test
    void theBrokerSaysThatItIsGone() throws IOException {
        try (Heard heard = broker.listen(BASE + "/online");
                LabAgent agent = new LabAgent(host, config(MqttVersion.V5))) {
            heard.await(PATIENCE, "/online", "true"::equals);
            agent.breakConnection();
            // In front may be what was retained.
            assertTrue(
                    Pause.until(PATIENCE, () -> {
                        List<String> all = online(heard);
                        return all.size() >= 3
                                && List.of("true", "false", "true").equals(all.subList(all.size() - 3, all.size()));
                    }),
                    () -> heard.messages().toString());
        }
    }

    private static List<String> online(Heard heard) {
        return heard.messages().stream().map(Heard.Message::payload).toList();
    }

    @Test
    void answersACommand() {
        long before = broker.subscriptions(BASE + "/cmd");
        try (LabAgent agent = new LabAgent(host, config(MqttVersion.V5))) {
            awaitListening(agent, before);
            JsonObject answer = json(broker.ask(BASE + "/cmd", "{\"id\":\"a1\",\"command\":\"status\"}"));
            assertEquals("done", answer.getString("state"));
            assertEquals(
                    "status",
                    answer.getObject("answer")
                            .getObject("result")
                            .getObject("asked")
                            .getString("command"));
            JsonObject refused = json(broker.ask(BASE + "/cmd", "{\"id\":\"a2\",\"command\":\"reboot\"}"));
            assertEquals("refused", refused.getString("state"));
        }
    }

    @Test
    void answersACommandOfMqtt311() {
        long before = broker.subscriptions(BASE + "/cmd");
        try (Heard heard = broker.listen(BASE + "/cmd/result");
                LabAgent agent = new LabAgent(host, config(MqttVersion.V3))) {
            awaitListening(agent, before);
            Instant end = Instant.now().plusSeconds(300);
            broker.publish(BASE + "/cmd", "{\"id\":\"old-1\",\"command\":\"status\",\"expires\":\"" + end + "\"}");
            heard.await(
                    PATIENCE, "/cmd/result", text -> text.contains("\"id\":\"old-1\"") && text.contains("\"done\""));
        }
    }

    @Test
    void refusesRetainedCommands() {
        String before = "{\"id\":\"kept-1\",\"command\":\"status\"}";
        String whileThere = "{\"id\":\"kept-2\",\"command\":\"status\"}";
        broker.publish(BASE + "/cmd", before, "-r", "-D", "publish", "message-expiry-interval", "600");
        try (Heard heard = broker.listen(BASE + "/cmd/result");
                LabAgent agent = new LabAgent(host, config(MqttVersion.V5))) {
            heard.await(PATIENCE, "/cmd/result", text -> text.contains("it is retained"));
            broker.publish(BASE + "/cmd", whileThere, "-r", "-D", "publish", "message-expiry-interval", "600");
            assertTrue(Pause.until(PATIENCE, () -> heard.messages().size() == 2), heard.messages()::toString);
            assertTrue(heard.messages().stream().allMatch(it -> it.payload().contains("it is retained")));
            assertTrue(agent.said.stream().noneMatch(line -> line.contains("command")), agent.said::toString);
        } finally {
            broker.publish(BASE + "/cmd", "", "-r");
        }
    }

    @Test
    void tellsAfterwardsWhatHappenedWithoutABroker() {
        try (LabAgent agent = new LabAgent(host, config(MqttVersion.V5))) {
            awaitConnected(agent);
            agent.cutOff = true;
            broker.kill();
            assertTrue(Pause.until(PATIENCE, () -> !agent.view().connected()));
            agent.events = IntStream.rangeClosed(1, 30)
                    .mapToObj(i -> new EventStatus(
                            i, Instant.EPOCH, 0, 0, EventKind.RETURN, "fixed", "It came back.", 1, Optional.empty()))
                    .toList();
            Pause.of(Duration.ofSeconds(3));
            broker.start();
            try (Heard heard = broker.listen(BASE + "/event")) {
                agent.cutOff = false;
                heard.await(PATIENCE, "/event", text -> text.contains("\"sequence\":30,"));
                assertEquals(
                        IntStream.rangeClosed(1, 30).boxed().toList(),
                        heard.messages().stream()
                                .map(it -> json(it.payload()).getInt("sequence"))
                                .toList());
            }
        }
    }

    /** Paho loses a thread for each of these, if it is not kept from it. */
    @Test
    void losesNoThreadToABrokerThatHangsUpAtOnce() throws IOException, InterruptedException {
        ServerSocket rude = host.call(ServerSocketChannel::open).socket();
        rude.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread hangsUp = new Thread(() -> {
            while (!rude.isClosed()) {
                try {
                    rude.accept().close();
                } catch (IOException e) {
                    return;
                }
            }
        });
        hangsUp.start();
        MqttConfig config = LabAgent.config(
                ID,
                MqttVersion.V5,
                new BrokerAddress(false, "127.0.0.1", rude.getLocalPort()),
                authority.authority(),
                own.certificate(),
                own.key());
        for (int i = 0; i < 10; i++) {
            try (LabAgent agent = new LabAgent(host, config)) {
                assertTrue(
                        Pause.until(PATIENCE, () -> agent.view().trouble().contains("closed or reset")),
                        () -> agent.view() + " " + agent.said);
            }
        }
        rude.close();
        hangsUp.join();
        assertTrue(Pause.until(PATIENCE, () -> pahoThreads() == 0), () -> pahoThreads() + " threads of Paho are left");
    }

    private static long pahoThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("MQTT "))
                .count();
    }

    private static MqttConfig config(MqttVersion version) {
        return LabAgent.config(ID, version, authority.authority(), own);
    }

    private static void awaitConnected(LabAgent agent) {
        assertTrue(Pause.until(PATIENCE, () -> agent.view().connected()), () -> agent.view() + " " + agent.said);
    }

    /** Connected, and what is sent to it arrives. */
    private static void awaitListening(LabAgent agent, long subscriptionsBefore) {
        awaitConnected(agent);
        assertTrue(Pause.until(PATIENCE, () -> broker.subscriptions(BASE + "/cmd") > subscriptionsBefore), broker::log);
    }

    private static void assertTrouble(MqttConfig config, String words) {
        try (LabAgent agent = new LabAgent(host, config)) {
            assertTrue(
                    Pause.until(PATIENCE, () -> agent.view().trouble().contains(words)),
                    () -> agent.view() + " " + agent.said);
            System.out.println(agent.view().trouble());
            assertFalse(agent.view().connected());
        }
    }

    private static JsonObject json(String text) {
        try {
            return JsonParser.object().from(text);
        } catch (JsonParserException e) {
            throw new AssertionError(text, e);
        }
    }
}
