package net.hybridgateway.scheduler;

import java.net.InetSocketAddress;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** One path with the state machine of {@link PathState}, and the questions that are asked over it. */
final class WatchedPath {
    private final UplinkTracker uplink;
    private final InetSocketAddress point;
    private final DetectionTimings timings;
    private final Consumer<Decision> decisions;
    private final LongPredicate dormant;

    private PathState state = PathState.TRUSTED;
    private OptionalLong dueNanos = OptionalLong.empty();
    private long lastSignNanos;
    private long askedSinceNanos;
    private long lastAskedNanos;
    private long patienceNanos;
    private int questions;
    private boolean machineWasBusy;
    /** Whether it is asked without any suspicion, because its uplink was silent a moment ago. */
    private boolean verifying;

    private double rounds;
    private long roundsAtNanos;

    /** @param dormant whether nobody needs the uplink at a time, so that questions over it are to be rare */
    WatchedPath(
            UplinkTracker uplink,
            InetSocketAddress point,
            DetectionTimings timings,
            Consumer<Decision> decisions,
            LongPredicate dormant,
            long nowNanos) {
        this.uplink = uplink;
        this.point = point;
        this.timings = timings;
        this.decisions = decisions;
        this.dormant = dormant;
        this.rounds = timings.rounds();
        this.roundsAtNanos = nowNanos;
    }

    UplinkTracker uplink() {
        return uplink;
    }

    InetSocketAddress point() {
        return point;
    }

    PathState state() {
        return state;
    }

    /** Its last sign of life before the present suspicion. */
    long lastSignNanos() {
        return lastSignNanos;
    }

    /** When the present suspicion came up. */
    long askedSinceNanos() {
        return askedSinceNanos;
    }

    boolean idle() {
        return state == PathState.TRUSTED && dueNanos.isEmpty();
    }

    OptionalLong dueNanos() {
        return dueNanos;
    }

    boolean due(long nowNanos) {
        return dueNanos.isPresent() && dueNanos.getAsLong() - nowNanos <= 0;
    }

    /** Takes the right to follow up a suspicion, if there is one left. */
    boolean takeRound(long nowNanos) {
        double gained =
                (double) (nowNanos - roundsAtNanos) / timings.roundEvery().toNanos();
        rounds = Math.min(timings.rounds(), rounds + gained);
        roundsAtNanos = nowNanos;
        if (rounds < 1) {
            return false;
        }
        rounds -= 1;
        return true;
    }

    void suspect(long lastSign, long rttNanos, long nowNanos) {
        state = PathState.SUSPECT;
        lastSignNanos = lastSign;
        askedSinceNanos = nowNanos;
        patienceNanos = timings.patienceNanos(rttNanos);
        questions = 0;
        machineWasBusy = false;
        ask(Reason.STALLED, nowNanos);
        dueNanos = OptionalLong.of(nowNanos + patienceNanos / 4);
    }

    /** The time has come: asks again. Returns whether there is nothing left to wait for, which calls for a verdict. */
    boolean tick(long nowNanos) {
        long lateNanos = nowNanos - dueNanos.orElseThrow();
        switch (state) {
            case TRUSTED -> {
                if (uplink.state() == UplinkState.HOLD_DOWN) {
                    suspect(nowNanos, timings.patienceMax().toNanos(), nowNanos);
                } else {
                    verifying = false;
                    dueNanos = OptionalLong.empty();
                }
            }
            case SUSPECT -> {
                if (questions == 1) {
                    ask(Reason.ASKED_AGAIN, nowNanos);
                    dueNanos = OptionalLong.of(nowNanos + patienceNanos);
                } else if (lateNanos > patienceNanos / 4 && !machineWasBusy) {
                    // We were late ourselves: the answer may have come, and wait to be read.
                    machineWasBusy = true;
                    dueNanos = OptionalLong.of(nowNanos + patienceNanos / 2);
                } else {
                    return true;
                }
            }
            case DEAD -> {
                ask(Reason.ASKED_AGAIN, nowNanos);
                dueNanos = OptionalLong.of(nowNanos + againNanos(nowNanos));
            }
        }
        return false;
    }

    private void ask(Reason reason, long nowNanos) {
        questions++;
        lastAskedNanos = nowNanos;
        decisions.accept(new Decision.ProbePath(uplink.name(), point, patienceNanos, reason));
    }

    private long againNanos(long nowNanos) {
        if (dormant.test(nowNanos)) {
            return timings.againDormant().toNanos();
        }
        long nanos = timings.againFirst().toNanos();
        for (int i = 1; i < questions && nanos < timings.againMax().toNanos(); i++) {
            nanos *= 2;
        }
        return Math.min(nanos, timings.againMax().toNanos());
    }

    /** The uplink may be needed again: what was put off is done next, but not more often than if it had always been needed. */
    void wake(long nowNanos) {
        boolean putOff = dueNanos.isPresent()
                && dueNanos.getAsLong() - nowNanos > timings.againMax().toNanos();
        if (state == PathState.DEAD && putOff && !dormant.test(nowNanos)) {
            long earliestNanos = lastAskedNanos + timings.againMax().toNanos();
            dueNanos = OptionalLong.of(nowNanos + Math.max(1, earliestNanos - nowNanos));
            questions = Math.max(1, questions);
        }
    }

    void dead(long nowNanos) {
        state = PathState.DEAD;
        verifying = false;
        questions = 0;
        patienceNanos = timings.patienceMax().toNanos();
        dueNanos = OptionalLong.of(nowNanos + againNanos(nowNanos));
    }

    /** A sign of life. Returns whether that is news that somebody should hear of. */
    boolean trusted(long nowNanos) {
        boolean news = state != PathState.TRUSTED && !verifying;
        verifying = (verifying || uplink.silent()) && !dormant.test(nowNanos);
        state = PathState.TRUSTED;
        dueNanos = verifying ? OptionalLong.of(nowNanos + timings.verifyEvery().toNanos()) : OptionalLong.empty();
        return news;
    }

    /** Asks for a sign of life without a suspicion against this path, to see who else answers. */
    void askAsWitness(long patience) {
        decisions.accept(new Decision.ProbePath(uplink.name(), point, patience, Reason.WITNESS));
    }

    /** How often it was asked since the present suspicion, or verdict. */
    int questions() {
        return questions;
    }

    long patienceNanos() {
        return patienceNanos;
    }
}
