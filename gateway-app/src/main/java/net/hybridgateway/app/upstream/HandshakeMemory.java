package net.hybridgateway.app.upstream;

import java.time.Duration;
import java.util.Optional;

/**
 * What is believed of a path's handshake, and when to ask anew. Connections of users can only take away from it, by one bad
 * experience; what was taken away is given back by a question of our own, so that no user pays for the trial.
 *
 * <pre>
 *                 ┌── a connection kept everything, or a question showed it ──┐
 *   UNKNOWN ──────┤                                                           ▼
 *      ▲  │       │                                                       FAST_OPEN
 *      │  │  MULTIPATH, ANSWERED_PLAIN, PLAIN_ONLY ◀── a connection lost ─────┘ │
 *      │  └──────▶│  asked after 10 s, 20 s, … 10 min                           │
 *      └──────────┼────────── the uplink arrives: asked at once ────────────────┘
 *                 └── then the belief stays until there is an answer
 * </pre>
 *
 * <p>A question without an answer changes nothing. Pauses are up to a quarter longer, by a share that differs from home to home: a
 * middlebox that troubled many is not asked by all of them at once. Not thread-safe; times are monotonic nanoseconds.
 */
final class HandshakeMemory {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** Longer than a question takes where all it sends is lost, and a few others before it. */
    static final Duration ANSWER = Duration.ofSeconds(60);

    private static final int MOST_DOUBLINGS = 6;

    private final double spread;
    private PathHandshake handshake = PathHandshake.UNKNOWN;
    private boolean synDataLost;
    private boolean optionsKept;

    private boolean asking;
    private long askedNanos;
    private boolean wasAsked;
    /** Whether the next question is to come as soon as the last is {@link #FIRST_PAUSE} old. */
    private boolean hurried = true;

    private int inVain;
    private long goodSinceNanos;

    /** @param spread this home's share of the spread, from 0 up to 1 */
    HandshakeMemory(double spread) {
        this.spread = spread;
    }

    PathHandshake handshake() {
        return handshake;
    }

    /** How the next connection should be opened; {@link PathHandshake#PLAIN_ONLY} decides by which protocol. */
    HandshakeMode mode(long nowNanos) {
        return switch (handshake) {
            // While the answer is on its way, a SYN without data is the one that is never lost for what it is.
            case UNKNOWN -> isBeingAsked(nowNanos) ? HandshakeMode.ONE_RTT : HandshakeMode.ZERO_RTT;
            case FAST_OPEN -> HandshakeMode.ZERO_RTT;
            case MULTIPATH -> HandshakeMode.ONE_RTT;
            case ANSWERED_PLAIN, PLAIN_ONLY -> synDataLost ? HandshakeMode.ONE_RTT : HandshakeMode.ZERO_RTT;
        };
    }

    /** Whether a connection that began as Multipath TCP may lose the options with its first data, for all that is known. */
    boolean mayLoseOptions() {
        return !optionsKept && handshake != PathHandshake.ANSWERED_PLAIN && handshake != PathHandshake.PLAIN_ONLY;
    }

    // ---- connections of users ---------------------------------------------------------------------------------------

    /** A connection of Multipath TCP, or one that had asked for it, was accepted. */
    void accepted(HandshakeMode mode, boolean overMultipath, long nowNanos) {
        boolean inSyn = mode == HandshakeMode.ZERO_RTT;
        if (overMultipath) {
            optionsKept = true;
            if (inSyn) {
                synDataLost = false;
                believe(PathHandshake.FAST_OPEN, nowNanos);
            } else if (handshake == PathHandshake.ANSWERED_PLAIN) {
                believe(PathHandshake.MULTIPATH, nowNanos);
            }
        } else if (inSyn) {
            synDataCosts(nowNanos);
        } else if (handshake != PathHandshake.PLAIN_ONLY) {
            believe(PathHandshake.ANSWERED_PLAIN, nowNanos);
        }
    }

    /** A SYN with data was answered. */
    void synDataAnswered() {
        synDataLost = false;
    }

    /** A SYN without data was answered where one with data was not. */
    void synDataLost(long nowNanos) {
        synDataLost = true;
        synDataCosts(nowNanos);
    }

    private void synDataCosts(long nowNanos) {
        if (handshake == PathHandshake.UNKNOWN || handshake == PathHandshake.FAST_OPEN) {
            believe(PathHandshake.MULTIPATH, nowNanos);
        }
    }

    /** A SYN without options was answered where others were not, or data came without the options of the handshake. */
    void optionsLost(long nowNanos) {
        optionsKept = false;
        believe(PathHandshake.PLAIN_ONLY, nowNanos);
    }

    private void believe(PathHandshake next, long nowNanos) {
        if (handshake == next) {
            return;
        }
        if (next == PathHandshake.FAST_OPEN) {
            goodSinceNanos = nowNanos;
        } else if (handshake == PathHandshake.FAST_OPEN) {
            // What comes and goes is asked for ever more seldom, or a user would pay for each time that it comes.
            inVain = nowNanos - goodSinceNanos >= LONGEST_PAUSE.toNanos() ? 0 : inVain + 1;
        }
        handshake = next;
    }

    // ---- questions of our own ---------------------------------------------------------------------------------------

    /** The uplink has come, and may lead into another network than before. */
    void arrived() {
        hurried = true;
        optionsKept = false;
        if (handshake == PathHandshake.FAST_OPEN) {
            handshake = PathHandshake.UNKNOWN;
        }
    }

    /** Whether it is time to ask. Takes the question. */
    boolean takeQuestion(long nowNanos) {
        boolean due = untilQuestionNanos(nowNanos).filter(left -> left <= 0).isPresent();
        if (due) {
            asking = true;
            wasAsked = true;
            hurried = false;
            askedNanos = nowNanos;
        }
        return due;
    }

    /** How long to wait with the next question; not positive if it is due, empty if there is none to be asked. */
    Optional<Long> untilQuestionNanos(long nowNanos) {
        if (handshake == PathHandshake.FAST_OPEN && !hurried) {
            return Optional.empty();
        }
        if (!wasAsked) {
            return Optional.of(0L);
        }
        long pause = isBeingAsked(nowNanos) ? ANSWER.toNanos() : pauseNanos();
        return Optional.of(askedNanos + pause - nowNanos);
    }

    private long pauseNanos() {
        long pause = hurried ? FIRST_PAUSE.toNanos() : FIRST_PAUSE.toNanos() << Math.min(inVain, MOST_DOUBLINGS);
        return (long) (Math.min(pause, LONGEST_PAUSE.toNanos()) * (1 + spread / 4));
    }

    private boolean isBeingAsked(long nowNanos) {
        return asking && nowNanos - askedNanos < ANSWER.toNanos();
    }

    /**
     * The question has come to its end.
     *
     * @param lesson empty if nothing was answered, or nothing that tells
     */
    void learn(Optional<HandshakeLesson> lesson, long nowNanos) {
        boolean first = handshake == PathHandshake.UNKNOWN && lesson.isPresent();
        asking = false;
        lesson.ifPresent(learnt -> {
            learnt.synData().ifPresent(data -> synDataLost = data == PathMemory.SynData.LOST);
            optionsKept = learnt.optionsKept();
            believe(learnt.handshake(), nowNanos);
        });
        if (handshake != PathHandshake.FAST_OPEN && !first) {
            inVain++;
        }
    }
}
