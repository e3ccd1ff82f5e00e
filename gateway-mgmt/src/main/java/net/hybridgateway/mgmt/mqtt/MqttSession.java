package net.hybridgateway.mgmt.mqtt;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import net.hybridgateway.mgmt.config.BrokerAddress;
import net.hybridgateway.mgmt.config.MqttConfig;
import net.hybridgateway.mgmt.config.MqttVersion;

/**
 * Everything that is decided about management over MQTT. It has no thread, no socket and no clock.
 *
 * <p>Getters: {@link #view}, {@link #nextDeadlineNanos}. Events: {@link #connected}, {@link #failed}, {@link #lost},
 * {@link #arrived}, {@link #delivered}, {@link #denied}, {@link #answered}, {@link #look}, {@link #tick}, each at a moment
 * that is not before the last one; spurious ticks are harmless. Outputs: {@link #actions}, to be taken after each event.
 */
public final class MqttSession {
    /** On cellular, a ping less often: each costs as much as a message. */
    static final Duration KEEP_ALIVE_CELLULAR = Duration.ofMinutes(30);

    /** So long on another kind of line, and a connection with the keep alive of that line replaces the present one. */
    static final Duration SETTLED = Duration.ofMinutes(10);

    /** A broker that does not acknowledge for so long is not there. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A connection attempt that does not end by itself. */
    static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(90);

    /** After the uplinks have changed, an attempt may well succeed. */
    private static final Duration NEW_LINE = Duration.ofSeconds(2);

    private static final int MOST_COMPLAINTS = 20;

    private final MqttConfig config;
    private final Identity who;
    private final Topics topics;
    private final DataBudget budget;
    private final Outbox outbox;
    private final ConnectionPlan plan;
    private final Reporting reporting;
    private final CommandDesk desk;
    private final DesiredConfig desired;
    private final boolean[] oldBrokers;
    private final Set<String> complaints = new HashSet<>();

    private LinkTerms terms;
    private String uplink = "";
    private String trouble = "";
    private long attemptEndNanos;
    private long lastTrafficNanos;
    private OptionalLong otherLineNanos = OptionalLong.empty();

    /**
     * Begins; the first connection attempt comes with a {@link #tick}.
     *
     * @param remembered what the last session wanted to be remembered; empty the first time
     * @param random from 0 to below 1
     */
    public MqttSession(
            MqttConfig config, Identity who, Optional<String> remembered, DoubleSupplier random, Moment now) {
        this.config = config;
        this.who = who;
        topics = Topics.of(config.topicPrefix(), who.id());
        budget = new DataBudget(now.nanos());
        outbox = new Outbox(budget);
        plan = new ConnectionPlan(config.brokers().size(), random, now.nanos());
        reporting = new Reporting(config, who, topics, outbox, budget, random, now.nanos());
        desk = new CommandDesk(topics, config.allow());
        desired = new DesiredConfig(new ForDesired(), config.allow().contains("settings-change"), remembered, now);
        oldBrokers = new boolean[config.brokers().size()];
        terms = terms(true);
    }

    // ---- what happened ----------------------------------------------------------------------------------------------

    /** The gateway as it is now. */
    public void look(GatewayView view, Moment now) {
        outbox.cellular(view.onCellular());
        reporting.look(view, now);
        String uplinkNow = view.uplink().map(online -> online.name()).orElse("");
        if (!uplinkNow.equals(uplink) && !uplinkNow.isEmpty()) {
            plan.hurry(NEW_LINE, now.nanos());
        }
        uplink = uplinkNow;
        if (!plan.connected() || terms.keepAlive().equals(keepAlive())) {
            otherLineNanos = OptionalLong.empty();
        } else if (otherLineNanos.isEmpty()) {
            otherLineNanos = OptionalLong.of(now.after(SETTLED));
        }
        tick(now);
    }

    /** The attempt has succeeded. */
    public void connected(Moment now) {
        plan.succeeded(now.nanos());
        reporting.connected(now);
        trouble = "";
        complaints.clear();
        outbox.say("connected to " + broker() + (terms.modern() ? "" : " with MQTT 3.1.1"));
        outbox.spend(DataBudget.CONNECT, now);
        outbox.forget();
        lastTrafficNanos = now.nanos();
        outbox.add(new SessionAction.Subscribe(List.of(topics.command(), topics.desired())));
        outbox.publish(topics.online(), "true", true, now);
        outbox.publish(
                topics.birth(),
                Messages.birth(who, terms, reporting.connections(), plan.broker() + 1, desk.allowed(), now),
                true,
                now);
        if (config.homeAssistant()) {
            HomeAssistant.entities(who, topics).forEach((topic, payload) -> outbox.publish(topic, payload, true, now));
        }
        desired.connected(now);
        tick(now);
    }

