package net.hybridgateway.mgmt.mqtt;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Carries out what {@link MqttSession} decides: keeps its time, shows it the gateway, and gives its messages to the broker.
 *
 * <p>All of it happens on one thread, "mqtt", which several agents may share; methods may be called on any thread.
 */
public final class MqttAgent implements AutoCloseable {
    /** Between two looks at the gateway when nobody says that something happened. */
    private static final long LOOK_MILLIS = 2_000;

    private static final long FAREWELL_MILLIS = 4_000;

    /** What an agent works with; everything but the commands is called on its thread and must not block. */
    public interface Surroundings {
        Moment now();

        /** The gateway as it is now. */
        GatewayView view();

        /** Answers one request of the control protocol. */
        String answer(String request);

        /** Keeps a text for the next session. */
        void remember(String text);

        /** Writes a line to the log. */
        void say(String line);
    }

    private final MqttSession session;
    private final BrokerLink.Opener opener;
    private final Surroundings surroundings;
    private final ScheduledExecutorService thread;
    private Optional<BrokerLink> link = Optional.empty();
    private Optional<ScheduledFuture<?>> alarm = Optional.empty();
    private Optional<ScheduledFuture<?>> looks = Optional.empty();
    private final AtomicBoolean poked = new AtomicBoolean();
    private CompletableFuture<Void> farewell = CompletableFuture.completedFuture(null);
    private long linkNumber;
    private boolean stopped;
    private volatile SessionView view;

    /**
     * Prepares; {@link #start} begins.
     *
     * @param thread of one thread; stays open when the agent is closed
     */
    public MqttAgent(
            MqttSession session, BrokerLink.Opener opener, Surroundings surroundings, ScheduledExecutorService thread) {
        this.session = session;
        this.opener = opener;
        this.surroundings = surroundings;
        this.thread = thread;
        this.view = session.view();
    }

    public void start() {
        post(() -> {
            looks = Optional.of(
                    thread.scheduleWithFixedDelay(() -> onThread(this::look), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS));
        });
    }

    /** Something happened at the gateway that the operator should hear of soon. Returns at once. */
    public void poke() {
        if (poked.compareAndSet(false, true)) {
            post(() -> {
                poked.set(false);
                look();
            });
        }
    }

    /** How the session does. */
    public SessionView view() {
        return view;
    }

    /** Says good-bye, for at most four seconds. */
    @Override
    public void close() {
        try {
            CountDownLatch done = new CountDownLatch(1);
            thread.execute(() -> stop(done::countDown));
            if (!done.await(FAREWELL_MILLIS, TimeUnit.MILLISECONDS)) {
                surroundings.say("no time to say good-bye to the broker: it will tell the last will");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            // It ends without a word, and the broker sends the last will.
        }
    }

    private void stop(Runnable done) {
        if (!stopped) {
            session.stop(surroundings.now());
            carryOut();
            stopped = true;
            looks.ifPresent(timer -> timer.cancel(false));
            alarm.ifPresent(timer -> timer.cancel(false));
            // What is only on its way to a broker has nothing to say.
            link.ifPresent(BrokerLink::abort);
        }
        farewell = farewell.whenComplete((nothing, failure) -> done.run());
    }

    private void post(Runnable task) {
        try {
            thread.execute(() -> onThread(task));
        } catch (RejectedExecutionException e) {
            // The daemon ends.
        }
    }

    private void onThread(Runnable task) {
        if (stopped) {
            return;
        }
        try {
            task.run();
            carryOut();
        } catch (RuntimeException e) {
            // A bug must neither end the thread nor keep others from their turn.
            surroundings.say("management over MQTT met a failure that it does not know: " + e);
        }
    }

    private void look() {
        session.look(surroundings.view(), surroundings.now());
    }

    private void carryOut() {
        for (List<SessionAction> actions = session.actions(); !actions.isEmpty(); actions = session.actions()) {
            actions.forEach(this::carryOut);
        }
        view = session.view();
        setAlarm();
    }

    private void carryOut(SessionAction action) {
        if (action instanceof SessionAction.Connect connect) {
            link.ifPresent(BrokerLink::abort);
            link = Optional.of(opener.open(connect.broker(), connect.terms(), new Ears(++linkNumber)));
        } else if (action instanceof SessionAction.Disconnect) {
            linkNumber++;
            farewell = link.map(BrokerLink::disconnect).orElse(farewell);
            link = Optional.empty();
        } else if (action instanceof SessionAction.Subscribe subscribe) {
            link.ifPresent(open -> open.subscribe(subscribe.topics()));
        } else if (action instanceof SessionAction.Publish publish) {
            link.ifPresent(open -> open.publish(publish.publication()));
        } else if (action instanceof SessionAction.Ask ask) {
            session.answered(ask.ticket(), surroundings.answer(ask.request()), surroundings.now());
        } else if (action instanceof SessionAction.Remember remember) {
            surroundings.remember(remember.text());
        } else if (action instanceof SessionAction.Say say) {
            surroundings.say(say.line());
        }
    }

    private void setAlarm() {
        alarm.ifPresent(timer -> timer.cancel(false));
        Moment now = surroundings.now();
        OptionalLong deadline = session.nextDeadlineNanos(now);
        alarm = deadline.isPresent()
                ? Optional.of(thread.schedule(
                        () -> onThread(() -> session.tick(surroundings.now())),
                        Math.max(0, deadline.getAsLong() - now.nanos()),
                        TimeUnit.NANOSECONDS))
                : Optional.empty();
    }

    /** What a link says, brought to the thread; what a link says that was replaced is not heard. */
    private final class Ears implements BrokerLink.Listener {
        private final long number;

        private Ears(long number) {
            this.number = number;
        }

        @Override
        public void connected() {
            hear(session::connected);
        }

        @Override
        public void failed(ConnectFailure failure) {
            hear(now -> {
                link = Optional.empty();
                session.failed(failure, now);
            });
        }

        @Override
        public void lost(String why) {
            hear(now -> {
                link = Optional.empty();
                session.lost(why, now);
            });
        }

        @Override
        public void arrived(Arrival arrival) {
            hear(now -> session.arrived(arrival, now));
        }

        @Override
        public void delivered(long published) {
            hear(now -> session.delivered(published, now));
        }

        @Override
        public void denied(String topic) {
            hear(now -> session.denied(topic, now));
        }

        private void hear(Consumer<Moment> event) {
            post(() -> {
                if (number == linkNumber) {
                    event.accept(surroundings.now());
                }
            });
        }
    }
}
