package net.hybridgateway.lab.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import net.hybridgateway.lab.gateway.Handbook;
import net.hybridgateway.lab.net.Access;
import net.hybridgateway.lab.net.Counters;
import net.hybridgateway.lab.net.Cut;
import net.hybridgateway.lab.net.House;
import net.hybridgateway.lab.net.HousePlan;
import net.hybridgateway.lab.net.LineShape;
import net.hybridgateway.lab.net.Pause;
import net.hybridgateway.lab.net.Requirements;
import net.hybridgateway.lab.product.ConversionPoint;
import net.hybridgateway.lab.product.Gateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole gateway, and an operator somewhere in the internet. */
class MqttHouseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Handbook PAGE = Handbook.page("mqtt.md");
    private static final String ID = "cpe-0017";
    private static final String BASE = "hybrid-gateway/v1/" + ID;

    private House house;
    private Certificates authority;
    private Mosquitto broker;

    @BeforeEach
    void build() {
        assumeTrue(
                Requirements.missing(true).isEmpty(), Requirements.missing(true).orElse(""));
        assumeTrue(Requirements.find("mosquitto").isPresent(), "mosquitto is missing (Debian package mosquitto)");
        house = House.build(HousePlan.shaped(LineShape.of(20, 10), LineShape.of(10, 40)));
        authority = Certificates.of(house);
        broker = Mosquitto.start(house, authority, "IP:" + House.webIpv4());
    }

    @AfterEach
    void remove() {
        if (house != null) {
            house.close();
        }
    }

    @Test
    void tellsABreakOverTheSameConnectionAndOverCellular() {
        try (ConversionPoint point = ConversionPoint.start(house);
                Heard heard = broker.listen(BASE + "/#");
                Gateway gateway = Gateway.start(house, configuration())) {
            assertTrue(point.process().isAlive());
            heard.await(PATIENCE, "/online", "true"::equals);
            // A busy machine may have the gateway suspect the line while both start.
            assertTrue(
                    Pause.until(PATIENCE, () -> lastState(heard).contains("\"mode\":\"normal\"")),
                    () -> lastState(heard));
            assertEquals(List.of("127.0.0.1 operator"), ownConnections(gateway));
            Counters cellularBefore = cellular();

            double cut = System.currentTimeMillis() / 1000.0;
            house.fixed().cut(Cut.CARRIER);
            Heard.Message state =
                    heard.awaitSince(cut, PATIENCE, "/state", text -> text.contains("\"mode\":\"backup\""));
            Heard.Message event =
                    heard.awaitSince(cut, PATIENCE, "/event", text -> text.contains("\"kind\":\"break\""));

            System.out.printf(
                    "after the break of the fixed line, the state arrived at the broker after %.2f s, the event after %.2f s%n",
                    state.atSeconds() - cut, event.atSeconds() - cut);
            assertTrue(cellular().since(cellularBefore).bytesOut() > 0, "nothing went over cellular");
            assertEquals(
                    List.of("true"),
                    heard.messages().stream()
                            .filter(it -> it.topic().endsWith("/online"))
                            .map(Heard.Message::payload)
                            .toList(),
                    "the session ended");
            assertEquals(
                    1,
                    heard.messages().stream()
                            .filter(it -> it.topic().endsWith("/birth"))
                            .count());
        }
    }

    @Test
    void doesWhatTheExamplesAskFor() {
        try (ConversionPoint point = ConversionPoint.start(house);
                Heard heard = broker.listen(BASE + "/#");
                Gateway gateway = Gateway.start(house, configuration())) {
            assertTrue(point.process().isAlive() && gateway.process().isAlive());
            heard.await(PATIENCE, "/online", "true"::equals);
            String inAMinute = Instant.now()
                    .plusSeconds(60)
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString();
            String drill = String.join("", PAGE.example("{\"id\"")).replace("2026-11-29T12:05:00Z", inAMinute);
            assertTrue(drill.contains(inAMinute), drill);
            broker.publish(BASE + "/cmd", drill);
            JsonObject answer =
                    json(heard.await(PATIENCE, "/cmd/result", text -> true).payload());
            assertEquals("done", answer.getString("state"), answer::toString);
            assertTrue(answer.getObject("answer").getObject("result").has("number"), answer::toString);

            broker.publish(BASE + "/config/desired", String.join("", PAGE.example("{\"revision\"")), "-r");
            JsonObject reported = json(heard.await(PATIENCE, "/config/reported", text -> !text.contains("\"trial\""))
                    .payload());
            assertEquals("applied", reported.getString("state"), reported::toString);
            assertTrue(gateway.command("status").contains("standby"), gateway.command("status"));
        }
    }

    @Test
    void isManagedWithoutAConversionPointToo() {
        try (Heard heard = broker.listen(BASE + "/#");
                Gateway gateway = Gateway.start(house, configuration())) {
            heard.await(PATIENCE, "/online", "true"::equals);
            String example = String.join("\n", PAGE.example("mosquitto_rr"));
            JsonObject answer =
                    json(house.web().run("sh", "-ec", example.replace("mosquitto_rr", "mosquitto_rr -W 30")));
            assertEquals("done", answer.getString("state"), answer::toString);
            assertEquals(
                    2,
                    answer.getObject("answer")
                            .getObject("result")
                            .getArray("uplinks")
                            .size());

            house.fixed().cut(Cut.CARRIER);
            heard.await(PATIENCE, "/event", text -> text.contains("\"kind\":\"break\""));
            assertTrue(gateway.process().isAlive());
        }
        try (Heard heard = broker.listen(BASE + "/online")) {
            heard.await(PATIENCE, "/online", "false"::equals);
        }
    }

    @Test
    void carriesNoConnectionOfOtherPrograms() throws IOException {
        try (Heard heard = broker.listen(BASE + "/#");
                Gateway gateway = Gateway.start(house, configuration())) {
            heard.await(PATIENCE, "/online", "true"::equals);
            String listeners = house.gateway().run("ss", "-ltnHp");
            List<Integer> ports = Pattern.compile("127\\.0\\.0\\.1]?:([0-9]+) ")
                    .matcher(listeners)
                    .results()
                    .map(match -> Integer.parseInt(match.group(1)))
                    .toList();
            assertEquals(1, ports.size(), listeners);
            SocketChannel channel = house.gateway().call(SocketChannel::open);
            try (Socket stranger = channel.socket()) {
                stranger.setSoTimeout(10_000);
                SocketException end = assertThrows(SocketException.class, () -> {
                    // A reset, maybe before we look, or the end: whatever comes first.
                    stranger.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(0)), 10_000);
                    if (stranger.getInputStream().read() < 0) {
                        throw new SocketException("closed");
                    }
                });
                assertFalse(end instanceof ConnectException, "somebody listens");
            }
            assertTrue(gateway.process().isAlive());
        }
    }

    private static String lastState(Heard heard) {
        return heard.messages().stream()
                .filter(it -> it.topic().endsWith("/state"))
                .reduce("", (before, it) -> it.payload(), (one, other) -> other);
    }

    private Counters cellular() {
        return house.gateway().counters(Access.CELLULAR.device());
    }

    private static List<String> ownConnections(Gateway gateway) {
        JsonObject connections = json(gateway.command("connections", "--json"));
        return connections.getArray("connections").stream()
                .map(JsonObject.class::cast)
                .filter(it -> it.getString("destination").equals(House.webIpv4() + ":" + Mosquitto.TLS_PORT))
                .map(it -> it.getString("client").replaceAll(":.*", "") + " "
                        + it.getString("conversionPoint", "directly"))
                .toList();
    }

    /** That of docs/mqtt.md. */
    private String configuration() {
        Certificates.Issued own = authority.gateway(ID);
        return Gateway.configuration("on-demand")
                + String.join("\n", PAGE.example("config mqtt"))
                        .replace("broker.example.net", House.webIpv4())
                        .replace(
                                "/etc/hybrid-gateway/ca.pem",
                                authority.authority().toString())
                        .replace(
                                "/etc/hybrid-gateway/gateway.pem",
                                own.certificate().toString())
                        .replace("/etc/hybrid-gateway/gateway.key", own.key().toString())
                + "\n    list allow 'status'\n    list allow 'settings-change'\n    list allow 'drill'\n";
    }

    private static JsonObject json(String text) {
        try {
            return JsonParser.object().from(text);
        } catch (JsonParserException e) {
            throw new AssertionError(text, e);
        }
    }
}
