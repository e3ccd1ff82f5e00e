package net.hybridgateway.mgmt.mqtt;

import static net.hybridgateway.mgmt.mqtt.SessionSimulation.FIRST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import net.hybridgateway.mgmt.config.MqttConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Desired settings, through the whole session. */
class DesiredConfigTest {
    private static final MqttConfig CONFIG = SessionSimulation.config(Set.of("settings-change"), FIRST);

    private final SessionSimulation house = new SessionSimulation(CONFIG);
    private final FakeSettings settings = new FakeSettings(house::elapsed);

    @BeforeEach
    void connect() {
        house.commands = settings::answer;
        house.pass(Duration.ofMinutes(1));
    }

    @Test
    void appliesWhatIsReachableAfterwards() {
        desire("r1", "standby");
        house.pass(Duration.ofSeconds(10));

        assertEquals("standby", settings.use());
        assertEquals("trial", house.published("config/reported").get(0).getString("state"));
        JsonObject reported = house.lastPublished("config/reported");
        assertEquals("applied", reported.getString("state"));
        assertEquals("r1", reported.getString("revision"));
        assertEquals(13, reported.getInt("settingsRevision"));
        assertEquals(2, house.connects().count(), "the connection that proves it is a new one");
        house.pass(Duration.ofHours(1));
        assertEquals("standby", settings.use(), "it was confirmed");
    }

    @Test
    void rollsBackWhatCutsTheGatewayOff() {
        settings.applied = () -> house.dead.add(FIRST);
        settings.reverted = () -> house.dead.remove(FIRST);
        desire("r1", "always");
        house.pass(Duration.ofSeconds(60));
        assertEquals("always", settings.use());
        assertFalse(house.session().view().connected());

        house.pass(Duration.ofMinutes(6));

        assertEquals("on-demand", settings.use());
        assertTrue(house.session().view().connected());
        JsonObject reported = house.lastPublished("config/reported");
        assertEquals("rolled-back", reported.getString("state"));
        assertEquals(14, reported.getInt("settingsRevision"));
        assertTrue(house.requests.stream().noneMatch(request -> request.contains("settings-confirm")));
    }

    @Test
    void doesNotConfirmOverAConnectionThatNobodyAcknowledges() {
        settings.applied = () -> house.acknowledges = false;
        settings.reverted = () -> house.acknowledges = true;
        desire("r1", "always");
        house.pass(Duration.ofMinutes(8));

        assertEquals("on-demand", settings.use());
        assertEquals("rolled-back", house.lastPublished("config/reported").getString("state"));
    }

    @Test
    void tellsTheErrorOfEachField() {
        desire("r1", "sometimes");

        JsonObject reported = house.lastPublished("config/reported");
        assertEquals("refused", reported.getString("state"));
        JsonObject field = reported.getArray("fields").getObject(0);
        assertEquals("use", field.getString("option"));
        assertEquals("allowed is on-demand, standby or always", field.getString("message"));
        assertEquals("on-demand", settings.use());
    }

    @Test
    void doesNothingWhereNothingHasToChange() {
        desire("r1", "on-demand");

        assertEquals("applied", house.lastPublished("config/reported").getString("state"));
        assertEquals(List.of("{\"command\":\"settings\"}"), house.requests);
        assertEquals(1, house.connects().count());
    }

    @Test
    void leavesAloneWhatItHasDealtWith() {
        desire("r1", "standby");
        house.pass(Duration.ofSeconds(10));
        int before = house.requests.size();

        // The household has changed its mind since; the message is retained, and comes again with each connection.
        house.restart(CONFIG);
        house.pass(Duration.ofSeconds(10));
        desire("r1", "always");
        house.pass(Duration.ofSeconds(10));

        assertEquals(before, house.requests.size());
    }

    @Test
    void confirmsAfterARestartInTheMiddle() {
        settings.applied = () -> house.dead.add(FIRST);
        desire("r1", "standby");
        house.dead.clear();
        house.restart(CONFIG);
        house.pass(Duration.ofSeconds(10));

        assertEquals("applied", house.lastPublished("config/reported").getString("state"));
        house.pass(Duration.ofHours(1));
        assertEquals("standby", settings.use());
    }

    @Test
    void tellsAfterARestartThatSettingsHaveRevertedMeanwhile() {
        settings.applied = () -> house.dead.add(FIRST);
        desire("r1", "standby");
        house.pass(Duration.ofMinutes(3));
        settings.revertIfDue();
        house.remembered = Optional.of("{\"revision\":\"r1\",\"state\":\"trial\",\"settingsRevision\":13}");
        house.dead.clear();
        house.restart(CONFIG);
        house.pass(Duration.ofSeconds(10));

        assertEquals("rolled-back", house.lastPublished("config/reported").getString("state"));
        assertEquals("on-demand", settings.use());
    }

    @Test
    void waitsWithTheNextUntilOneIsDone() {
        desire("r1", "standby");
        desire("r2", "always");
        assertEquals("standby", settings.use());
        house.pass(Duration.ofMinutes(1));

        assertEquals("always", settings.use());
        assertEquals("r2", house.lastPublished("config/reported").getString("revision"));
        assertEquals("applied", house.lastPublished("config/reported").getString("state"));
    }

