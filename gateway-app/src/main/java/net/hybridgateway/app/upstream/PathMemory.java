package net.hybridgateway.app.upstream;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import net.hybridgateway.scheduler.ProbeAnswer;

/**
 * What experience says about one conversion point over one uplink: which handshake keeps Multipath TCP alive
 * ({@link HandshakeMemory}), whether it is worth a try now ({@link PathHealth}), and what else was seen there, with its age. A
 * conversion point that speaks plain TCP only is used all the same: it may still be the way to what is behind it, and it is no
 * dead one.
 *
 * <p>Thread-safe, for relay loops share it. Times are monotonic nanoseconds.
 */
public final class PathMemory {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    /** What the user's connections are refused may concern their servers only: the question who is meant has its price. */
    private static final long CONFIRMATION_PAUSE_NANOS = Duration.ofSeconds(30).toNanos();

    private static final int DOUBTS_IN_A_ROW = 2;

    /** What became of the last SYN that carried data. */
    public enum SynData {
        /** It was acknowledged with the SYN. */
        ACCEPTED,
        /** The SYN was answered, the data was not: it had to be sent again. */
        STRIPPED,
        /** Only a SYN without data was answered. */
        LOST
    }

    /**
     * What was seen, and when last.
     *
     * @param atNanos monotonic
     */
    public record Seen<T>(T what, long atNanos) {}

    private final PathHealth health;
    private final PointPause pause;
    private final HandshakeMemory handshake;
    private final Runnable news;

    private int doubts;
    private boolean toBeConfirmed;
    private boolean confirmed;
    private long confirmedAtNanos;
    private boolean silenceAsked;
    private long silenceAskedNanos;

    private Optional<Seen<Boolean>> multipath = Optional.empty();
    private Optional<Seen<SynData>> synData = Optional.empty();
    private Optional<Seen<List<Integer>>> extensions = Optional.empty();
    private Optional<Seen<Boolean>> cookie = Optional.empty();

    /** Of a conversion point without other paths. */
    public PathMemory() {
        this(new PointPause(), LONGEST_PAUSE, 0, () -> {});
    }

    /**
     * @param pause shared by all paths to the conversion point
     * @param longestPause between two questions whether it is back
     * @param spread see {@link HandshakeMemory}
     * @param news is called when there may be a question to be asked sooner than {@link #untilQuestion} said; must not block
     */
    PathMemory(PointPause pause, Duration longestPause, double spread, Runnable news) {
        this.pause = pause;
        this.health = new PathHealth(longestPause);
        this.handshake = new HandshakeMemory(spread);
        this.news = news;
    }

    /** How the next connection should be opened. */
    public synchronized HandshakeMode mode(long nowNanos) {
        return handshake.mode(nowNanos);
    }

    /** What is believed of the handshake. */
    public synchronized PathHandshake handshake() {
        return handshake.handshake();
    }

    /** Whether a connection may lose Multipath TCP's options with its first data, for all that is known. */
    public synchronized boolean mayLoseOptions() {
        return handshake.mayLoseOptions();
    }

    /** Whether the last connection that was accepted was one of Multipath TCP. */
    public synchronized Optional<Seen<Boolean>> multipath() {
        return multipath;
    }

    /** What became of data in the SYN. */
    public synchronized Optional<Seen<SynData>> synData() {
        return synData;
    }

    /** The kinds of the TCP options that the conversion point said it converts. */
    public synchronized Optional<Seen<List<Integer>>> extensions() {
        return extensions;
    }

    /** Whether the last connection that was accepted had brought a cookie. */
    public synchronized Optional<Seen<Boolean>> cookie() {
        return cookie;
    }

    /** What is to become of a connection that would like to go this way; takes the trial or the question if it is time. */
    synchronized PathHealth.Admission admit(long nowNanos) {
        return pause.isOn(nowNanos) ? PathHealth.Admission.NO : health.admit(nowNanos);
    }

    /** Whether {@link #admit} says yes. */
    public boolean tryNow(long nowNanos) {
        return admit(nowNanos) == PathHealth.Admission.YES;
    }