    /** The attempt has failed. */
    public void failed(ConnectFailure failure, Moment now) {
        if (failure.kind() == ConnectFailure.Kind.OLD_BROKER && mayFallBack()) {
            oldBrokers[plan.broker()] = true;
            plan.again(now.nanos());
        } else {
            complain(broker() + " cannot be reached: " + failure.text());
            // Whatever was true of this broker may have changed when it comes back.
            oldBrokers[plan.broker()] = false;
            plan.failed(now.nanos());
        }
        tick(now);
    }

    /** The connection has ended by itself. */
    public void lost(String why, Moment now) {
        reporting.lost();
        outbox.forget();
        complain("the connection to " + broker() + " was lost: " + why);
        plan.lost(now.nanos());
        tick(now);
    }

    /** A message came. */
    public void arrived(Arrival message, Moment now) {
        outbox.spend(DataBudget.message(message.topic(), message.payload().size(), 1), now);
        lastTrafficNanos = now.nanos();
        if (message.topic().equals(topics.desired())) {
            desired.arrived(message, now);
        } else if (message.topic().equals(topics.command())) {
            command(message, now);
        }
        tick(now);
    }

    private void command(Arrival message, Moment now) {
        CommandDesk.Verdict verdict = desk.receive(message, now);
        CommandDesk.Ticket ticket = verdict.ticket();
        verdict.answer().ifPresent(answer -> answer(ticket, answer, now));
        verdict.request().ifPresent(request -> {
            outbox.say("command '" + ticket.command() + "' from afar, id "
                    + ticket.id().orElse(""));
            outbox.ask(request, (answer, then) -> {
                boolean ok = Outbox.parsed(answer).getBoolean("ok", false);
                answer(ticket, desk.answered(ticket, answer, ok, then), then);
            });
        });
    }

    private void answer(CommandDesk.Ticket ticket, String payload, Moment now) {
        if (plan.connected()) {
            outbox.publish(ticket.topic(), payload, false, ticket.correlation(), now);
        }
    }

    /** The broker has acknowledged a message. */
    public void delivered(long number, Moment now) {
        lastTrafficNanos = now.nanos();
        outbox.acknowledged(number);
        if (!reporting.delivered(number)) {
            desired.delivered(number);
        }
        tick(now);
    }

    /** The broker does not let the gateway use a topic: the rest goes on. */
    public void denied(String topic, Moment now) {
        complain(broker() + " does not let this gateway use the topic " + topic + ": see the broker's access list");
        tick(now);
    }

    /**
     * The table of commands has answered.
     *
     * @param answer one JSON object
     */
    public void answered(long ticket, String answer, Moment now) {
        outbox.answered(ticket, answer, now);
        tick(now);
    }

    /** The gateway ends: says so. */
    public void stop(Moment now) {
        if (plan.connected()) {
            outbox.publish(topics.online(), "false", true, now);
            outbox.add(new SessionAction.Disconnect());
        }
    }

    // ---- time -------------------------------------------------------------------------------------------------------

    /** Time passes. */
    public void tick(Moment now) {
        desired.tick(now);
        if (plan.due(now.nanos())) {
            connect(now);
        } else if (plan.connecting() && now.reached(attemptEndNanos)) {
            outbox.add(new SessionAction.Disconnect());
            failed(ConnectFailure.of("no answer in " + LONGEST_ATTEMPT.toSeconds() + " s"), now);
        } else if (plan.connected()) {
            converse(now);
        }
    }

    private void connect(Moment now) {
        int broker = plan.begin();
        terms = terms(modern(broker));
        attemptEndNanos = now.after(LONGEST_ATTEMPT);
        outbox.add(new SessionAction.Connect(config.brokers().get(broker), terms));
    }

