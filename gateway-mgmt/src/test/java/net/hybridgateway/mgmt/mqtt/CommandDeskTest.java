package net.hybridgateway.mgmt.mqtt;

import static net.hybridgateway.mgmt.mqtt.SessionSimulation.FIRST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands from afar, through the whole session. */
class CommandDeskTest {
    private final SessionSimulation house = new SessionSimulation(SessionSimulation.config(FIRST));

    @BeforeEach
    void connect() {
        house.pass(Duration.ofMinutes(1));
    }

    @Test
    void carriesOutACommandAndAnswers() {
        house.commands = request -> "{\"ok\":true,\"result\":{\"mode\":\"normal\"}}";
        house.command("{\"id\":\"a-1\",\"command\":\"drill\",\"arguments\":{\"uplink\":\"cellular\"}}");

        assertEquals(List.of("{\"command\":\"drill\",\"uplink\":\"cellular\"}"), house.requests);
        JsonObject result = house.lastPublished("cmd/result");
        assertEquals("a-1", result.getString("id"));
        assertEquals("drill", result.getString("command"));
        assertEquals("done", result.getString("state"));
        assertEquals("normal", result.getObject("answer").getObject("result").getString("mode"));
    }

    @Test
    void answersWhereItIsAskedTo() {
        Octets correlation = Octets.of(new byte[] {1, 2, (byte) 0xff});
        house.arrive(new Arrival(
                "hybrid-gateway/v1/gw1/cmd",
                Octets.utf8("{\"id\":\"1\",\"command\":\"status\"}"),
                false,
                false,
                Optional.of("operators/alice"),
                Optional.of(correlation),
                OptionalLong.of(30)));

        Publication answer = house.published()
                .filter(it -> it.topic().equals("operators/alice"))
                .findFirst()
                .orElseThrow();
        assertEquals(Optional.of(correlation), answer.correlation());
        assertEquals(1, answer.quality());
        assertTrue(!answer.retained());
    }

    @ParameterizedTest
    @MethodSource
    void neverAnswersInATopicThatOthersTrust(String topic) {
        house.arrive(new Arrival(
                "hybrid-gateway/v1/gw1/cmd",
                Octets.utf8("{\"id\":\"1\",\"command\":\"status\"}"),
                false,
                false,
                Optional.of(topic),
                Optional.empty(),
                OptionalLong.of(30)));
        assertEquals(1, house.published("cmd/result").size());
    }

    static List<String> neverAnswersInATopicThatOthersTrust() {
        return List.of(
                "hybrid-gateway/v1/gw1/state",
                "hybrid-gateway/v1/gw1/cmd",
                "hybrid-gateway/v1/gw1/config/desired",
                "operators/+",
                "#",
                "$SYS/x",
                "",
                "x".repeat(300));
    }

    @Test
    void refusesWhatIsRetained() {
        house.arrive(new Arrival(
                "hybrid-gateway/v1/gw1/cmd",
                Octets.utf8("{\"id\":\"1\",\"command\":\"status\"}"),
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(30)));

        assertEquals(List.of(), house.requests);
        assertEquals("refused", house.lastPublished("cmd/result").getString("state"));
        assertTrue(house.lastPublished("cmd/result").getString("error").startsWith("it is retained"));
    }

    @Test
    void refusesWhatItHasSeen() {
        house.command("{\"id\":\"once\",\"command\":\"status\"}");
        house.command("{\"id\":\"once\",\"command\":\"status\"}");

        assertEquals(1, house.requests.size());
        assertEquals("refused", house.lastPublished("cmd/result").getString("state"));
    }

    @Test
    void doesNotAnswerTwiceWhatTheBrokerSendsTwice() {
        house.command("{\"id\":\"once\",\"command\":\"status\"}");
        Arrival again = new Arrival(
                "hybrid-gateway/v1/gw1/cmd",
                Octets.utf8("{\"id\":\"once\",\"command\":\"status\"}"),
                false,
                true,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(60));
        house.arrive(again);

        assertEquals(1, house.requests.size());
        assertEquals(1, house.published("cmd/result").size());
    }

    @Test
    void remembersAnIdForAsLongAsItsCommandIsValid() {
        for (int i = 0; i < ReplayGuard.MOST; i++) {
            house.command("{\"id\":\"" + i + "\",\"command\":\"status\"}");
        }
        house.command("{\"id\":\"one-more\",\"command\":\"status\"}");
        assertEquals(ReplayGuard.MOST, house.requests.size());
        assertTrue(house.lastPublished("cmd/result").getString("error").startsWith("too many commands"));

        house.pass(Duration.ofSeconds(61));
        house.command("{\"id\":\"one-more\",\"command\":\"status\"}");
        assertEquals(ReplayGuard.MOST + 1, house.requests.size());
    }

    @Test
    void refusesWhatHasExpired() {
        String late = Messages.text(house.now().wall().minusSeconds(1));
        house.arrive(withoutExpiry("{\"id\":\"1\",\"command\":\"status\",\"expires\":\"" + late + "\"}"));
        assertEquals(List.of(), house.requests);
        assertEquals("expired", house.lastPublished("cmd/result").getString("state"));
    }