    /** Whether it is time to ask if the conversion point is back. Takes the question. */
    synchronized boolean takeQuestion(long nowNanos) {
        return !pause.isOn(nowNanos) && health.takeQuestion(nowNanos);
    }

    /**
     * Whether to ask because an attempt gets no answer. Takes the question; there is one for all that wait.
     *
     * @param pauseNanos since the last one
     */
    synchronized boolean takeQuestionAboutSilence(long pauseNanos, long nowNanos) {
        boolean due = !silenceAsked || nowNanos - silenceAskedNanos >= pauseNanos;
        if (due) {
            silenceAsked = true;
            silenceAskedNanos = nowNanos;
        }
        return due;
    }

    /** Whether the conversion point is to be asked who is meant by its refusals. Takes the question. */
    synchronized boolean takeConfirmation(long nowNanos) {
        boolean due = toBeConfirmed && (!confirmed || nowNanos - confirmedAtNanos >= CONFIRMATION_PAUSE_NANOS);
        if (due) {
            toBeConfirmed = false;
            confirmed = true;
            confirmedAtNanos = nowNanos;
        }
        return due;
    }

    /** Whether to find out what becomes of the handshake here. Takes the question. */
    synchronized boolean takeHandshakeQuestion(long nowNanos) {
        return health.state() != PathHealth.State.DOWN && !pause.isOn(nowNanos) && handshake.takeQuestion(nowNanos);
    }

    /** How long to wait with the next question of any kind; empty if there is none to be asked. May be negative. */
    synchronized Optional<Duration> untilQuestion(long nowNanos) {
        Optional<Long> left = health.state() == PathHealth.State.DOWN
                ? Optional.of(health.untilQuestionNanos(nowNanos))
                : handshake.untilQuestionNanos(nowNanos);
        return left.map(nanos -> Duration.ofNanos(Math.max(nanos, pause.leftNanos(nowNanos))));
    }

    /** Whether there is any experience with this path. */
    public synchronized boolean wasTried() {
        return health.state() != PathHealth.State.UNTRIED;
    }

    /** Whether new connections keep away from it. Unlike {@link #tryNow} this is a mere question. */
    public synchronized boolean isFailing(long nowNanos) {
        return standing(nowNanos).trouble().isPresent();
    }

    /** What is believed of it now, for status. */
    public synchronized PointStanding standing(long nowNanos) {
        Optional<PointTrouble> paused = pause.why(nowNanos);
        if (paused.isPresent()) {
            return new PointStanding(PointStanding.State.PAUSED, pause.sinceNanos(), paused);
        }
        PointStanding.State state =
                switch (health.state()) {
                    case UNTRIED -> PointStanding.State.UNTRIED;
                    case UP -> PointStanding.State.UP;
                    case DOWN -> PointStanding.State.DOWN;
                    case RETURNING -> PointStanding.State.RETURNING;
                };
        return new PointStanding(state, health.sinceNanos(), health.trouble());
    }

    /** The conversion point took a connection. */
    public synchronized void accepted(HandshakeMode mode, boolean overMultipath, long nowNanos) {
        reached(nowNanos);
        toBeConfirmed = false;
        multipath = Optional.of(new Seen<>(overMultipath, nowNanos));
        handshake.accepted(mode, overMultipath, nowNanos);
        if (!overMultipath) {
            news.run();
        }
    }

    /** The conversion point took a connection that was plain TCP from the first. */
    synchronized void acceptedPlain(long nowNanos) {
        reached(nowNanos);
        toBeConfirmed = false;
        multipath = Optional.of(new Seen<>(false, nowNanos));
    }

    /** Multipath TCP does not come through here: see {@link PathHandshake#PLAIN_ONLY}. */
    synchronized void optionsLost(long nowNanos) {
        handshake.optionsLost(nowNanos);
        news.run();
    }

    /** Whether connections are better begun as plain TCP now. */
    public synchronized boolean withoutMultipath() {
        return handshake.handshake() == PathHandshake.PLAIN_ONLY;
    }