    private void converse(Moment now) {
        OptionalLong waitingSince = outbox.waitingSinceNanos();
        if (waitingSince.isPresent() && now.reached(waitingSince.getAsLong() + PATIENCE.toNanos())) {
            outbox.add(new SessionAction.Disconnect());
            lost("it has not acknowledged a message for " + PATIENCE.toSeconds() + " s", now);
        } else if (plan.returnDue(now.nanos()) && !outbox.cellular()) {
            connectAnew("back to the first broker", now);
        } else if (otherLineNanos.isPresent() && now.reached(otherLineNanos.getAsLong())) {
            connectAnew("the keep alive of another line", now);
        } else {
            notePing(now);
            reporting.tell(now);
        }
    }

    /** The link pings by itself. */
    private void notePing(Moment now) {
        if (now.reached(lastTrafficNanos + terms.keepAlive().toNanos())) {
            lastTrafficNanos = now.nanos();
            outbox.spend(DataBudget.ping(), now);
        }
    }

    private void connectAnew(String why, Moment now) {
        if (plan.connected()) {
            outbox.say("connects anew: " + why);
            outbox.publish(topics.online(), "false", true, now);
            outbox.add(new SessionAction.Disconnect());
            reporting.lost();
            outbox.forget();
            otherLineNanos = OptionalLong.empty();
            plan.renew(now.nanos());
        }
    }

    /** When {@link #tick} has something to do. */
    public OptionalLong nextDeadlineNanos(Moment now) {
        LongStream all = LongStream.concat(plan.deadlineNanos().stream(), desired.deadlineNanos(now).stream());
        if (plan.connecting()) {
            all = LongStream.concat(all, LongStream.of(attemptEndNanos));
        }
        if (plan.connected()) {
            all = LongStream.concat(all, reporting.deadlinesNanos());
            all = LongStream.concat(all, otherLineNanos.stream());
            all = LongStream.concat(
                    all, LongStream.of(lastTrafficNanos + terms.keepAlive().toNanos()));
            all = LongStream.concat(all, outbox.waitingSinceNanos().stream().map(since -> since + PATIENCE.toNanos()));
        }
        // Differences, for the clock may be below zero.
        return all.reduce((one, other) -> one - other < 0 ? one : other);
    }

    // ---- what others may know ---------------------------------------------------------------------------------------

    /** How the session does. */
    public SessionView view() {
        return new SessionView(
                plan.connected(),
                broker(),
                reporting.connections(),
                trouble,
                reporting.events().size(),
                reporting.events().dropped(),
                budget.total());
    }

    /** What is to be done, in order; each is given once. */
    public List<SessionAction> actions() {
        return outbox.take();
    }

    // ---- small things -----------------------------------------------------------------------------------------------

    /** Said once for each trouble, however often it is met. */
    private void complain(String text) {
        trouble = text;
        if (complaints.size() >= MOST_COMPLAINTS) {
            complaints.clear();
        }
        if (complaints.add(text)) {
            outbox.say(text);
        }
    }

    private LinkTerms terms(boolean modern) {
        Publication will = new Publication(0, topics.online(), "false", 1, true, Optional.empty());
        return new LinkTerms(modern, keepAlive(), will);
    }

    private Duration keepAlive() {
        Duration configured = config.keepAlive();
        return outbox.cellular() && configured.compareTo(KEEP_ALIVE_CELLULAR) < 0 ? KEEP_ALIVE_CELLULAR : configured;
    }

    private boolean modern(int broker) {
        return switch (config.version()) {
            case V5 -> true;
            case V3 -> false;
            case AUTO -> !oldBrokers[broker];
        };
    }

    private boolean mayFallBack() {
        return config.version() == MqttVersion.AUTO && terms.modern();
    }

    private BrokerAddress broker() {
        return config.brokers().get(plan.broker());
    }

    /** What desired settings need. */
    private final class ForDesired implements DesiredConfig.Session {
        @Override
        public void ask(JsonObject request, BiConsumer<JsonObject, Moment> answer) {
            outbox.ask(JsonWriter.string(request), (text, now) -> answer.accept(Outbox.parsed(text), now));
        }

        @Override
        public OptionalLong report(String payload, Moment now) {
            return plan.connected()
                    ? OptionalLong.of(outbox.publish(topics.reported(), payload, true, now))
                    : OptionalLong.empty();
        }

        @Override
        public void connectAnew(String why, Moment now) {
            MqttSession.this.connectAnew(why, now);
        }

        @Override
        public void remember(String text) {
            outbox.add(new SessionAction.Remember(text));
        }

        @Override
        public void say(String line) {
            outbox.say(line);
        }
    }
}