    @Test
    void changesNothingThatTheHouseholdDoesNotAllow() {
        SessionSimulation other = new SessionSimulation(SessionSimulation.config(FIRST));
        other.commands = settings::answer;
        other.pass(Duration.ofMinutes(1));
        other.arrive(arrival("{\"revision\":1,\"sections\":[]}"));

        assertEquals(List.of(), other.requests);
        assertEquals("refused", other.lastPublished("config/reported").getString("state"));
        assertTrue(other.lastPublished("config/reported").getString("error").contains("'allow'"));
    }

    @Test
    void ignoresThatTheTopicIsCleared() {
        house.arrive(arrival(""));
        assertEquals(List.of(), house.published("config/reported"));
    }

    @ParameterizedTest
    @MethodSource
    void refusesBadInputAndChangesNothing(String payload, String why) {
        house.arrive(arrival(payload));

        assertEquals(List.of(), house.requests);
        JsonObject reported = house.lastPublished("config/reported");
        assertEquals("refused", reported.getString("state"));
        assertTrue(reported.getString("error").contains(why), reported::toString);
        house.pass(Duration.ofMinutes(5));
        assertEquals("on-demand", settings.use());
    }

    static Stream<Arguments> refusesBadInputAndChangesNothing() {
        String head = "{\"revision\":\"r1\",\"sections\":";
        return Stream.of(
                Arguments.of("use=standby", "not one JSON object"),
                Arguments.of("{}", "\"revision\""),
                Arguments.of("{\"revision\":{},\"sections\":[]}", "\"revision\""),
                Arguments.of("{\"revision\":\"" + "r".repeat(65) + "\",\"sections\":[]}", "\"revision\""),
                Arguments.of("{\"revision\":\"r1\"}", "\"sections\""),
                Arguments.of(head + "{}}", "\"sections\""),
                Arguments.of(head + "[7]}", "section 1 is not an object"),
                Arguments.of(head + "[{\"type\":\"uplink\"}]}", "section 1 needs"),
                Arguments.of(head + "[{\"type\":\"a\",\"name\":\"b\",\"options\":[]}]}", "is an object"),
                Arguments.of(head + "[{\"type\":\"a\",\"name\":\"b\",\"options\":{\"use\":7}}]}", "is a string"),
                Arguments.of(head + "[{\"type\":\"a\",\"name\":\"b\",\"options\":{\"use\":[7]}}]}", "is a string"),
                Arguments.of(head + "[{\"type\":\"a\",\"name\":\"b\",\"remove\":\"yes\"}]}", "true or false"),
                Arguments.of(
                        head + "[{\"type\":\"a\",\"name\":\"b\",\"remove\":true,\"options\":{}}]}", "makes no sense"),
                Arguments.of(head + "[{\"type\":\"a\",\"name\":\"b\",\"opt\":{}}]}", "unknown member \"opt\""),
                Arguments.of(head + "[],\"confirmWithin\":1}", "from 30 to 900"),
                Arguments.of(head + "[],\"confirmWithin\":\"60\"}", "from 30 to 900"),
                Arguments.of(head + "[],\"force\":true}", "unknown member \"force\""),
                Arguments.of(head + "[" + "{},".repeat(101) + "{}]}", "at most 100"),
                Arguments.of("{\"x\":\"" + "y".repeat(50_000) + "\"}", "bytes"),
                Arguments.of("[".repeat(40_000), "nested deeper"));
    }

    @Test
    void asksForDifferencesOnly() throws JsonText.Refusal {
        DesiredDocument document = DesiredDocument.read(SessionSimulation.json("""
                {"revision": 3, "sections": [
                  {"type": "uplink", "name": "cellular",
                   "options": {"use": "standby", "device": "wwan0", "quota": null, "lan": ["a"], "schedule": null}},
                  {"type": "rule", "name": "new", "options": {"action": "direct"}},
                  {"type": "rule", "name": "old", "remove": true},
                  {"type": "rule", "name": "never-there", "remove": true}]}
                """));
        JsonObject present = SessionSimulation.json("""
                {"revision": 12, "sections": [
                  {"type": "uplink", "name": "cellular",
                   "options": {"use": "on-demand", "device": "wwan0", "quota": "20GB", "lan": "a"}},
                  {"type": "rule", "name": "old", "options": {}}]}
                """);
        assertEquals("3", document.revision());
        assertEquals(
                List.of(
                        "{\"type\":\"uplink\",\"name\":\"cellular\",\"option\":\"quota\",\"value\":null}",
                        "{\"type\":\"uplink\",\"name\":\"cellular\",\"option\":\"use\",\"value\":\"standby\"}",
                        "{\"type\":\"rule\",\"name\":\"new\",\"add\":true}",
                        "{\"type\":\"rule\",\"name\":\"new\",\"option\":\"action\",\"value\":\"direct\"}",
                        "{\"type\":\"rule\",\"name\":\"old\",\"remove\":true}"),
                document.changes(present).stream()
                        .map(change -> Messages.text((JsonObject) change))
                        .toList());
    }

    private void desire(String revision, String use) {
        house.arrive(arrival("{\"revision\":\"" + revision + "\",\"confirmWithin\":120,\"sections\":["
                + "{\"type\":\"uplink\",\"name\":\"cellular\",\"options\":{\"use\":\"" + use + "\"}}]}"));
    }

    private static Arrival arrival(String payload) {
        return new Arrival(
                "hybrid-gateway/v1/gw1/config/desired",
                Octets.utf8(payload),
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }
}
