package net.hybridgateway.app.upstream;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.app.convert.ConvertRequest;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.RelayLoop;

/**
 * A {@link ConverterDial} that does not wait for a line to be found dead: while the path of its attempt is suspect, a
 * second attempt over another uplink follows. Whichever is connected first goes on; the other is aborted at once.
 *
 * <pre>
 *   SYN ──── patience ───▶ overdue: the engine is told, and suspects the path
 *                             │ patience once more: an answered probe ends the suspicion, and costs no cellular byte
 *                             ▼
 *                          still suspect: SYN over the next uplink ──▶ the first SYN/ACK wins
 * </pre>
 *
 * <p>The listener hears of one attempt, as if there had been no other: of the one that was connected, or of the last that
 * failed. Its bytes can be written to the connected one only, so nothing is said twice. Belongs to one loop.
 */
public final class HedgedDial {
    private final RelayLoop loop;
    private final Ways ways;
    private final ConvertRequest request;
    private final DialSettings settings;
    private final AnswerTimes answers;
    private final ConverterDial.Listener listener;
    private final List<Attempt> attempts = new ArrayList<>(1);
    private Route route;
    private boolean decided;
    private Optional<RelayLoop.Timer> hedge = Optional.empty();

    /**
     * Prepares the attempt; {@link #start} begins it.
     *
     * @param route the first way
     * @param ways where the second way comes from
     */
    public HedgedDial(
            RelayLoop loop,
            Route route,
            Ways ways,
            ConvertRequest request,
            DialSettings settings,
            ConverterDial.Listener listener) {
        this.loop = loop;
        this.route = route;
        this.ways = ways;
        this.request = request;
        this.settings = settings;
        this.answers = new AnswerTimes(settings.paths().rtts());
        this.listener = listener;
    }

    /** Begins; may call the listener before it returns. */
    public void start() {
        attempt(route, request);
        considerHedge();
    }

    /** The way of the attempt that the listener hears of; while none is connected, of the first that is under way. */
    public Route route() {
        return route;
    }

    /** Whether the uplink of {@link #route} is still there. */
    public boolean isOpen() {
        return ways.isOpen(route);
    }

    /** Shortens the wait for the reply of a connected conversion point. */
    public void expectReplyWithin(Duration patience) {
        attempts.forEach(attempt -> attempt.dial.expectReplyWithin(patience));
    }

    /** Gives up; the listener hears nothing more. */
    public void cancel() {
        cancelHedge();
        attempts.forEach(Attempt::cancel);
        attempts.clear();
    }

    /**
     * The uplinks, or what is suspected of them, have changed: gives up attempts over uplinks that are gone.
     *
     * @return whether an attempt is left; if not, the listener hears nothing more
     */
    public boolean pathsChanged() {
        for (Attempt attempt : List.copyOf(attempts)) {
            if (!ways.isOpen(attempt.way)) {
                attempt.cancel();
                attempts.remove(attempt);
            }
        }
        if (attempts.isEmpty()) {
            cancelHedge();
            return false;
        }
        route = attempts.get(0).way;
        considerHedge();
        return true;
    }

    private void attempt(Route way, ConvertRequest asked) {
        Attempt attempt = new Attempt(way, asked);
        attempts.add(attempt);
        attempt.start();
    }

    private void considerHedge() {
        if (decided || attempts.size() != 1 || !ways.isSuspect(attempts.get(0).way)) {
            cancelHedge();
        } else if (hedge.isEmpty()) {
            hedge = Optional.of(loop.schedule(this::hedge, answers.patience(attempts.get(0).way)));
        }
    }

    private void hedge() {
        hedge = Optional.empty();
        ways.besides(attempts.get(0).way).ifPresent(way -> attempt(way, request.toAnother()));
    }

    private void cancelHedge() {
        hedge.ifPresent(RelayLoop.Timer::cancel);
        hedge = Optional.empty();
    }

    /** From here on there is one attempt. */
    private void decideFor(Attempt winner) {
        decided = true;
        route = winner.way;
        cancelHedge();
        attempts.remove(winner);
        attempts.forEach(Attempt::cancel);
        attempts.clear();
        attempts.add(winner);
    }

    /** One attempt, and whether its path looks silent. */
    private final class Attempt implements ConverterDial.Listener {
        private final Route way;
        private final ConverterDial dial;
        private long startedNanos;
        private RelayLoop.Timer overdue = () -> {};

        Attempt(Route way, ConvertRequest asked) {
            this.way = way;
            this.dial = new ConverterDial(loop, way, asked, settings, this);
        }

        void start() {
            startedNanos = settings.nanoTime().getAsLong();
            expectAnswerWithin(answers.patience(way));
            dial.start();
        }

        private void expectAnswerWithin(Duration patience) {
            overdue = loop.schedule(() -> overdue(patience), patience);
        }

        private void overdue(Duration patience) {
            settings.paths()
                    .dialOverdue(
                            way.path().uplink(),
                            way.conversionPoint().address(),
                            startedNanos,
                            settings.nanoTime().getAsLong());
            expectAnswerWithin(patience.multipliedBy(2));
        }

        void cancel() {
            overdue.cancel();
            dial.cancel();
        }

        private void answered() {
            if (!decided) {
                overdue.cancel();
                settings.paths()
                        .dialAnswered(
                                way.path().uplink(),
                                way.conversionPoint().address(),
                                settings.nanoTime().getAsLong());
                decideFor(this);
            }
        }

        @Override
        public void converterConnected(Endpoint endpoint) {
            answered();
            answers.connected(way, endpoint, settings.nanoTime().getAsLong());
            listener.converterConnected(endpoint);
        }

        @Override
        public void converterWritable() {
            listener.converterWritable();
        }

        @Override
        public void converterAccepted(Endpoint endpoint, ByteBuf serverData, boolean multipath) {
            answered();
            listener.converterAccepted(endpoint, serverData, multipath);
        }

        @Override
        public void converterFailed(ConverterDial.Failure failure, Optional<ConvertRequest> retry) {
            overdue.cancel();
            boolean converterSpoke =
                    failure == ConverterDial.Failure.SERVER_REFUSED || failure == ConverterDial.Failure.RETRY;
            if (converterSpoke) {
                answered();
            }
            attempts.remove(this);
            if (attempts.isEmpty()) {
                cancelHedge();
                route = way;
                listener.converterFailed(failure, retry);
            } else {
                route = attempts.get(0).way;
                considerHedge();
            }
        }
    }
}
