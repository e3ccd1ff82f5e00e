package net.hybridgateway.app.upstream;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.app.convert.ConvertRequest;
import net.hybridgateway.app.relay.Endpoint;
import net.hybridgateway.app.relay.RelayLoop;

/**
 * A {@link ConverterDial} that does not wait for a line or a conversion point to be found dead: other attempts follow, and
 * whichever is connected first goes on; the others are aborted at once.
 *
 * <pre>
 *   SYN ──── patience ───▶ overdue: the engine is told, and suspects the path; the conversion point is asked by a SYN of its
 *                             │     own, without data; a SYN to the next conversion point over the same uplink
 *                             │ patience once more: an answered probe ends the suspicion, and costs no cellular byte
 *                             ▼
 *                          still suspect: SYN over the next uplink ──▶ the first SYN/ACK wins
 *
 *   500 ms after the connection began, and nothing came from any of those that are asked: the listener hears of it, and may
 *   let a direct connection take part in the race. Of one lost SYN this is not said, for then the question is answered.
 * </pre>
 *
 * <p>The listener hears of one attempt, as if there had been no other: of the one that was connected, or of the last that
 * failed. Its bytes can be written to the connected one only, so nothing is said twice. Belongs to one loop.
 */
public final class HedgedDial {
    /** Is told how the attempts go; on the loop. */
    public interface Listener extends ConverterDial.Listener {
        /** No conversion point that was asked gives a sign of life; the attempts go on. Called once at most. */
        void nobodyAnswers();
    }

    /** With a second look and the handshake of a direct connection, it has to be less than a second. */
    private static final long PATIENCE_NANOS = Duration.ofMillis(500).toNanos();

    /** What begins late waits as long, and where there was a sign of life, so long for the next. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    /** Most servers take a connection sooner; of a slow one, only the question is the price. */
    private static final Duration REPLY_OVERDUE = Duration.ofMillis(2500);

    private final RelayLoop loop;
    private final Ways ways;
    private final ConvertRequest request;
    private final DialSettings settings;
    private final AnswerTimes answers;
    private final Listener listener;
    private final List<Attempt> attempts = new ArrayList<>(1);
    private Route route;
    private boolean decided;
    private Optional<RelayLoop.Timer> hedge = Optional.empty();
    private RelayLoop.Timer look = () -> {};

    /**
     * Prepares the attempt; {@link #start} begins it.
     *
     * @param route the first way
     * @param ways where the second way comes from
     */
    public HedgedDial(
            RelayLoop loop, Route route, Ways ways, ConvertRequest request, DialSettings settings, Listener listener) {
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
        if (!attempts.isEmpty()) {
            long left = Math.max(PATIENCE_NANOS - ways.waitedNanos(), LOOK_AGAIN.toNanos());
            look = loop.schedule(() -> look(Optional.empty()), Duration.ofNanos(left));
        }
    }

    /** Nobody is connected yet. Is anybody there at all? */
    private void look(Optional<Long> lastLookNanos) {
        if (decided || attempts.isEmpty()) {
            return;
        }
        if (attempts.stream().allMatch(attempt -> attempt.isSilentSince(lastLookNanos.orElse(attempt.startedNanos)))) {
            listener.nobodyAnswers();
            return;
        }
        long now = settings.nanoTime().getAsLong();
        Duration patience = LOOK_AGAIN;
        for (Attempt attempt : attempts) {
            ways.askAboutSilence(attempt.way, Duration.ZERO);
            patience = Collections.max(List.of(patience, answers.patience(attempt.way)));
        }
        look = loop.schedule(() -> look(Optional.of(now)), patience);
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
        look.cancel();
        cancelHedge();
        attempts.forEach(Attempt::cancel);
        attempts.clear();
    }

    /** As {@link #cancel}, for the server has answered directly meanwhile: those who were silent are avoided from now on. */
    public void overtaken() {
        attempts.forEach(Attempt::blameIfSilent);
        cancel();
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
        if (decided || !haveOneUplink() || !ways.isSuspect(attempts.get(0).way)) {
            cancelHedge();
        } else if (hedge.isEmpty()) {
            hedge = Optional.of(loop.schedule(this::hedge, answers.patience(attempts.get(0).way)));
        }
    }

    private boolean haveOneUplink() {
        return attempts.stream()
                        .map(attempt -> attempt.way.path().uplink())
                        .distinct()
                        .count()
                == 1;
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
        look.cancel();
        cancelHedge();
        attempts.remove(winner);
        attempts.stream().filter(loser -> loser.isOfAnotherPoint(winner)).forEach(Attempt::blameIfItStaysSilent);
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
            ways.askAboutSilence(way, LOOK_AGAIN);
            expectAnswerWithin(patience.multipliedBy(2));
            if (!decided) {
                ways.beside(way).ifPresent(other -> attempt(other, request.toAnother()));
            }
        }

        boolean isSilentSince(long nanos) {
            return settings.paths()
                    .isSilentSince(way.path().uplink(), way.conversionPoint().address(), nanos);
        }

        boolean isOfAnotherPoint(Attempt other) {
            return !way.conversionPoint()
                    .name()
                    .equals(other.way.conversionPoint().name());
        }

        /** Of a lost SYN alone it is not to blame: the question that was asked then is given the time for its answer. */
        void blameIfItStaysSilent() {
            loop.schedule(this::blameIfSilent, answers.patience(way).multipliedBy(2));
        }

        void blameIfSilent() {
            if (isSilentSince(startedNanos)) {
                way.memory().failed(PointTrouble.SILENT, settings.nanoTime().getAsLong());
            }
        }

        void cancel() {
            overdue.cancel();
            dial.cancel();
        }

        /** Connected, and no word yet. A slow server looks like that, so the conversion point itself is asked. */
        private void expectReply() {
            long sinceNanos = settings.nanoTime().getAsLong();
            overdue = loop.schedule(() -> replyOverdue(sinceNanos), REPLY_OVERDUE);
        }

        private void replyOverdue(long sinceNanos) {
            PointStanding standing = way.memory().standing(settings.nanoTime().getAsLong());
            if (standing.state() == PointStanding.State.DOWN && standing.sinceNanos() - sinceNanos > 0) {
                dial.expectReplyWithin(Duration.ZERO);
            } else {
                ways.askAboutSilence(way, REPLY_OVERDUE);
                overdue = loop.schedule(() -> replyOverdue(sinceNanos), REPLY_OVERDUE);
            }
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
            expectReply();
            listener.converterConnected(endpoint);
        }

        @Override
        public void converterWritable() {
            listener.converterWritable();
        }

        @Override
        public void converterAccepted(Endpoint endpoint, ByteBuf serverData, boolean multipath) {
            answered();
            overdue.cancel();
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