    @Test
    void carriesOutWhatHasNotExpired() {
        String soon = Messages.text(house.now().wall().plusSeconds(20));
        house.arrive(withoutExpiry("{\"id\":\"1\",\"command\":\"status\",\"expires\":\"" + soon + "\"}"));
        assertEquals(1, house.requests.size());
    }

    @Test
    void saysThatItCannotJudgeAnEndWhileItsClockIsWrong() {
        house.wall(Instant.parse("1970-01-01T00:10:00Z"));
        house.arrive(withoutExpiry("{\"id\":\"1\",\"command\":\"status\",\"expires\":\"2026-11-29T12:00:00Z\"}"));
        assertEquals(List.of(), house.requests);
        assertTrue(house.lastPublished("cmd/result").getString("error").contains("clock is not set"));
        house.command("{\"id\":\"1\",\"command\":\"status\"}");
        assertEquals(1, house.requests.size(), "the message expiry interval needs no clock");
    }

    @ParameterizedTest
    @MethodSource
    void refusesBadInputAndSaysWhy(String payload, String why) {
        house.arrive(withoutExpiry(payload));

        assertEquals(List.of(), house.requests);
        JsonObject result = house.lastPublished("cmd/result");
        assertEquals("refused", result.getString("state"));
        assertTrue(result.getString("error").contains(why), result::toString);
        assertTrue(result.getString("error").length() < 400, result::toString);
    }

    static Stream<Arguments> refusesBadInputAndSaysWhy() {
        String end = "\"expires\":\"2026-11-29T12:30:00Z\"";
        return Stream.of(
                Arguments.of("", "not one JSON object"),
                Arguments.of("reboot", "not one JSON object"),
                Arguments.of("[]", "not one JSON object"),
                Arguments.of("{\"id\":\"1\"", "not one JSON object"),
                Arguments.of("{}", "\"id\""),
                Arguments.of("{\"id\":7,\"command\":\"status\"," + end + "}", "\"id\""),
                Arguments.of("{\"id\":\"\",\"command\":\"status\"," + end + "}", "\"id\""),
                Arguments.of("{\"id\":\"a b\",\"command\":\"status\"," + end + "}", "\"id\""),
                Arguments.of("{\"id\":\"" + "x".repeat(65) + "\",\"command\":\"status\"," + end + "}", "\"id\""),
                Arguments.of("{\"id\":\"1\"," + end + "}", "\"command\""),
                Arguments.of("{\"id\":\"1\",\"command\":[]," + end + "}", "\"command\""),
                Arguments.of("{\"id\":\"1\",\"command\":\"" + "y".repeat(4000) + "\"," + end + "}", "is not allowed"),
                Arguments.of("{\"id\":\"1\",\"command\":\"reload\"," + end + "}", "allowed are drill, status"),
                Arguments.of("{\"id\":\"1\",\"command\":\"status\"}", "it needs an end"),
                Arguments.of("{\"id\":\"1\",\"command\":\"status\",\"expires\":12}", "is a moment like"),
                Arguments.of("{\"id\":\"1\",\"command\":\"status\",\"expires\":\"soon\"}", "is a moment like"),
                Arguments.of("{\"id\":\"1\",\"command\":\"status\",\"expires\":\"2099-01-01T00:00:00Z\"}", "too long"),
                Arguments.of("{\"id\":\"1\",\"command\":\"status\",\"arguments\":[]," + end + "}", "is an object"),
                Arguments.of(
                        "{\"id\":\"1\",\"command\":\"status\",\"arguments\":{\"command\":\"reload\"}," + end + "}",
                        "does not belong"),
                Arguments.of(
                        "{\"id\":\"1\",\"command\":\"status\",\"sudo\":true," + end + "}", "unknown member \"sudo\""),
                Arguments.of("[".repeat(5000), "nested deeper"),
                Arguments.of("{\"id\":\"" + "z".repeat(9000) + "\"}", "has 9009 bytes"));
    }

    @Test
    void refusesWhatIsNotText() {
        house.arrive(new Arrival(
                "hybrid-gateway/v1/gw1/cmd",
                Octets.of(new byte[] {'{', (byte) 0xc3, '}'}),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty()));
        assertTrue(house.lastPublished("cmd/result").getString("error").contains("UTF-8"));
    }

    @Test
    void doesNotSendAnAnswerThatIsTooLong() {
        house.commands = request -> "{\"ok\":true,\"result\":\"" + "x".repeat(60_000) + "\"}";
        house.command("{\"id\":\"1\",\"command\":\"status\"}");
        JsonObject result = house.lastPublished("cmd/result");
        assertEquals("failed", result.getString("state"));
        assertTrue(result.getString("error").contains("ask for less"));
    }

    @Test
    void saysThatACommandFailed() {
        house.commands = request -> "{\"ok\":false,\"error\":\"a drill is under way\"}";
        house.command("{\"id\":\"1\",\"command\":\"drill\"}");
        JsonObject result = house.lastPublished("cmd/result");
        assertEquals("failed", result.getString("state"));
        assertEquals("a drill is under way", result.getObject("answer").getString("error"));
    }

    private static Arrival withoutExpiry(String payload) {
        return new Arrival(
                "hybrid-gateway/v1/gw1/cmd",
                Octets.utf8(payload),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }
}
