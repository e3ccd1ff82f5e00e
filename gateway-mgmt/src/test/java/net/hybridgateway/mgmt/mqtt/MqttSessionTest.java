package net.hybridgateway.mgmt.mqtt;

import static net.hybridgateway.mgmt.mqtt.SessionSimulation.FIRST;
import static net.hybridgateway.mgmt.mqtt.SessionSimulation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.grack.nanojson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.hybridgateway.mgmt.config.BrokerAddress;
import net.hybridgateway.mgmt.status.BreakStatus;
import net.hybridgateway.mgmt.status.EventKind;
import net.hybridgateway.mgmt.status.EventStatus;
import net.hybridgateway.mgmt.status.StatusSamples;
import org.junit.jupiter.api.Test;

class MqttSessionTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SessionSimulation house = new SessionSimulation(SessionSimulation.config(FIRST));

    @Test
    void saysWhoItIsAndHowItIs() {
        house.pass(MINUTE);

        assertEquals(
                List.of("online", "birth", "state"),
                house.published()
                        .map(publication -> publication.topic().replace("hybrid-gateway/v1/gw1/", ""))
                        .limit(3)
                        .toList());
        assertTrue(house.published().limit(3).allMatch(Publication::retained));
        assertEquals("true", house.published().findFirst().orElseThrow().payload());
        assertEquals("gw1", house.lastPublished("birth").getString("id"));
        assertEquals("normal", house.lastPublished("state").getString("mode"));
        SessionAction.Connect connect = (SessionAction.Connect)
                house.connects().findFirst().orElseThrow().action();
        assertEquals("false", connect.terms().will().payload());
        assertTrue(connect.terms().will().retained());
        assertTrue(house.done.stream()
                .map(SessionSimulation.Done::action)
                .anyMatch(action -> action.equals(new SessionAction.Subscribe(
                        List.of("hybrid-gateway/v1/gw1/cmd", "hybrid-gateway/v1/gw1/config/desired")))));
    }

    @Test
    void tellsABreakAtOnceAndTheStateWithIt() {
        house.pass(MINUTE);
        int before = house.published("state").size();

        house.status = StatusSamples.duringABreak();
        house.events = StatusSamples.events().events();
        house.pass(Duration.ofSeconds(2));

        assertEquals(before + 1, house.published("state").size());
        assertEquals("backup", house.lastPublished("state").getString("mode"));
        assertEquals(3, house.published("event").size());
        JsonObject told = house.published("event").get(0);
        assertEquals("break", told.getString("kind"));
        assertEquals(310, told.getObject("break").getInt("gapMillis"));
    }

    @Test
    void saysNothingWhileNothingChanges() {
        house.pass(MINUTE);
        long before =
                house.published().filter(it -> !it.topic().endsWith("/metrics")).count();

        house.pass(Duration.ofHours(11));

        assertEquals(
                before,
                house.published().filter(it -> !it.topic().endsWith("/metrics")).count());
    }

    @Test
    void tellsAStateThatFlapsNotEveryTime() {
        house.pass(MINUTE);
        int before = house.published("state").size();

        for (int i = 0; i < 300; i++) {
            house.status = i % 2 == 0 ? StatusSamples.duringABreak() : StatusSamples.normal();
            house.pass(Duration.ofSeconds(2));
        }
        house.status = StatusSamples.normal();
        house.pass(Duration.ofMinutes(11));

        int told = house.published("state").size() - before;
        assertTrue(told >= 5 && told <= StateFeed.BURST + 22, told + " states in ten minutes");
        assertEquals("normal", house.lastPublished("state").getString("mode"));
    }

    @Test
    void triesCalmlyForEverWhileTheBrokerIsDead() {
        house.pass(MINUTE);
        house.broker(FIRST, false);
        int before = (int) house.connects().count();
        Duration died = house.elapsed();

        house.pass(Duration.ofMinutes(10));

        List<Duration> attempts =
                house.connects().skip(before).map(it -> it.at().minus(died)).toList();
        // Windows of 10, 20, 40, 80, 160 and 300 s.
        assertTrue(attempts.size() >= 4 && attempts.size() <= 16, attempts.toString());
        house.pass(Duration.ofDays(2));
        long perHour = (house.connects().count() - before) / 48;
        assertTrue(perHour >= 12 && perHour <= 40, perHour + " attempts an hour");
        // One line when it died, one when it could not be reached; not one for each attempt.
        assertEquals(
                2,
                house.said().stream()
                        .filter(line -> line.contains("lost") || line.contains("reached"))
                        .count(),
                house.said()::toString);

        house.broker(FIRST, true);
        house.pass(Duration.ofMinutes(6));
        assertTrue(house.session().view().connected());
    }

    @Test
    void keepsEventsWhileTheBrokerIsDeadAndCountsWhatItDrops() {
        house.pass(MINUTE);
        house.broker(FIRST, false);
        for (int i = 1; i <= 250; i++) {
            // The log of the gateway keeps the last 100 here.
            house.events = events(Math.max(1, i - 99), i);
            house.pass(Duration.ofSeconds(2));
        }
        Duration waited = house.elapsed();
        house.broker(FIRST, true);
        house.pass(Duration.ofMinutes(6));

        List<JsonObject> told = house.published("event");
        assertEquals(EventStore.MOST, told.size());
        assertEquals(51, told.get(0).getInt("sequence"));
        assertEquals(250, told.get(told.size() - 1).getInt("sequence"));
        assertEquals(50, told.get(0).getInt("dropped"));
        // They happened when they happened, and not when they were told.
        Instant first = Instant.parse(told.get(0).getString("at"));
        assertTrue(first.isBefore(Instant.parse("2026-11-29T12:00:00Z").plus(waited)), told.get(0)::toString);
        assertEquals(10_951, told.get(0).getLong("uptimeSeconds"));
    }

    @Test
    void saysWhenSomethingHappenedByTheClockAsItIsNow() {
        house.wall(Instant.parse("1970-01-01T00:01:00Z"));
        house.broker(FIRST, false);
        house.events = events(1, 1);
        house.pass(MINUTE);
        // NTP.
        house.wall(Instant.parse("2026-11-29T12:00:00Z"));
        house.broker(FIRST, true);
        house.pass(Duration.ofMinutes(6));

        Instant at = Instant.parse(house.published("event").get(0).getString("at"));
        Duration since = Duration.between(at, Instant.parse("2026-11-29T12:00:00Z"));
        assertTrue(since.toSeconds() >= 50 && since.toSeconds() <= 70, at::toString);
    }

    @Test
    void sendsAgainWhatWasNotAcknowledged() {
        house.pass(MINUTE);
        house.acknowledges = false;
        house.events = events(1, 3);
        house.pass(Duration.ofSeconds(4));
        house.broker(FIRST, false);
        house.acknowledges = true;
        house.broker(FIRST, true);
        house.pass(MINUTE);

        assertEquals(
                List.of(1, 2, 3, 1, 2, 3),
                house.published("event").stream()
                        .map(event -> event.getInt("sequence"))
                        .toList());
        assertEquals(0, house.session().view().eventsWaiting());
    }

    @Test
    void tellsWhatABreakDidOnceItIsKnown() {
        house.pass(MINUTE);
        house.events = List.of(outage(0, OptionalLong.empty()));
        house.pass(Duration.ofSeconds(4));
        house.events = List.of(outage(41, OptionalLong.empty()));
        house.pass(Duration.ofSeconds(4));
        house.events = List.of(outage(90, OptionalLong.of(15_000)));
        house.pass(Duration.ofSeconds(4));

        List<JsonObject> told = house.published("event");
        assertEquals(
                List.of(7, 7, 7), told.stream().map(it -> it.getInt("sequence")).toList());
        assertEquals(
                List.of(0, 1, 2),
                told.stream().map(it -> it.getInt("update", 0)).toList());
        assertEquals(15_000, told.get(2).getObject("break").getInt("drainMillis"));
    }

    @Test
    void noticesThatNobodyAcknowledges() {
        house.pass(MINUTE);
        house.acknowledges = false;
        house.events = events(1, 1);
        house.pass(MqttSession.PATIENCE.plusSeconds(3));

        assertTrue(
                house.said().stream().anyMatch(line -> line.contains("has not acknowledged")), house.said()::toString);
    }

    @Test
    void takesTheSecondBrokerAndComesBackToTheFirst() {
        SessionSimulation two = new SessionSimulation(SessionSimulation.config(FIRST, SECOND));
        two.broker(FIRST, false);
        two.pass(MINUTE);
        assertEquals(SECOND, two.session().view().broker());
        assertTrue(two.session().view().connected());

        two.broker(FIRST, true);
        two.pass(ConnectionPlan.RETURN.multipliedBy(2).plus(MINUTE));

        assertTrue(two.session().view().connected());
        assertEquals(FIRST, two.session().view().broker());
        assertEquals("false", lastOnline(two, 1), "the second broker is not told that the gateway leaves it");
    }

    @Test
    void goesOnWithTheSecondBrokerIfTheFirstIsStillDead() {
        SessionSimulation two = new SessionSimulation(SessionSimulation.config(FIRST, SECOND));
        two.broker(FIRST, false);
        two.pass(Duration.ofHours(5));
        assertEquals(SECOND, two.session().view().broker());
        assertTrue(two.session().view().connected());
    }

    @Test
    void fallsBackToMqtt311WhereTheBrokerKnowsNoBetter() {
        house.failure = new ConnectFailure(ConnectFailure.Kind.OLD_BROKER, "the broker does not know MQTT 5");
        house.broker(FIRST, false);
        house.pass(Duration.ofSeconds(3));
        List<Boolean> versions = house.connects()
                .map(it -> ((SessionAction.Connect) it.action()).terms().modern())
                .limit(2)
                .toList();
        assertEquals(List.of(true, false), versions);
    }

    @Test
    void hurriesWhenALineComesBack() {
        house.broker(FIRST, false);
        house.status = StatusSamples.duringABreak();
        house.pass(Duration.ofHours(2));
        house.broker(FIRST, true);
        house.status = StatusSamples.normal();
        house.pass(Duration.ofSeconds(6));
        assertTrue(house.session().view().connected());
    }

    @Test
    void pingsSeldomOnceItIsOnCellularForGood() {
        house.pass(MINUTE);
        house.status = StatusSamples.duringABreak();
        house.pass(Duration.ofMinutes(9));
        assertEquals(1, house.connects().count(), "a short break costs no new connection");
        house.pass(Duration.ofMinutes(2));
        SessionAction.Connect last =
                (SessionAction.Connect) house.connects().toList().get(1).action();
        assertEquals(MqttSession.KEEP_ALIVE_CELLULAR, last.terms().keepAlive());
    }

    @Test
    void saysGoodBye() {
        house.pass(MINUTE);
        house.session().stop(house.now());
        List<SessionAction> last = house.session().actions();
        assertEquals(
                "false", ((SessionAction.Publish) last.get(0)).publication().payload());
        assertEquals(new SessionAction.Disconnect(), last.get(1));
    }

    @Test
    void showsHomeAssistantTheGatewayOnlyIfAsked() {
        house.pass(MINUTE);
        assertTrue(house.published().noneMatch(it -> it.topic().startsWith("homeassistant/")));

        SessionSimulation asked = new SessionSimulation(SessionSimulation.config(Set.of(), true, List.of(FIRST)));
        asked.pass(MINUTE);
        List<Publication> entities = asked.published()
                .filter(it -> it.topic().startsWith("homeassistant/"))
                .toList();
        assertEquals(
                List.of(
                        "homeassistant/sensor/hybrid_gateway_gw1/mode/config",
                        "homeassistant/sensor/hybrid_gateway_gw1/line/config",
                        "homeassistant/binary_sensor/hybrid_gateway_gw1/backup/config",
                        "homeassistant/binary_sensor/hybrid_gateway_gw1/problem/config"),
                entities.stream().map(Publication::topic).toList());
        for (Publication entity : entities) {
            JsonObject json = SessionSimulation.json(entity.payload());
            assertTrue(entity.retained());
            assertEquals("hybrid-gateway/v1/gw1/state", json.getString("state_topic"));
            assertEquals("hybrid-gateway/v1/gw1/online", json.getString("availability_topic"));
        }
        assertEquals(
                4,
                entities.stream()
                        .map(it -> SessionSimulation.json(it.payload()).getString("unique_id"))
                        .distinct()
                        .count());
    }

    private static String lastOnline(SessionSimulation simulation, int fromTheEnd) {
        List<Publication> online = simulation
                .published()
                .filter(it -> it.topic().endsWith("/online"))
                .toList();
        return online.get(online.size() - 1 - fromTheEnd).payload();
    }

    private static List<EventStatus> events(int from, int to) {
        List<EventStatus> events = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            events.add(new EventStatus(
                    i,
                    Instant.EPOCH,
                    0,
                    10_900 + i,
                    EventKind.RETURN,
                    "fixed",
                    "The uplink came back.",
                    1,
                    Optional.empty()));
        }
        return events;
    }

    private static EventStatus outage(long ago, OptionalLong drain) {
        return new EventStatus(
                7,
                Instant.EPOCH,
                ago,
                11_000,
                EventKind.BREAK,
                "fixed",
                "The uplink lost its carrier.",
                1,
                Optional.of(new BreakStatus(
                        "fixed", "It lost its carrier.", 4, OptionalLong.empty(), 1, 0, 0, Instant.EPOCH, ago, drain)));
    }

    @Test
    void knowsBrokersByTheirOrder() {
        BrokerAddress third = new BrokerAddress(false, "three.example.net", 1883);
        SessionSimulation three = new SessionSimulation(SessionSimulation.config(FIRST, SECOND, third));
        three.broker(FIRST, false);
        three.broker(SECOND, false);
        three.pass(Duration.ofMinutes(2));
        assertEquals(third, three.session().view().broker());
        assertEquals(3, three.lastPublished("birth").getInt("broker"));
        assertFalse(three.session().view().trouble().contains("three"));
    }
}
