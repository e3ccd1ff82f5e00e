package net.hybridgateway.mgmt.mqtt;

import com.grack.nanojson.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import net.hybridgateway.mgmt.config.MqttConfig;

/** What is told without being asked for: state, events, metrics. */
final class Reporting {
    private final MqttConfig config;
    private final Identity who;
    private final Topics topics;
    private final Outbox outbox;
    private final DataBudget budget;
    private final DoubleSupplier random;
    private final EventStore events = new EventStore();
    private final StateFeed state;
    private Optional<GatewayView> gateway = Optional.empty();
    private JsonObject facts = new JsonObject();
    private long seenNanos;
    private long metricsNanos;
    private int connections;

    Reporting(
            MqttConfig config,
            Identity who,
            Topics topics,
            Outbox outbox,
            DataBudget budget,
            DoubleSupplier random,
            long nowNanos) {
        this.config = config;
        this.who = who;
        this.topics = topics;
        this.outbox = outbox;
        this.budget = budget;
        this.random = random;
        state = new StateFeed(nowNanos);
    }

    /** The gateway as it is now. */
    void look(GatewayView view, Moment now) {
        gateway = Optional.of(view);
        seenNanos = now.nanos();
        events.look(view.events(), now);
        facts = StateMessage.facts(view.status());
        state.look(Messages.text(facts));
    }

    /** There is a new connection: whatever the broker knew, it may have forgotten. */
    void connected(Moment now) {
        connections++;
        state.forget();
        // Each gateway at another moment.
        metricsNanos =
                now.nanos() + (long) (random.getAsDouble() * metricsInterval().toNanos());
    }

    /** The connection is gone. */
    void lost() {
        events.lost();
    }

    /** Whether this was an event of ours. */
    boolean delivered(long number) {
        return events.delivered(number);
    }

    /** Tells what is worth it, over a connection that is there. */
    void tell(Moment now) {
        if (state.due(outbox.cellular(), now.nanos())) {
            long uptime = TimeUnit.NANOSECONDS.toSeconds(uptimeNanos(now));
            outbox.publish(topics.state(), StateMessage.of(facts, uptime, now), true, now);
            state.told(now.nanos());
        }
        for (Optional<EventStore.Waiting> event = events.next(); event.isPresent(); event = events.next()) {
            String payload = Messages.event(event.get(), who, events.dropped(), now);
            events.sent(outbox.publish(topics.event(), payload, false, now), event.get());
        }
        if (gateway.isPresent() && now.reached(metricsNanos)) {
            metricsNanos = now.after(metricsInterval());
            if (!outbox.cellular() || !budget.saving(now.nanos())) {
                Messages.SessionTotals totals =
                        new Messages.SessionTotals(connections, events.dropped(), budget.total());
                outbox.publish(topics.metrics(), Messages.metrics(gateway.get().status(), totals, now), false, now);
            }
        }
    }

    /** When {@link #tell} has something to do. */
    LongStream deadlinesNanos() {
        return LongStream.concat(
                state.deadlineNanos(outbox.cellular()).stream(),
                gateway.isPresent() ? LongStream.of(metricsNanos) : LongStream.empty());
    }

    int connections() {
        return connections;
    }

    EventStore events() {
        return events;
    }

    private Duration metricsInterval() {
        return outbox.cellular() ? config.metricsIntervalCellular() : config.metricsInterval();
    }

    private long uptimeNanos(Moment now) {
        return gateway.map(view -> TimeUnit.SECONDS.toNanos(view.status().uptimeSeconds()) + now.nanos() - seenNanos)
                .orElse(0L);
    }
}
