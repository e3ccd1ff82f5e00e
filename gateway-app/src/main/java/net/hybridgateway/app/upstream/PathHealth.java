package net.hybridgateway.app.upstream;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a conversion point may be used over an uplink now. Nobody's connection finds out whether it is back: an Info
 * request does.
 *
 * <pre>
 *   UNTRIED, UP ── failed ──▶ DOWN ── pause over, somebody wants it ──▶ asked ── answer ──▶ RETURNING
 *        ▲                     ▲ └──────────── no answer: twice the pause ◀─┘                │
 *        │                     └───────────────────────── failed ────────────────────────────┤
 *        └──────────────────────── hold-down over, and one connection went well ─────────────┘
 * </pre>
 *
 * <p>The pause is 1 s, doubled up to a limit. The hold-down is 2 s, doubled with each failure within five minutes of a
 * return, up to a minute. A break makes all attempts fail that are under way: only the first of them counts.
 *
 * <p>Times are monotonic nanoseconds. Not thread-safe.
 */
final class PathHealth {
    /** What is believed of it. */
    enum State {
        UNTRIED,
        UP,
        DOWN,
        RETURNING
    }

    /** What is to become of a connection that would like to go this way. */
    enum Admission {
        /** It may. */
        YES,
        /** It has to go another way. */
        NO,
        /** It has to go another way, and the conversion point is to be asked for a sign of life. */
        NO_BUT_ASK
    }

    static final Duration FIRST_HOLD = Duration.ofSeconds(2);

    private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_HOLD_NANOS = Duration.ofMinutes(1).toNanos();
    /** A failure so soon after a return is one more of a series. */
    private static final long SERIES_NANOS = Duration.ofMinutes(5).toNanos();
    /** Only its host answers, as a captive portal or a middlebox would: it gets a chance, later. */
    private static final long HOST_HOLD_NANOS = Duration.ofSeconds(15).toNanos();
    /** Longer than an answer may take. */
    private static final long ANSWER_NANOS = Duration.ofSeconds(2).toNanos();

    private static final long TRIAL_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_DOUBLINGS = 6;

    private final long longestPauseNanos;

    private State state = State.UNTRIED;
    private Optional<PointTrouble> trouble = Optional.empty();
    private long sinceNanos;
    /** In DOWN the end of the pause, in RETURNING that of the hold-down. */
    private long notBeforeNanos;

    private int failures;
    private boolean asked;
    private long askedUntilNanos;
    private boolean onTrial;
    private long trialUntilNanos;
    private int series;
    private boolean returned;
    private long returnedNanos;

    /** @param longestPause between two questions */
    PathHealth(Duration longestPause) {
        this.longestPauseNanos = longestPause.toNanos();
    }

    State state() {
        return state;
    }

    /** Why it is not {@link State#UP}; stays until it is. */
    Optional<PointTrouble> trouble() {
        return trouble;
    }

    /** When the state began; meaningless in {@link State#UNTRIED}. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** Takes the trial or the question, if it is time for one. */
    Admission admit(long nowNanos) {
        return switch (state) {
            case UNTRIED, UP -> Admission.YES;
            case DOWN -> admitDown(nowNanos);
            case RETURNING -> {
                boolean waits = nowNanos - notBeforeNanos < 0 || (onTrial && nowNanos - trialUntilNanos < 0);
                if (!waits) {
                    onTrial = true;
                    trialUntilNanos = nowNanos + TRIAL_NANOS;
                }
                yield waits ? Admission.NO : Admission.YES;
            }
        };
    }

    /** Whether it is time to ask if it is back, whoever wants to know. Takes the question. */
    boolean takeQuestion(long nowNanos) {
        return state == State.DOWN && admitDown(nowNanos) == Admission.NO_BUT_ASK;
    }

    /** How long to wait with the next question; may be negative. Of meaning in DOWN only. */
    long untilQuestionNanos(long nowNanos) {
        return (asked ? askedUntilNanos : notBeforeNanos) - nowNanos;
    }

    private Admission admitDown(long nowNanos) {
        if (asked && nowNanos - askedUntilNanos >= 0) {
            down(trouble.orElse(PointTrouble.SILENT), askedUntilNanos);
        }
        if (asked || nowNanos - notBeforeNanos < 0) {
            return Admission.NO;
        }
        asked = true;
        askedUntilNanos = nowNanos + ANSWER_NANOS;
        return Admission.NO_BUT_ASK;
    }

    /** An attempt came to nothing. */
    void failed(PointTrouble why, long nowNanos) {
        boolean stale = state == State.DOWN || (state == State.RETURNING && !onTrial);
        if (!stale) {
            if (state == State.UP) {
                series = returned && nowNanos - returnedNanos < SERIES_NANOS ? Math.min(series + 1, MOST_DOUBLINGS) : 0;
            }
            down(why, nowNanos);
        }
    }

    /** Its host refused a question, or there is no way there: the answer is no. */
    void refused(PointTrouble why, long nowNanos) {
        if ((state == State.DOWN && asked) || state == State.RETURNING) {
            down(why, nowNanos);
        } else {
            failed(why, nowNanos);
        }
    }

    private void down(PointTrouble why, long nowNanos) {
        become(State.DOWN, nowNanos);
        trouble = Optional.of(why);
        asked = false;
        onTrial = false;
        notBeforeNanos =
                nowNanos + Math.min(longestPauseNanos, FIRST_PAUSE_NANOS << Math.min(failures, MOST_DOUBLINGS));
        failures++;
    }

    /** It answered a question in Convert. */
    void answered(long nowNanos) {
        answered(Math.min(LONGEST_HOLD_NANOS, FIRST_HOLD.toNanos() << series), nowNanos);
    }

    /** Its host answered a question; whether a conversion point is there was not said. */
    void hostAnswered(long nowNanos) {
        answered(HOST_HOLD_NANOS, nowNanos);
    }

    private void answered(long holdNanos, long nowNanos) {
        if (state == State.DOWN) {
            become(State.RETURNING, nowNanos);
            onTrial = false;
            notBeforeNanos = nowNanos + holdNanos;
        } else if (state == State.RETURNING && nowNanos + holdNanos - notBeforeNanos < 0) {
            notBeforeNanos = nowNanos + holdNanos;
        }
    }

    /** A connection was answered well. One that began before the failure is as good as an answered question. */
    void reached(long nowNanos) {
        if (state == State.DOWN || (state == State.RETURNING && !onTrial)) {
            answered(nowNanos);
            return;
        }
        if (state == State.RETURNING) {
            returned = true;
            returnedNanos = nowNanos;
        }
        become(State.UP, nowNanos);
        trouble = Optional.empty();
        failures = 0;
    }

    /** What failed may have been the uplink, and that is another one now, or is trusted anew. */
    void forgive() {
        if (state != State.UP) {
            state = State.UNTRIED;
            trouble = Optional.empty();
            failures = 0;
        }
    }

    private void become(State next, long nowNanos) {
        if (state != next) {
            state = next;
            sinceNanos = nowNanos;
        }
    }
}
