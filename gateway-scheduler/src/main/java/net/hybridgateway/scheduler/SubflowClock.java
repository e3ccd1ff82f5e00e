package net.hybridgateway.scheduler;

import java.util.OptionalLong;

/** Applies {@link SubflowTimings}: sets the times of a subflow as it moves on. */
final class SubflowClock {
    /** Doublings after which any configured maximum is reached. */
    private static final int MOST_DOUBLINGS = 40;

    /** More than a round trip and a half; after that it is taken for established. */
    private static final int MOST_INSPECTIONS = 24;

    private static final long INSPECTION_NANOS = 2_000_000;

    private final SubflowTimings timings;

    SubflowClock(SubflowTimings timings) {
        this.timings = timings;
    }

    long quietNanos() {
        return timings.quiet().toNanos();
    }

    long assumedRttNanos() {
        return clampRtt(timings.rttAssumed().toNanos());
    }

    boolean mayRevive(Subflow broken, long nowNanos) {
        return broken.inStateNanos(nowNanos) <= timings.reviveWithin().toNanos()
                || broken.uplink().wronglyGivenUp(broken.stateSinceNanos());
    }

    /** MP_PRIO is decided; nobody acknowledges it: it is said again after 1, 2, 4 round trips. */
    void priorityTold(Subflow subflow, long nowNanos) {
        int told = subflow.priorityTold();
        subflow.priorityTold(
                told < timings.priorityRepeats()
                        ? OptionalLong.of(nowNanos + (subflow.rttNanos() << told))
                        : OptionalLong.empty());
    }

    boolean quietIsOver(Subflow needless, long nowNanos) {
        OptionalLong since = needless.needlessSinceNanos();
        // Help was made silent a while ago already, and waits for nothing.
        long quiet = needless.helps() ? 0 : quietNanos();
        return since.isPresent() && nowNanos - since.getAsLong() >= quiet;
    }

    void attempt(Subflow subflow, Subflow.Path path, boolean backup, long nowNanos) {
        long patience = subflow.failures() == 0 ? timings.createPatience().toNanos() : 0;
        subflow.create(
                path,
                backup,
                nowNanos + patience,
                nowNanos + timings.createTimeout().toNanos(),
                nowNanos);
    }

    void attemptFailed(Subflow subflow, long nowNanos) {
        int failures = subflow.failures() + 1;
        subflow.failed(failures, nowNanos + retryNanos(failures), nowNanos, nowNanos);
    }

    /**
     * The SYN/ACK arrived. The time since the decision is the first measure of the round trip; it counts the ways of
     * commands and events, too, so that the next round trip may be over a little earlier.
     *
     * @param urgent somebody waits until the subflow is fully established: the kernel is to be asked
     */
    void joined(Subflow subflow, SubflowTuple tuple, boolean urgent, long nowNanos) {
        boolean measured = subflow.state() == SubflowState.CREATING;
        long rttNanos = measured ? clampRtt(subflow.inStateNanos(nowNanos)) : subflow.rttNanos();
        long shortest = measured ? subflow.uplink().joinedAfter(rttNanos, nowNanos) : rttNanos;
        subflow.joined(tuple, rttNanos, nowNanos + (urgent ? shortest * 7 / 8 : rttNanos), nowNanos);
    }

    boolean mayInspect(Subflow subflow) {
        return subflow.inspections() < MOST_INSPECTIONS;
    }

    void inspected(Subflow subflow, long nowNanos) {
        subflow.inspected(nowNanos + Math.max(INSPECTION_NANOS, subflow.rttNanos() / 16));
    }

    /** A subflow that stood has closed. If it stood long, earlier failures are forgotten. */
    void closedByItself(Subflow subflow, long nowNanos) {
        boolean stoodLong = subflow.state() == SubflowState.ESTABLISHED
                && subflow.inStateNanos(nowNanos) >= timings.retryMax().toNanos();
        int failures = stoodLong ? 1 : subflow.failures() + 1;
        long graceEnd = nowNanos + timings.closeGrace().toNanos();
        subflow.failed(failures, nowNanos + retryNanos(failures), graceEnd, nowNanos);
    }

    void removingInOrder(Subflow needless, long nowNanos) {
        needless.removing(nowNanos + timings.drain().toNanos(), nowNanos);
    }

    void closing(Subflow subflow, long nowNanos) {
        subflow.closing(nowNanos + timings.linger().toNanos(), nowNanos);
    }

    private long retryNanos(int failures) {
        long nanos = timings.retryInitial().toNanos();
        long max = timings.retryMax().toNanos();
        for (int i = 1; i < Math.min(failures, MOST_DOUBLINGS) && nanos < max; i++) {
            nanos *= 2;
        }
        return Math.min(nanos, max);
    }

    private long clampRtt(long nanos) {
        return Math.min(
                Math.max(nanos, timings.rttMin().toNanos()), timings.rttMax().toNanos());
    }
}