    /**
     * A question of our own about the handshake has come to its end.
     *
     * @param lesson empty if nothing was answered, or nothing that tells
     */
    public synchronized void learn(Optional<HandshakeLesson> lesson, long nowNanos) {
        handshake.learn(lesson, nowNanos);
        lesson.ifPresent(learnt -> {
            boolean kept =
                    learnt.handshake() == PathHandshake.FAST_OPEN || learnt.handshake() == PathHandshake.MULTIPATH;
            multipath = Optional.of(new Seen<>(kept, nowNanos));
            learnt.synData().ifPresent(data -> synData = Optional.of(new Seen<>(data, nowNanos)));
        });
        news.run();
    }

    /** A connection was accepted, with a cookie or without. */
    synchronized void cookieTaken(boolean brought, long nowNanos) {
        cookie = Optional.of(new Seen<>(brought, nowNanos));
    }

    /** A SYN with data was answered. */
    synchronized void synWithDataAnswered(boolean dataAcknowledged, long nowNanos) {
        synData = Optional.of(new Seen<>(dataAcknowledged ? SynData.ACCEPTED : SynData.STRIPPED, nowNanos));
        handshake.synDataAnswered();
    }

    /** A SYN without data was answered where one with data was not: by chance, or because something drops the latter. */
    public synchronized void synWithDataLost(long nowNanos) {
        synData = Optional.of(new Seen<>(SynData.LOST, nowNanos));
        handshake.synDataLost(nowNanos);
        news.run();
    }

    /** An attempt failed, and the conversion point is to blame, or the way there. */
    public synchronized void failed(PointTrouble why, long nowNanos) {
        health.failed(why, nowNanos);
        news.run();
    }

    /**
     * The conversion point was reached but did not answer well: it broke off, stayed silent or spoke something else. A
     * slow server looks the same, so only the second time in a row counts as a failure.
     */
    public synchronized void doubted(long nowNanos) {
        if (++doubts >= DOUBTS_IN_A_ROW) {
            doubts = 0;
            failed(PointTrouble.BROKE_OFF, nowNanos);
        }
    }

    /** The conversion point answered, if only with the word of a server: it is well. */
    public synchronized void reached(long nowNanos) {
        health.reached(nowNanos);
        doubts = 0;
    }

    /** It refused a connection by an error that may concern this server only, or all of them. */
    synchronized void refusedPerhapsAll() {
        toBeConfirmed = true;
    }

    /** The conversion point asked for a pause (errors 64 and 65): it keeps it over every uplink. */
    public void pause(PointTrouble why, Duration length, long nowNanos) {
        pause.begin(why, length.toNanos(), nowNanos);
    }

    /** How an Info request, ours or the engine's, was answered. */
    synchronized void probed(ProbeAnswer answer, long nowNanos) {
        switch (answer) {
            case HOST -> health.hostAnswered(nowNanos);
            case CONVERTER -> {
                doubts = 0;
                health.answered(nowNanos);
            }
            case REFUSED -> infoRefused(PointTrouble.NOT_REACHED, nowNanos);
            case UNREACHABLE -> {
                // That is the uplink's matter, of which the engine knows more.
            }
        }
    }

    /** An Info request was answered with what the conversion point can convert. */
    synchronized void learnExtensions(Collection<Integer> kinds, long nowNanos) {
        extensions = Optional.of(new Seen<>(List.copyOf(kinds), nowNanos));
    }

    /** An Info request, which names no server, was refused or not answered behind the handshake: nobody is served. */
    synchronized void infoRefused(PointTrouble why, long nowNanos) {
        health.refused(why, nowNanos);
        news.run();
    }

    /**
     * The uplink has come, or has another address.
     *
     * @param suspect whether the engine suspects the conversion point all the same; if not, see {@link PathHealth#forgive}
     */
    synchronized void uplinkArrived(boolean suspect) {
        handshake.arrived();
        if (!suspect) {
            health.forgive();
            doubts = 0;
        }
    }
}
