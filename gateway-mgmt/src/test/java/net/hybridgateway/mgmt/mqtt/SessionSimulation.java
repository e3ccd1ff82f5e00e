package net.hybridgateway.mgmt.mqtt;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import net.hybridgateway.mgmt.config.BrokerAddress;
import net.hybridgateway.mgmt.config.MqttConfig;
import net.hybridgateway.mgmt.config.MqttVersion;
import net.hybridgateway.mgmt.status.EventStatus;
import net.hybridgateway.mgmt.status.GatewayStatus;
import net.hybridgateway.mgmt.status.StatusSamples;

/** A session with a clock that is moved by hand, brokers that are switched on and off, and a table of commands. */
final class SessionSimulation {
    static final BrokerAddress FIRST = new BrokerAddress(true, "one.example.net", 8883);
    static final BrokerAddress SECOND = new BrokerAddress(true, "two.example.net", 8883);

    /** Something that the session did, and when. */
    record Done(Duration at, SessionAction action) {}

    final List<Done> done = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    final List<BrokerAddress> dead = new ArrayList<>();
    Function<String, String> commands = request -> "{\"ok\":true,\"result\":{}}";
    GatewayStatus status = StatusSamples.normal();
    List<EventStatus> events = List.of();
    ConnectFailure failure = ConnectFailure.of("the connection was refused");
    boolean acknowledges = true;
    Optional<String> remembered = Optional.empty();

    private Instant wall = Instant.parse("2026-11-29T12:00:00Z");
    private long nanos = -5_000_000_000L;
    private final long beganNanos = nanos;
    private MqttSession session;
    private boolean connected;

    SessionSimulation(MqttConfig config) {
        restart(config);
    }

    static MqttConfig config(BrokerAddress... brokers) {
        return config(Set.of("status", "drill"), brokers);
    }

    static MqttConfig config(Set<String> allow, BrokerAddress... brokers) {
        return config(allow, false, List.of(brokers));
    }

    static MqttConfig config(Set<String> allow, boolean homeAssistant, List<BrokerAddress> brokers) {
        return new MqttConfig(
                true,
                brokers,
                Optional.of("gw1"),
                "hybrid-gateway/v1",
                new MqttConfig.Credentials(Optional.empty(), Optional.empty(), Optional.empty()),
                new MqttConfig.Tls(Optional.empty(), Optional.empty(), Optional.empty()),
                MqttVersion.AUTO,
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                allow,
                homeAssistant,
                Duration.ofMinutes(5));
    }

    /** The daemon starts anew and knows what was remembered. */
    void restart(MqttConfig config) {
        connected = false;
        Random random = new Random(7);
        session = new MqttSession(
                config, new Identity("gw1", "5f2c", "0.1.0", "Lab router"), remembered, random::nextDouble, now());
    }

    MqttSession session() {
        return session;
    }

    Moment now() {
        return new Moment(nanos, wall);
    }

    void wall(Instant jumped) {
        wall = jumped;
    }

    Duration elapsed() {
        return Duration.ofNanos(nanos - beganNanos);
    }

    /** Lets time pass; the session is shown the gateway every other second. */
    void pass(Duration duration) {
        long end = nanos + duration.toNanos();
        long step = Math.min(Duration.ofSeconds(2).toNanos(), duration.toNanos());
        while (nanos - end < 0) {
            long next = Math.min(nanos + step, end);
            OptionalLong deadline = session.nextDeadlineNanos(now());
            if (deadline.isPresent() && deadline.getAsLong() - next < 0) {
                move(Math.max(deadline.getAsLong(), nanos));
                session.tick(now());
            } else {
                move(next);
                session.look(new GatewayView(status, events), now());
            }
            settle();
        }
    }

    private void move(long toNanos) {
        wall = wall.plusNanos(toNanos - nanos);
        nanos = toNanos;
    }

    /** Carries out what the session wants, as a broker and a table of commands would. */
    private void settle() {
        for (List<SessionAction> actions = session.actions(); !actions.isEmpty(); actions = session.actions()) {
            actions.forEach(this::carryOut);
        }
    }

    private void carryOut(SessionAction action) {
        done.add(new Done(elapsed(), action));
        if (action instanceof SessionAction.Connect connect) {
            connected = !dead.contains(connect.broker());
            if (connected) {
                session.connected(now());
            } else {
                session.failed(failure, now());
            }
        } else if (action instanceof SessionAction.Disconnect) {
            connected = false;
        } else if (action instanceof SessionAction.Publish publish && connected && acknowledges) {
            session.delivered(publish.publication().number(), now());
        } else if (action instanceof SessionAction.Ask ask) {
            requests.add(ask.request());
            session.answered(ask.ticket(), commands.apply(ask.request()), now());
        } else if (action instanceof SessionAction.Remember remember) {
            remembered = Optional.of(remember.text());
        }
    }

    /** The broker dies, or comes back. */
    void broker(BrokerAddress broker, boolean alive) {
        dead.remove(broker);
        if (!alive) {
            dead.add(broker);
            if (connected) {
                connected = false;
                session.lost("the connection was closed or reset", now());
                settle();
            }
        }
    }

    void arrive(Arrival arrival) {
        session.arrived(arrival, now());
        settle();
    }

    /** A command with an end, as most senders would write it. */
    void command(String json) {
        arrive(arrival("cmd", json));
    }

    static Arrival arrival(String topic, String payload) {
        return new Arrival(
                "hybrid-gateway/v1/gw1/" + topic,
                Octets.utf8(payload),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(60));
    }

    Stream<Done> connects() {
        return done.stream().filter(it -> it.action() instanceof SessionAction.Connect);
    }

    Stream<Publication> published() {
        return done.stream()
                .map(Done::action)
                .filter(SessionAction.Publish.class::isInstance)
                .map(action -> ((SessionAction.Publish) action).publication());
    }

    /** What was published there, as JSON. */
    List<JsonObject> published(String topic) {
        return published()
                .filter(publication -> publication.topic().equals("hybrid-gateway/v1/gw1/" + topic))
                .map(publication -> json(publication.payload()))
                .toList();
    }

    JsonObject lastPublished(String topic) {
        List<JsonObject> all = published(topic);
        return all.get(all.size() - 1);
    }

    List<String> said() {
        return done.stream()
                .map(Done::action)
                .filter(SessionAction.Say.class::isInstance)
                .map(action -> ((SessionAction.Say) action).line())
                .toList();
    }

    static JsonObject json(String text) {
        try {
            return JsonParser.object().from(text);
        } catch (JsonParserException e) {
            throw new AssertionError(text, e);
        }
    }
}
